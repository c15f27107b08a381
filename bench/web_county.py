"""A county as the pages of a large installation see it: any number of assets, written set by set.

`grow(0, 100_000)`, then `grow(100_000, 1_000_000)`: growing adds rows and changes none.
"""

import json
from datetime import date, timedelta

from django.utils import timezone

from bench import own_django
from bench.ground import sized
from bench.set_based import insert
from inventory.actions.marking import RANKS
from inventory.actions.packing import pack_closed
from inventory.actions.partitions import ensure_days
from inventory.blocks.table import BLOCK
from inventory.counts import FOLD, KEEP_DAY
from inventory.models import (
    Asset,
    Binding,
    DeviceModel,
    Endpoint,
    EvidenceDay,
    Manufacturer,
    Mark,
    Network,
    NetworkKind,
    Standing,
)
from inventory.models.asset import UNMARKED
from itops.database.statements import run
from itops.organisation.actions.accounts import create_account, ensure_roles, grant
from itops.organisation.actions.places import add_place
from itops.organisation.models import Level, Office, Person, Place, WorkCalendar
from monitoring.models import Layout, Probe, Reading, State

TOWNSHIPS = 23
OFFICES = TOWNSHIPS * 17
PEOPLE = OFFICES * 4
MODELS, MANUFACTURERS = 200, 20
SEEN = sized(
    BLOCK, 12
)  # endpoints with days of evidence: the whole block that an asset's page reads its own out of
WATCHED = sized(200, 8)  # assets of which pages are asked for, a tenth of them with readings
BY, NAME, PASSWORD = "bench", "bench", "a-long-Password-17"
NUMBERS: dict[str, object] = {
    "offices": OFFICES,
    "people": PEOPLE,
    "models": MODELS,
    "makers": MANUFACTURERS,
    "seen": SEEN,
    "watched": WATCHED,
}
PROOF = {
    **{"measured": 0, "threshold": 5, "window_days": 90, "idle_days": 61, "observable_days": 61},
    **{
        "minimum_observable_days": 20,
        "unmeasured_days": 0,
        "found_within_days": 180,
        "system": "Windows 7",
        "end_of_support": "2020-01-14",
    },
}
SERIES = "generate_series(%(first)s + 1, %(last)s) n"

KINDS = """(VALUES
    (0, 60, 'computer', '办公电脑'), (60, 72, 'printer', '激光打印机'), (72, 80, 'network_device', '接入交换机'),
    (80, 84, 'camera', '监控摄像头'), (84, 88, 'display', '会议显示屏'), (88, 92, 'ups', '不间断电源'),
    (92, 95, 'notice_board', '政务公示栏'), (95, 97, 'server', '业务服务器'),
    (97, 98, 'conference_room', '视频会议室'), (98, 99, 'video_endpoint', '视频会议终端'),
    (99, 100, 'business_system', '业务系统')) kind (low, high, code, name)"""
