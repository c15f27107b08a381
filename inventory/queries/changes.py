"""What the marks did: opened and closed since a day, and how many stood at the end of each month."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Min, Q, QuerySet, Sum

from inventory.marks.kind import Kind
from inventory.models import Mark

MONTHS = 12


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


def first_day(marks: QuerySet[Mark]) -> date | None:
    """The day on which the first mark opened: before it there is no history."""
    first: date | None = marks.aggregate(first=Min("opened"))["first"]
    return first


def by_month(marks: QuerySet[Mark], today: date) -> dict[str, list[int]]:
    """How many assets had each mark at the end of the last eleven months, and today; the oldest first."""
    ends = month_ends(today)
    stood = {
        f"end_{place}": Count(
            "asset", distinct=True, filter=Q(opened__lte=end) & (Q(closed=None) | Q(closed__gt=end))
        )
        for place, end in enumerate(ends)
    }
    counting = marks.filter(marking=True, waived=False, asset__isnull=False).order_by()
    rows = counting.values("mark").annotate(**stood)
    return {row["mark"]: [row[name] for name in stood] for row in rows}


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
