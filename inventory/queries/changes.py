"""What the marks did: opened and closed since a day, and how many stood at the end of each month."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet, Sum

from inventory.marks.kind import Kind
from inventory.models import DayCount, Mark
from itops.database.statements import rows

MONTHS = 12
KEPT = ("outdated", "unused")
# Each by one look into the index, however many days were kept.
LAST_DAYS = """
    SELECT DISTINCT (SELECT max(day) FROM inventory_daycount WHERE day <= month_end) AS last
    FROM unnest(%(ends)s::date[]) month_end
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """So many marks of one rule in one place that opened (or closed, and why)."""

    place: int
    kind: Kind
    mark: str
    rule: str
    number: int
    opened: bool
    because: str = ""


def since(marks: QuerySet[Mark], day: date) -> list[Change]:
    """Marks that opened on that day or later and still stand, and those that closed; the most numerous first."""
    counting = marks.filter(marking=True, waived=False).order_by()
    opened = counting.filter(opened__gte=day, closed=None).values("place", "kind", "mark", "rule")
    closed = counting.filter(closed__gte=day, opened__lt=day).values(
        "place", "kind", "mark", "rule", "closed_because"
    )
    found = [_change(row, opened=True) for row in opened.annotate(number=Sum("quantity"))]
    found += [_change(row, opened=False) for row in closed.annotate(number=Sum("quantity"))]
    return sorted(found, key=lambda change: (-change.number, change.place, change.rule))


def together(found: Sequence[Change]) -> list[Change]:
    """The same without places: marks of one rule and kind are one line, its place 0."""
    summed: dict[tuple[Kind, str, bool], Change] = {}
    for one in found:
        key = (one.kind, one.rule, one.opened)
        before = summed[key].number if key in summed else 0
        summed[key] = replace(one, place=0, number=before + one.number)
    return sorted(summed.values(), key=lambda change: (-change.number, change.rule))


def first_day(kept: QuerySet[DayCount]) -> date | None:
    """The first day of which figures were kept: before it there is no history."""
    return kept.order_by("day").values_list("day", flat=True).first()


def by_month(kept: QuerySet[DayCount], ends: Sequence[date]) -> dict[str, list[int]]:
    """How many assets were outdated and unused on the last day of which figures were kept up to each end.

    What a month without any marking would show is left out.
    """
    days = [day for (day,) in rows(LAST_DAYS, {"ends": list(ends)}) if day]
    counted = kept.filter(day__in=days).values("day").order_by("day")
    found = list(counted.annotate(**{f"of_{name}": Sum(name) for name in KEPT}))
    return {name: [row[f"of_{name}"] for row in found] for name in KEPT}


def month_ends(today: date) -> Sequence[date]:
    """The last days of the eleven months before this one, and today."""
    ends, first = [today], today.replace(day=1)
    while len(ends) < MONTHS:
        last = first - timedelta(days=1)
        ends.append(last)
        first = last.replace(day=1)
    return ends[::-1]


def _change(row: dict[str, Any], *, opened: bool) -> Change:
    return Change(
        place=row["place"],
        kind=Kind(row["kind"]),
        mark=row["mark"],
        rule=row["rule"],
        number=row["number"],
        opened=opened,
        because=row.get("closed_because", ""),
    )
