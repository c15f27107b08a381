"""What equipment was seen doing on days long past: for whoever holds other records against it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.conf import settings

from inventory.models import Asset
from itops.database.statements import rows

DAY = """
    SELECT b.asset_id, max(e.asked_minutes), max(e.seen_minutes), max(e.used_minutes), bool_and(e.generated)
    FROM inventory_binding b JOIN inventory_evidenceday e ON e.endpoint_id = b.endpoint_id
    WHERE e.day = %(day)s AND b.asset_id = ANY(%(assets)s)
      AND lower(b.during) < (e.day + 1)::timestamp AT TIME ZONE %(zone)s
      AND (upper(b.during) IS NULL OR upper(b.during) > e.day::timestamp AT TIME ZONE %(zone)s)
    GROUP BY b.asset_id
"""
USED = """
    SELECT coalesce(sum(used), 0), count(*), coalesce(bool_or(generated), false)
    FROM (
        SELECT b.asset_id, e.day, bool_and(e.generated) AS generated, CASE WHEN bool_or(
            e.used_minutes > 0 OR e.calls > 0 OR e.pages > 0 OR e.content_changes > 0 OR e.users > 0
        ) THEN 1 ELSE 0 END AS used
        FROM inventory_binding b
        JOIN inventory_asset a ON a.id = b.asset_id
        JOIN inventory_evidenceday e ON e.endpoint_id = b.endpoint_id
        WHERE a.kind = ANY(%(kinds)s) AND a.place_id = ANY(%(places)s) AND e.day >= %(first)s AND e.day <= %(last)s
          AND e.open_minutes > 0 AND e.observable_minutes > 0
          AND coalesce(e.used_minutes, e.calls, e.pages, e.content_changes, e.users) IS NOT NULL
          AND lower(b.during) < (e.day + 1)::timestamp AT TIME ZONE %(zone)s
          AND (upper(b.during) IS NULL OR upper(b.during) > e.day::timestamp AT TIME ZONE %(zone)s)
        GROUP BY b.asset_id, e.day
    ) each_day
"""


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
    found = rows(DAY, {"day": day, "assets": [asset.pk for asset in assets], "zone": settings.TIME_ZONE})
    return {
        asset: Watched(observable=asked, on=seen, used=used, generated=generated)
        for asset, asked, seen, used, generated in found
    }


def days_used(kinds: Sequence[str], places: Sequence[int], first: date, last: date) -> DaysUsed:
    """Of all equipment of these kinds in these places, from the first day to the last."""
    given = {
        "kinds": list(kinds),
        "places": list(places),
        "first": first,
        "last": last,
        "zone": settings.TIME_ZONE,
    }
    [(used, measured, generated)] = rows(USED, given)
    return DaysUsed(used=int(used), measured=int(measured), generated=bool(generated))
