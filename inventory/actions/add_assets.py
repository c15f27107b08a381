"""New equipment gets on the books, with numbers such as AH-QTP-0001."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import connection, transaction

from inventory.marks.kind import Kind
from inventory.models import Asset, DeviceModel
from itops.database.actor import acting
from itops.database.conditions import begins
from itops.organisation.models import Level, Place
from itops.organisation.models.place import short_form
from itops.organisation.pinyin import initials

ONE_AT_A_TIME = "SELECT pg_advisory_xact_lock(hashtext('inventory.asset_tag'))"


@dataclass(frozen=True, slots=True)
class NewAsset:
    """What must be known of a piece of equipment, and what is known of one that was bought."""

    name: str
    kind: Kind
    place: Place
    device_model: DeviceModel | None = None
    serial: str = ""
    bought_on: date | None = None
    cost_fen: int | None = None


def add_assets(new: Sequence[NewAsset], *, by: str) -> list[Asset]:
    """All of them or none. Numbers go on from the highest of the township's prefix."""
    with acting(by), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(ONE_AT_A_TIME)
        tags = _tags([asset.place for asset in new])
        assets = [
            Asset(
                tag=tag,
                kind=asset.kind.value,
                name=asset.name,
                place=asset.place,
                device_model=asset.device_model,
                serial=asset.serial,
                bought_on=asset.bought_on,
                cost_fen=asset.cost_fen,
            )
            for asset, tag in zip(new, tags, strict=True)
        ]
        return Asset.objects.bulk_create(assets, batch_size=2000)


def _tags(places: Sequence[Place]) -> list[str]:
    prefixes = _prefixes({place.pk: place for place in places})
    numbers: dict[str, int] = defaultdict(
        int, {prefix: _highest(prefix) for prefix in set(prefixes.values())}
    )
    tags = []
    for place in places:
        prefix = prefixes[place.pk]
        numbers[prefix] += 1
        tags.append(f"{prefix}-{numbers[prefix]:04d}")
    return tags


def _prefixes(places: dict[int, Place]) -> dict[int, str]:
    """The initials of the county and the township that each place is or lies in."""
    paths = {place_id: [int(part) for part in place.path.split(".")] for place_id, place in places.items()}
    above = Place.objects.filter(level__in=(Level.COUNTY, Level.TOWNSHIP)).in_bulk(
        {part for path in paths.values() for part in path}
    )
    return {
        place_id: "-".join(initials(short_form(above[part].name)) for part in path if part in above) or "X"
        for place_id, path in paths.items()
    }


def _highest(prefix: str) -> int:
    tags = Asset.objects.filter(begins(f"{prefix}-", "tag")).values_list("tag", flat=True)
    return max((int(rest) for tag in tags if (rest := tag.removeprefix(f"{prefix}-")).isdecimal()), default=0)