ASSET = {
    "id": "n",
    "tag": "'AH-' || to_char(n, 'FM0000000')",
    "kind": "kind.code",
    "name": "kind.name || CASE WHEN n %% 2 = 0 THEN ' ' || n %% 900 + 100 ELSE '' END",
    "place_id": "office.place_id",
    "office_id": "office.id",
    "location": "(ARRAY['一楼大厅','二楼 203','办公楼 305','便民服务中心','机房'])[n %% 5 + 1]",
    "device_model_id": "n * 31 %% %(models)s + 1",
    "network_id": "n %% 3 + 1",
    "serial": "'PF' || upper(substr(md5(n::text), 1, 8))",
    "condition": "CASE WHEN n %% 97 = 0 THEN 'retired' WHEN n %% 41 = 0 THEN 'in_storage' ELSE 'in_use' END",
    "responsible_id": "n * 17 %% %(people)s + 1",
    "bought_on": "date '2016-01-01' + n %% 3600",
    "in_service_on": "date '2016-01-01' + n %% 3600",
    "cost_fen": "300000 + n %% 50 * 10000",
    "archived": "n %% 211 = 0",
}
ENDPOINT = {
    "id": "id",
    "network_id": "network_id",
    "place_id": "place_id",
    "address": "'10.' || id / 65536 || '.' || id / 256 %% 256 || '.' || id %% 256",
    "first_observed": "now()",
}
STATE = {
    "endpoint_id": "id",
    "cycle": "now() + interval '1 day'",
    "code": "CASE id %% 10 WHEN 1 THEN 2 WHEN 3 THEN 3 WHEN 5 THEN 0 ELSE 1 END",
    "since": "now() - interval '3 hours'",
    "last_cycle": "now()",
    "last_answer": "now() - interval '1 minute'",
}
MARK = {
    "asset_id": "id",
    "place_id": "place_id",
    "kind": "kind",
    "mark": "verdict.mark",
    "rule": "verdict.mark || '.' || kind || '.' || verdict.rule",
    "waived": "id %% 53 = 0",
    "numbers": "%(proof)s::jsonb",
    "window_from": "current_date - 90",
    "window_to": "current_date",
    "since": "current_date - (id %% 400)::int",
    "policy": "'2026.1'",
    "opened": "current_date - (id %% 330)::int",
    "closed": "CASE WHEN id %% 6 = 0 THEN current_date - (id %% 7)::int END",
    "closed_because": "CASE WHEN id %% 6 = 0 THEN 'clear' ELSE '' END",
}
VERDICTS = """inventory_asset JOIN (VALUES
    (0, 'outdated', 'unsupported_os'), (1, 'unused', 'no_users'),
    (2, 'missing', 'silent_unconfirmed'), (3, 'outdated', 'unsupported_model')
    ) verdict (turn, mark, rule) ON id / 3 %% 13 = verdict.turn OR id / 3 %% 40 = verdict.turn
    WHERE id > %(first)s AND NOT archived AND condition <> 'retired'"""
TELLING = "CASE WHEN a.id %% 4 = 0 THEN 'unknown' ELSE 'clear' END"
STANDING = {
    "asset_id": "a.id",
    "missing": f"coalesce(m.missing, {TELLING})",
    "outdated": "coalesce(m.outdated, 'clear')",
    "unused": f"coalesce(m.unused, {TELLING})",
    "unsupported": "coalesce(m.unsupported, false)",
    "judged_on": "current_date",
    "policy": "'2026.1'",
}
MARKED = """inventory_asset a LEFT JOIN (
        SELECT asset_id, max('marked') FILTER (WHERE mark = 'missing') AS missing,
            max('marked') FILTER (WHERE mark = 'outdated') AS outdated,
            max('marked') FILTER (WHERE mark = 'unused') AS unused,
            bool_or(rule LIKE '%%.unsupported_%%') AS unsupported
        FROM inventory_mark WHERE closed IS NULL AND marking AND NOT waived GROUP BY asset_id
    ) m ON m.asset_id = a.id WHERE a.id > %(first)s AND NOT a.archived"""
DAY = {
    "endpoint_id": "id",
    "day": "current_date - back",
    "witness": "'snmp'",
    "open_minutes": "420",
    "observable_minutes": "420",
    "seen_minutes": "400",
    "asked_minutes": "1440",
    "users": "1",
    "used_minutes": "60",
    "last_cycle": "(current_date - back)::timestamptz",
}
READING = {
    "endpoint_id": "id",
    "cycle": "at",
    "layout_id": "%(layout)s::bigint",
    "outcome": "1",
    "reason": "''",
    "values": "'{3}'",
}
CYCLES = """inventory_endpoint, generate_series(
    date_trunc('hour', now()) - interval '7 days', now(), interval '5 minutes') at WHERE id <= %(watched)s / 10"""
NEXT_ID = "SELECT setval(pg_get_serial_sequence('{0}', 'id'), (SELECT max(id) FROM {0}))"


