"""The county's figures on a day and a year before: what the page for leadership is made of."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils import timezone

from inventory.marks.kind import Kind
from inventory.models import DayCount
from inventory.queries.assets import GRID_KINDS
from inventory.queries.cells import Cells, Tally, cells, total
from inventory.queries.changes import first_day
from inventory.queries.past_cells import books_on, cells_on, last_kept
from inventory.queries.places import equipped_places
from itops.organisation.models import Place, User
from itops.organisation.scope import visible

KINDS = tuple(Kind(kind) for kind in GRID_KINDS)
Sums = Mapping[int, Tally]
"""By place."""


NOTHING = Tally(standard=0, uncovered=0)
MOST = 50_000  # assets of which a past day's books are counted while somebody waits


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """The figures of an earlier day, to compare with."""

    day: date
    of_places: Sums
    whole: Tally

    def of(self, place: int | None) -> Tally:
        """None: all places together."""
        return self.whole if place is None else self.of_places.get(place, NOTHING)


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """`day` None: no figures were kept so early. `kept`: what is compared with, of a year before or the first day.

    `books`: what the books say of a year before, where no figures were kept then: they tell what was missing.
    `every`: today's cells of all kinds, of which `cells` are the main ones. `first`: the first day of which figures
    were kept; `today`: whether these are today's, counted now.
    """

    asked: date
    day: date | None
    today: bool
    first: date | None
    places: Sequence[Place]
    cells: Cells
    every: Cells
    of_places: Sums
    whole: Tally
    kept: Earlier | None
    books: Earlier | None

    @property
    def compared_with_a_year(self) -> bool:
        """Whether what is compared with is a year old: where less history was kept, it is the first day."""
        return bool(self.day and self.kept and self.kept.day <= a_year_before(self.day))

    def earlier(self, mark: str) -> Earlier | None:
        """What a mark's figure is compared with."""
        return self.books if mark == "missing" and self.books else self.kept


def picture(user: User, day: date) -> Picture:
    """Today is counted now, a past day comes from the figures kept on it (or on the last day before it)."""
    places = equipped_places(user)
    keys = [place.pk for place in places]
    kept = visible(DayCount.objects.filter(kind__in=GRID_KINDS), user, "inventory.view_asset")
    today = day >= timezone.localdate()
    shown = day if today else last_kept(kept, day)
    every = _figures(user, kept, shown, keys, today=today)
    found = _of_kinds(every, keys)
    first = first_day(user, GRID_KINDS)
    before = _compared_with(kept, shown, first)
    earlier = _earlier(before, _figures(user, kept, before, keys, today=False), keys) if before else None
    of_places = _by_place(found)
    whole = total(of_places.values())
    return Picture(
        asked=day,
        day=shown,
        today=today,
        first=first,
        places=places,
        cells=found,
        every=every if today else {},
        of_places=of_places,
        whole=whole,
        kept=earlier,
        books=_books(user, shown, before, keys) if whole.recorded <= MOST else None,
    )


def _earlier(day: date, found: Cells, places: Sequence[int]) -> Earlier:
    of_places = _by_place(_of_kinds(found, places))
    return Earlier(day=day, of_places=of_places, whole=total(of_places.values()))


def _books(user: User, day: date | None, before: date | None, places: Sequence[int]) -> Earlier | None:
    """Nothing where figures were kept a year before, or where the books do not reach back so far."""
    if day is None or (before is not None and before <= a_year_before(day)):
        return None
    found = books_on(user, a_year_before(day), places)
    return None if found is None else _earlier(a_year_before(day), found, places)


def a_year_before(day: date) -> date:
    """The same day of the year before; of 29 February the 28th."""
    return day.replace(year=day.year - 1, day=28 if (day.month, day.day) == (2, 29) else day.day)


def _compared_with(kept: QuerySet[DayCount], day: date | None, first: date | None) -> date | None:
    """A year before, or the first day kept where there is less history; nothing where that day is the first."""
    if day is None or first is None or first >= day:
        return None
    return last_kept(kept, a_year_before(day)) or first


def _figures(
    user: User, kept: QuerySet[DayCount], day: date | None, places: Sequence[int], *, today: bool
) -> Cells:
    if today:
        return cells(user, places)
    return cells_on(kept, day, places) if day else {}


def _of_kinds(found: Cells, places: Iterable[int]) -> Cells:
    shown = set(places)
    return {key: tally for key, tally in found.items() if key[1] in KINDS and key[0] in shown}


def _by_place(found: Cells) -> Sums:
    tallies: defaultdict[int, list[Tally]] = defaultdict(list)
    for (place, _kind), tally in found.items():
        tallies[place].append(tally)
    return {place: total(several) for place, several in tallies.items()}
