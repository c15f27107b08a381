"""What equipment was seen doing on days long past: for whoever holds other records against it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.conf import settings

from inventory.actions.observed import Seen, seen
from inventory.models import Asset
from itops.database.statements import rows

# From which day to which an endpoint was which asset; an hour of a day is enough for all of it.
BOUND = """
    SELECT b.endpoint_id, b.asset_id, (lower(b.during) AT TIME ZONE %(zone)s)::date,
        coalesce(((upper(b.during) - interval '1 microsecond') AT TIME ZONE %(zone)s)::date, date '9999-12-31')
    FROM inventory_binding b JOIN inventory_asset a ON a.id = b.asset_id
    WHERE (lower(b.during) AT TIME ZONE %(zone)s)::date <= %(last)s
      AND (upper(b.during) IS NULL OR (upper(b.during) AT TIME ZONE %(zone)s)::date >= %(first)s)
      AND {}
"""
THESE = "b.asset_id = ANY(%(assets)s)"
THOSE = "a.kind = ANY(%(kinds)s) AND a.place_id = ANY(%(places)s)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """One asset on one day; minutes at any hour. `used` None: its use cannot be measured."""

    observable: float
    on: float
    used: float | None
    generated: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DaysUsed:
    """On how many of the office days on which use could be measured equipment was used."""

    used: int
    measured: int
    generated: bool


def watched(assets: Iterable[Asset], day: date) -> dict[int, Watched]:
    """By asset; whoever was not watched that day is left out."""
    found = _by_asset(THESE, day, day, assets=[asset.pk for asset in assets])
    return {
        asset: Watched(
            observable=max(one.asked_minutes for one in days),
            on=max(one.seen_minutes for one in days),
            used=max((one.used_minutes for one in days if one.used_minutes is not None), default=None),
            generated=all(one.generated for one in days),
        )
        for (asset, _), days in found.items()
    }


def days_used(kinds: Sequence[str], places: Sequence[int], first: date, last: date) -> DaysUsed:
    """Of all equipment of these kinds in these places, from the first day to the last."""
    found = _by_asset(THOSE, first, last, kinds=list(kinds), places=list(places))
    each = [days for one in found.values() if (days := [day for day in one if _measurable(day)])]
    return DaysUsed(
        used=sum(any(_used(day) for day in days) for days in each),
        measured=len(each),
        generated=any(all(day.generated for day in days) for days in each),
    )


@dataclass(frozen=True, slots=True)
class AssetDay:
    """One asset on one office day on which its use could be measured."""

    kind: str
    place: int
    day: date
    used: bool
    generated: bool


def measured_days(kinds: Sequence[str], places: Sequence[int], first: date, last: date) -> list[AssetDay]:
    """Of all equipment of these kinds in these places, asset by asset and day by day."""
    found = _by_asset(THOSE, first, last, kinds=list(kinds), places=list(places))
    lie = {
        asset: (kind, place)
        for asset, kind, place in Asset.objects.filter(pk__in={asset for asset, _day in found})
        .order_by()
        .values_list("pk", "kind", "place")
    }
    return [
        AssetDay(*lie[asset], day, any(map(_used, days)), all(one.generated for one in days))
        for (asset, day), each in found.items()
        if (days := [one for one in each if _measurable(one)])
    ]


def _by_asset(which: str, first: date, last: date, **asked: object) -> Mapping[tuple[int, date], list[Seen]]:
    """What was seen of each asset on each day, endpoint by endpoint and witness by witness."""
    parameters = {"first": first, "last": last, "zone": settings.TIME_ZONE}
    bound: defaultdict[int, list[tuple[int, date, date]]] = defaultdict(list)
    for endpoint, *spans in rows(BOUND.format(which), parameters | asked):
        bound[endpoint].append((spans[0], spans[1], spans[2]))
    found: defaultdict[tuple[int, date], list[Seen]] = defaultdict(list)
    for one in seen(first, last, bound):
        for asset, since, until in bound[one.endpoint]:
            if since <= one.day <= until:
                found[asset, one.day].append(one)
    return found


def _measurable(day: Seen) -> bool:
    signs = (day.used_minutes, day.calls, day.pages, day.content_changes, day.users)
    return day.open_minutes > 0 and day.observable_minutes > 0 and any(one is not None for one in signs)


def _used(day: Seen) -> bool:
    signs = (day.used_minutes, day.calls, day.pages, day.content_changes, day.users)
    return any((one or 0) > 0 for one in signs)