def prepare() -> None:
    """Townships, offices, people, the catalogue and one account of IT staff over the county."""
    calendar = WorkCalendar.objects.create(name="office")
    county = _place("安化县", "430923", Level.COUNTY, None)
    places = [_place(f"第{n}镇", f"4309231{n:02}", Level.TOWNSHIP, county) for n in range(TOWNSHIPS)]
    Office.objects.bulk_create(
        Office(id=n + 1, place=places[n % TOWNSHIPS], name=f"民政所 {n}", staff=6, calendar=calendar)
        for n in range(OFFICES)
    )
    Person.objects.bulk_create(
        Person(id=n + 1, office_id=n % OFFICES + 1, name=_person(n), pinyin=f"person {n}")
        for n in range(PEOPLE)
    )
    Manufacturer.objects.bulk_create(Manufacturer(id=n + 1, name=_maker(n)) for n in range(MANUFACTURERS))
    DeviceModel.objects.bulk_create(
        DeviceModel(
            id=n + 1,
            manufacturer_id=n % MANUFACTURERS + 1,
            name=f"{'启天 M' if n % 2 else 'OptiPlex '}{400 + n}",
        )
        for n in range(MODELS)
    )
    for number, kind in enumerate((NetworkKind.EXTRANET, NetworkKind.PRIVATE, NetworkKind.INTERNET), 1):
        Network.objects.create(id=number, name=f"政务网 {number}", kind=kind)
    role = ensure_roles(by=BY)["it_staff"]
    grant(by=BY, user=create_account(by=BY, username=NAME, password=PASSWORD), role=role, place=county)


def grow(first: int, last: int) -> None:
    """Assets number `first` + 1 to `last` and all that hangs on them."""
    numbers = NUMBERS | {"first": first, "last": last, "proof": json.dumps(PROOF)}
    series = f"{SERIES} JOIN organisation_office office ON office.id = n * 7 %% %(offices)s + 1 JOIN {KINDS} "
    insert(Asset, ASSET, series + "ON n * 13 %% 100 >= low AND n * 13 %% 100 < high", numbers)
    watched = "inventory_asset WHERE id > %(first)s AND id %% 4 <> 0"
    insert(Endpoint, ENDPOINT, watched, numbers)
    ours = "inventory_endpoint WHERE id > %(first)s"
    during = {"during": "tstzrange(now() - interval '300 days', NULL)", "by": "'bench'"}
    insert(Binding, {"id": "id", "endpoint_id": "id", "asset_id": "id"} | during, ours, numbers)
    insert(Probe, {"endpoint_id": "id", "profile": "'computer'", "interval_s": "300"}, ours, numbers)
    insert(State, STATE, ours, numbers)
    insert(Mark, MARK, VERDICTS, numbers)
    insert(Standing, STANDING, MARKED, numbers)
    run(RANKS, {"unmarked": UNMARKED, "assets": None})
    run(FOLD, {})
    for back in range(12):
        run(KEEP_DAY, {"day": (timezone.localdate() - timedelta(days=31 * back))})
    if not first:
        _past(numbers)
    for model in (Asset, Endpoint, Binding, Office, Person, Manufacturer, DeviceModel, Network):
        run(NEXT_ID.format(model._meta.db_table), {})
    own_django.tidy_up()


def _past(numbers: dict[str, object]) -> None:
    today = timezone.localdate()
    ensure_days(today - timedelta(days=back) for back in range(-1, 92))
    insert(EvidenceDay, DAY, "inventory_endpoint, generate_series(0, 90) back WHERE id < %(seen)s", numbers)
    pack_closed(timezone.localtime())
    layout = Layout.objects.create(profile="computer", version=1, names=["users"])
    insert(Reading, READING, CYCLES, numbers | {"layout": layout.pk})


def _place(name: str, code: str, level: Level, parent: Place | None) -> Place:
    return add_place(by=BY, name=name, code=code, level=level, parent=parent, starts=date(2020, 1, 1))


def _person(n: int) -> str:
    return "刘王陈李张周谌夏"[n % 8] + ("敏", "海涛", "建国", "丽华", "志强", "玉兰", "斌")[n % 7]


def _maker(n: int) -> str:
    known = ("联想", "华为", "戴尔", "惠普", "中兴", "海康威视", "大华", "佳能", "爱普生", "兄弟")
    return known[n] if n < len(known) else f"厂商 {n}"
