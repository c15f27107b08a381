"""What stands where in a place: rooms with their parts, and in each location like things together."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from inventory.models import Asset
from inventory.queries.asset import open_marks
from monitoring.pages.words import state_of
from monitoring.queries.states import Now

Marks = Mapping[int, Sequence[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Things:
    """Things of one name in one state; `marks` are codes with how many bear them."""

    name: str
    number: int
    url: str
    state: tuple[str, str]
    marks: Sequence[tuple[str, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """A room as a whole (with its own address and marks), or a location."""

    name: str
    url: str
    marks: Sequence[str]
    things: Sequence[Things]


def rooms(assets: Sequence[Asset], now: Mapping[int, Now]) -> list[Room]:
    """Rooms with parts first, then what else stands in each location."""
    marks = open_marks(assets)
    wholes = {asset.whole_id for asset in assets if asset.whole_id}
    with_parts = [
        Room(
            name=whole.name,
            url=_url(whole),
            marks=marks.get(whole.pk, ()),
            things=[_things([one], now, marks) for one in assets if one.whole_id == whole.pk],
        )
        for whole in assets
        if whole.pk in wholes
    ]
    loose = [one for one in assets if not one.whole_id and one.pk not in wholes]
    return with_parts + [
        Room(name=location, url="", marks=(), things=_alike(standing, now, marks))
        for location, standing in _by_location(loose).items()
    ]


def _by_location(assets: Sequence[Asset]) -> dict[str, list[Asset]]:
    found: dict[str, list[Asset]] = {}
    for asset in sorted(assets, key=lambda one: one.location):
        found.setdefault(asset.location, []).append(asset)
    return found


def _alike(assets: Sequence[Asset], now: Mapping[int, Now], marks: Marks) -> list[Things]:
    groups: dict[tuple[str, str], list[Asset]] = {}
    for asset in assets:
        groups.setdefault((asset.name, state_of(now.get(asset.pk), asset)[1]), []).append(asset)
    return [_things(group, now, marks) for group in groups.values()]


def _things(group: Sequence[Asset], now: Mapping[int, Now], marks: Marks) -> Things:
    first = group[0]
    counted = Counter(code for one in group for code in marks.get(one.pk, ()))
    return Things(
        name=first.name,
        number=len(group),
        url=_url(first) if len(group) == 1 else _list(first),
        state=state_of(now.get(first.pk), first),
        marks=sorted(counted.items()),
    )


def _url(asset: Asset) -> str:
    return reverse("inventory:asset", args=[asset.pk])


def _list(asset: Asset) -> str:
    query = {"place": asset.place_id, "kind": asset.kind, "q": asset.location}
    return f"{reverse('inventory:asset_list')}?{urlencode(query)}"
