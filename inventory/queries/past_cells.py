"""What the county's figures were at the end of a past day: the counts kept then against that day's standard."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from django.db.models import QuerySet

from inventory.actions.provision import provision_on
from inventory.actions.shortfalls import judge_provisions
from inventory.marks.kind import Kind
from inventory.marks.place import Count
from inventory.models import DayCount
from inventory.queries.cells import Cells, Tally, required


def last_kept(kept: QuerySet[DayCount], day: date) -> date | None:
    """That day, or the last before it of which figures were kept."""
    return kept.filter(day__lte=day).order_by("-day").values_list("day", flat=True).first()


def cells_on(kept: QuerySet[DayCount], day: date, places: Sequence[int]) -> Cells:
    """As `cells`, of a day whose figures were kept. What was fit and in use is not kept and stays 0."""
    found: Cells = defaultdict(Tally)
    for row in kept.filter(day=day, place__in=places):
        found[row.place_id, Kind(row.kind)] = _tally(row)
    counts = {key: Count(recorded=one.recorded, absent=one.absent) for key, one in found.items()}
    provisions = provision_on(day, places)
    for place in judge_provisions(provisions, counts, day):
        for shortfall in place.judgement.shortfalls:
            if shortfall.gap:
                found[place.place, shortfall.kind].gap = shortfall.gap
    for key, number in required(provisions, day).items():
        found[key].standard = number
    return dict(found)


def _tally(row: DayCount) -> Tally:
    return Tally(
        recorded=row.recorded,
        absent=row.missing,
        outdated=row.outdated,
        unused=row.unused,
        unseen=row.unknown,
    )
