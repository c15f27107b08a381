"""What the marks did: opened and closed since a day, and how many stood at the end of each month."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet, Sum

from inventory.marks.kind import Kind
from inventory.models import DayCount
from itops.database.kept import Given, Kept, one_of
from itops.database.statements import Row, kept_rows
from itops.organisation.models import User
from itops.organisation.scope import in_scope, visible_when_asked

ASSETS = "inventory.view_asset"
MONTHS = 12
KEPT = ("outdated", "unused")
# Each by one look into the index, however many days were kept.
LAST_DAYS = """
    SELECT DISTINCT (SELECT max(day) FROM inventory_daycount WHERE day <= month_end) AS last
    FROM unnest(%(ends)s::date[]) month_end
"""


SHOWN = 8
# Of places together their place is 0. Keys of places come as a set: read by place, every mark would be looked at. They
# are asked for after summing: before it PostgreSQL takes what is left for next to nothing, and sorts thousands of them.
LATEST = """
    WITH places AS (
        SELECT id FROM organisation_place WHERE id = ANY(%(places)s) AND path <@ ANY(%(scope)s::ltree[])
    ), changed AS (
        SELECT place_id, kind, mark, rule, quantity, true AS opened, '' AS because FROM inventory_mark
        WHERE closed IS NULL AND opened >= %(day)s AND marking AND NOT waived
        UNION ALL
        SELECT place_id, kind, mark, rule, quantity, false, closed_because FROM inventory_mark
        WHERE closed >= %(day)s AND opened < %(day)s AND marking AND NOT waived
    ), of_places AS (
        SELECT place_id, kind, mark, rule, sum(quantity) AS number, opened, because
        FROM changed GROUP BY place_id, kind, mark, rule, opened, because
    ), summed AS (
        SELECT CASE WHEN %(together)s THEN 0 ELSE place_id END AS place,
            kind, mark, rule, sum(number)::bigint AS number, opened, because
        FROM of_places WHERE place_id IN (SELECT id FROM places) GROUP BY 1, kind, mark, rule, opened, because
    )
    SELECT place, kind, mark, rule, number, opened, because,
        count(*) OVER (), sum(CASE WHEN opened THEN number ELSE -number END) OVER ()::bigint
    FROM summed ORDER BY number DESC, place, rule, kind LIMIT %(shown)s
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """So many marks of one rule in one place (0: in all together) that opened, or closed and why."""

    place: int
    kind: Kind
    mark: str
    rule: str
    number: int
    opened: bool
    because: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Latest:
    """The most numerous changes, how many `more` kinds of change there are, and what all of them come to."""

    shown: Sequence[Change]
    more: int
    balance: int


def latest(user: User, day: date, places: Collection[int], *, together: bool = False) -> Latest:
    """Marks in these places that opened on that day or later and still stand, and those that closed."""
    asked = {"day": day, "places": list(places), "together": together, "shown": SHOWN}
    found = kept_rows(LATEST, {**asked, **in_scope(user, "inventory.view_mark")})
    every, balance = found[0][-2:] if found else (0, 0)
    return Latest(shown=[_change(row) for row in found], more=every - len(found), balance=balance)


def first_day(user: User, kinds: Iterable[str]) -> date | None:
    """The first day of which figures were kept: before it there is no history."""
    return FIRST_DAY.first(kinds=[str(kind) for kind in kinds], **in_scope(user, ASSETS))


def by_month(user: User, kinds: Iterable[str], ends: Sequence[date]) -> dict[str, list[int]]:
    """How many assets were outdated and unused on the last day of which figures were kept up to each end.

    What a month without any marking would show is left out.
    """
    days = [day for (day,) in kept_rows(LAST_DAYS, {"ends": list(ends)}) if day]
    asked = {"kinds": [str(kind) for kind in kinds], "days": days}
    found = OF_DAYS.all(**asked, **in_scope(user, ASSETS))
    return {name: [row[f"of_{name}"] for row in found] for name in KEPT}


def _days_kept() -> QuerySet[DayCount]:
    return visible_when_asked(DayCount.objects.filter(one_of("kind", Given("kinds", "text[]"))))


FIRST_DAY: Kept[date] = Kept(lambda: _days_kept().order_by("day").values_list("day", flat=True)[:1])
OF_DAYS: Kept[dict[str, int]] = Kept(
    lambda: (
        _days_kept()
        .filter(one_of("day", Given("days", "date[]")))
        .order_by("day")
        .values("day")
        .annotate(**{f"of_{name}": Sum(name) for name in KEPT})
    )
)


def month_ends(today: date) -> Sequence[date]:
    """The last days of the eleven months before this one, and today."""
    ends, first = [today], today.replace(day=1)
    while len(ends) < MONTHS:
        last = first - timedelta(days=1)
        ends.append(last)
        first = last.replace(day=1)
    return ends[::-1]


def _change(row: Row) -> Change:
    place, kind, mark, rule, number, opened, because = row[:7]
    return Change(
        place=place, kind=Kind(kind), mark=mark, rule=rule, number=number, opened=opened, because=because
    )
