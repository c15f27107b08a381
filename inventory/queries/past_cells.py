"""What the county's figures were at the end of a past day: the counts kept then against that day's standard."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce

from inventory.actions.provision import Provision, provision_on
from inventory.actions.shortfalls import PlaceKnown, judge_provisions
from inventory.marks.kind import Condition, Kind
from inventory.marks.place import Count
from inventory.models import Asset, DayCount
from inventory.queries.cells import Cells, Tally, required
from inventory.queries.standards import as_of, shortfalls
from itops.organisation.models import Place, User
from itops.organisation.scope import visible


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
    return _against_standard(found, judge_provisions(provisions, counts, day), provisions, day)


def books_on(user: User, day: date, places: Sequence[int]) -> Cells | None:
    """What the books of a past day held against the standard of that day; of marks they say nothing but "missing".

    None where they do not tell: what was there then and is gone now has to be on them as well. Books that know only
    what stands there today would make every replacement look like a piece that was lacking then.
    """
    gone = Asset.objects.filter(Q(archived=True) | Q(condition=Condition.RETIRED.value), place__in=places)
    then = gone.alias(since=Coalesce("bought_on", "in_service_on")).filter(since__lte=day)
    if not visible(then, user, "inventory.view_asset").exists():
        return None
    seen = visible(Place.objects.filter(pk__in=places), user, "inventory.view_asset", place="")
    asked = as_of(day, list(seen.values_list("pk", flat=True)))
    found: Cells = defaultdict(Tally)
    for key, count in asked.held.counts.items():
        found[key].recorded, found[key].absent = count.recorded, count.absent
    return _against_standard(found, shortfalls(asked), asked.provisions, day)


def _against_standard(
    found: Cells, judged: Iterable[PlaceKnown], provisions: Sequence[Provision], day: date
) -> Cells:
    for place in judged:
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
