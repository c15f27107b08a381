"""A county of a million assets and ninety days of what was seen of them, straight into blocks."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

import numpy as np
from django.utils import timezone

from bench.set_based import insert
from inventory.blocks.table import BLOCK, FIELDS, WITNESSES, Numbers, Table
from inventory.models import Asset, Binding, DeviceModel, Endpoint, Fact, Manufacturer, Network, NetworkKind
from itops.organisation.models import Level, Office, Place, WorkCalendar

TOWNSHIPS, MODELS, OPEN, CYCLE = 23, 200, 480.0, 5.0
SNMP = WITNESSES.index("snmp")
BY = "bench"
# Which assets are what, of a hundred; each kind's sign of use.
KINDS = {
    "computer": (0, 64, "users"),
    "printer": (64, 74, "pages"),
    "network_device": (74, 82, ""),
    "camera": (82, 88, ""),
    "display": (88, 92, "display_on_minutes"),
    "ups": (92, 95, "used_minutes"),
    "notice_board": (95, 97, "content_changes"),
    "server": (97, 98, ""),
    "video_endpoint": (98, 100, "calls"),
}
SERIES = "generate_series(1, %(assets)s::bigint) n"
KIND = (
    "CASE "
    + " ".join(f"WHEN n %% 100 < {high} THEN '{kind}'" for kind, (_, high, _) in KINDS.items())
    + " END"
)
ASSET = {
    "id": "n",
    "tag": "'AH-' || to_char(n, 'FM0000000')",
    "kind": KIND,
    "name": "'n ' || n",
    "place_id": "n %% %(places)s + %(first_place)s",
    "device_model_id": "n / 40 * 31 %% %(models)s + %(first_model)s",  # bought by the lot
    "network_id": "%(network)s::bigint",
    "condition": "CASE WHEN n %% 97 = 0 THEN 'in_storage' ELSE 'in_use' END",
    "in_service_on": "date '2017-01-01' + (n / 40 * 7 %% 3400)::int",
    "minimum_years": "6",
}
ENDPOINT = {
    "id": "n",
    "network_id": "%(network)s::bigint",
    "place_id": "n %% %(places)s + %(first_place)s",
    "address": "'10.' || n / 65536 || '.' || n / 256 %% 256 || '.' || n %% 256",
    "first_observed": "now() - interval '400 days'",
}
BINDING = {
    "endpoint_id": "n",
    "asset_id": "n",
    "during": "tstzrange(now() - interval '400 days', NULL)",
    "by": "'bench'",
}
SYSTEMS = "(ARRAY['Windows 7','Windows 10','Windows 11','Kylin V10','Windows Server 2016'])[n / 40 %% 5 + 1]"
FACT = {"asset_id": "n", "name": "'operating_system'", "declared": SYSTEMS}
MEMORY = {
    "asset_id": "n",
    "name": "'memory_mb'",
    "declared": "(ARRAY['4096','8192','16384'])[n / 40 %% 3 + 1]",
}
COMPUTERS = f"{SERIES} WHERE n %% 100 < 64"


def build(assets: int) -> None:
    """Assets with their endpoints, bound for more than a year; computers with their system and memory."""
    calendar = WorkCalendar.objects.create(name="office")
    places = [
        Place.objects.create(path=f"43.{n}", level=Level.TOWNSHIP, code=f"4309231{n:02}", name=f"{n} 镇")
        for n in range(TOWNSHIPS)
    ]
    Office.objects.bulk_create(
        Office(place=place, name="民政所", calendar=calendar, staff=10) for place in places
    )
    maker = Manufacturer.objects.create(name="联想")
    ends = [None, date(2023, 6, 30), timezone.localdate() + timedelta(days=400)]
    models = DeviceModel.objects.bulk_create(
        DeviceModel(manufacturer=maker, name=f"M {n}", end_of_support=ends[n % 3]) for n in range(MODELS)
    )
    network = Network.objects.create(name="bench", kind=NetworkKind.EXTRANET)
    numbers: Mapping[str, object] = {
        "assets": assets,
        "places": TOWNSHIPS,
        "first_place": places[0].pk,
        "models": MODELS,
        "first_model": models[0].pk,
        "network": network.pk,
    }
    insert(Asset, ASSET, SERIES, numbers)
    insert(Endpoint, ENDPOINT, SERIES, numbers)
    insert(Binding, BINDING, SERIES, numbers)
    for fact in (FACT, MEMORY):
        insert(Fact, fact, COMPUTERS, numbers)


class Habits:
    """How each asset behaves, drawn once: most are used, some idle, some fell silent on a day."""

    def __init__(self, assets: int, today: date) -> None:
        chance = np.random.default_rng(7)
        self.today = today
        self.endpoint = np.arange(1, assets + 1, dtype=np.int64)
        self.busy = chance.choice([0.0, 0.03, 0.5, 0.9], assets, p=[0.06, 0.02, 0.12, 0.8])
        days_ago = chance.integers(-3, 120, assets)
        self.silent_since = np.where(chance.random(assets) < 0.05, today.toordinal() - days_ago, 2**40)

    def day(self, day: date) -> Iterator[tuple[int, Table]]:
        """The blocks of a day."""
        chance = np.random.default_rng(day.toordinal())
        return iter(self._table(day, chance).blocks())

    def _table(self, day: date, chance: np.random.Generator) -> Table:
        count, office = len(self.endpoint), day.weekday() < 5
        there = (day.toordinal() < self.silent_since) & (chance.random(count) < (0.97 if office else 0.3))
        used = there & (chance.random(count) < self.busy) & office
        cycles = chance.integers(20, 97, count) * CYCLE
        numbers: dict[str, Numbers] = {name: np.full(count, np.nan) for name in FIELDS}
        numbers["open_minutes"] = np.full(count, OPEN if office else 0.0)
        lost: Numbers = np.asarray(
            chance.integers(0, 60, count) * CYCLE * (chance.random(count) < 0.05), np.float64
        )
        numbers["observable_minutes"] = np.clip(numbers["open_minutes"] - lost, 0, None)
        numbers["seen_minutes"] = np.where(there, cycles, 0.0) * office
        numbers["asked_minutes"] = 1440 - lost
        for low, high, sign in KINDS.values():
            if sign:
                mine = (self.endpoint % 100 >= low) & (self.endpoint % 100 < high) & there
                numbers[sign][mine] = np.where(used, chance.integers(1, 3, count) * CYCLE, 0.0)[mine]
                if sign == "calls":
                    numbers["used_minutes"][mine] = np.where(used, cycles, 0.0)[mine]
        midnight = (day - date(1970, 1, 1)).days * 86_400 - 8 * 3_600
        numbers["last_cycle"] = np.asarray(
            (midnight + 86_100 + chance.integers(0, 300, count)) * 1e6, np.float64
        )
        numbers["generated"] = np.zeros(count)
        return Table(self.endpoint, np.full(count, SNMP), numbers)


def blocks_of(assets: int) -> int:
    return assets // BLOCK + 1
