"""What the marks did: opened and closed since a day, and how many stood at the end of each month."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from django.db.models import DateField, Q, QuerySet, Sum

from inventory.marks.kind import Kind
from inventory.models import DayCount, Mark
from itops.database.kept import Given, Kept
from itops.database.statements import rows
from itops.organisation.models import User
from itops.organisation.scope import in_scope, visible_when_asked

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


def since(user: User, day: date) -> list[Change]:
    """Marks that opened on that day or later and still stand, and those that closed; the most numerous first."""
    asked = {"day": day, **in_scope(user, "inventory.view_mark")}
    found = [_change(row, opened=True) for row in OPENED.all(**asked)]
    found += [_change(row, opened=False) for row in CLOSED.all(**asked)]
    return sorted(found, key=lambda change: (-change.number, change.place, change.rule))


def _kept(when: Q, *names: str) -> Kept[dict[str, Any]]:
    """The sum of what opened or closed then, by these names."""
    return Kept(
        lambda: (
            visible_when_asked(Mark.objects.filter(when, marking=True, waived=False))
            .order_by()
            .values("place", "kind", "mark", "rule", *names)
            .annotate(number=Sum("quantity"))
        )
    )


DAY = Given("day", "date", DateField())
OPENED = _kept(Q(opened__gte=DAY, closed=None))
CLOSED = _kept(Q(closed__gte=DAY, opened__lt=DAY), "closed_because")


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
