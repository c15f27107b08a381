"""What places lack against their Standard, and how many people share a computer, as of any day.

The day's Standard, exceptions, staff and townships; the assets then on the books, less those then marked missing.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.utils import timezone

from inventory.actions.provision import Provision, end_of, provision_on
from inventory.actions.shortfalls import PlaceKnown, judge_provisions
from inventory.marks.kind import Kind
from inventory.marks.place import Count
from inventory.marks.standard import OfficeFacts, staff_per_computer
from itops.audit.past import standing_at
from itops.database.statements import rows

HELD = """
    SELECT a.place_id, a.office_id, a.kind, count(*), count(gone.asset_id)
    FROM inventory_asset a
    LEFT JOIN (
        SELECT DISTINCT asset_id FROM inventory_mark
        WHERE mark = 'missing' AND marking AND NOT waived AND asset_id IS NOT NULL
          AND opened <= %(day)s AND (closed IS NULL OR closed > %(day)s)
    ) gone ON gone.asset_id = a.id
    WHERE NOT a.archived AND a.condition <> 'retired' AND a.place_id = ANY(%(places)s)
      AND (NOT %(past)s OR coalesce(a.bought_on, a.in_service_on, %(day)s) <= %(day)s)
    GROUP BY a.place_id, a.office_id, a.kind
"""
AS_IT_STOOD = standing_at(("inventory.asset",), opening="inventory.asset")


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """Counts of a day; those of computers by office as well, None for computers of no office."""

    counts: Mapping[tuple[int, Kind], Count]
    computers: Mapping[tuple[int, int | None], int]

    def computers_of(self, place: int) -> int:
        return sum(number for (where, _office), number in self.computers.items() if where == place)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ratio:
    """People and computers of a place, or of one of its offices; `staff` is None when it is not known."""

    office: int | None = None
    staff: int | None
    computers: int

    @property
    def staff_per_computer(self) -> float | None:
        return staff_per_computer(self.staff, self.computers)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceRatio:
    """A place's people and computers; its computers include those that belong to no office."""

    place: int
    whole: Ratio
    offices: tuple[Ratio, ...] = field(default=())


@dataclass(frozen=True, slots=True, kw_only=True)
class AsOf:
    """What was asked of some places on a day, and what they held."""

    day: date
    provisions: Sequence[Provision]
    held: Held


def held_on(day: date, places: Iterable[int]) -> Held:
    """What was on the books of these places at the end of the day, and how much of it was missing."""
    past = day < timezone.localdate()
    parameters = {"day": day, "end": end_of(day), "places": list(places), "past": past}
    recorded: defaultdict[tuple[int, Kind], int] = defaultdict(int)
    absent: defaultdict[tuple[int, Kind], int] = defaultdict(int)
    computers: dict[tuple[int, int | None], int] = {}
    for place, office, of_kind, number, gone in rows(
        f"WITH {AS_IT_STOOD} {HELD}" if past else HELD, parameters
    ):
        recorded[place, Kind(of_kind)] += number
        absent[place, Kind(of_kind)] += gone
        if of_kind == Kind.COMPUTER:
            computers[place, office] = number - gone
    return Held(
        counts={key: Count(recorded=number, absent=absent[key]) for key, number in recorded.items()},
        computers=computers,
    )


def as_of(day: date, places: Sequence[int]) -> AsOf:
    """Asked once for both questions below."""
    return AsOf(day=day, provisions=provision_on(day, places), held=held_on(day, places))


def shortfalls_on(day: date, places: Sequence[int]) -> list[PlaceKnown]:
    """Each of these places that should have anything, judged; the caller gives those within scope."""
    return shortfalls(as_of(day, places))


def staff_per_computer_on(day: date, places: Sequence[int]) -> list[PlaceRatio]:
    """人机比: the people of each office and place to each computer that is there."""
    return ratios(as_of(day, places))


def shortfalls(asked: AsOf) -> list[PlaceKnown]:
    return judge_provisions(asked.provisions, asked.held.counts, asked.day)


def ratios(asked: AsOf) -> list[PlaceRatio]:
    return [_place_ratio(one, asked.held) for one in asked.provisions if one.offices]


def _place_ratio(one: Provision, held: Held) -> PlaceRatio:
    offices = tuple(
        Ratio(
            office=office.office,
            staff=office.staff,
            computers=held.computers.get((one.place, office.office), 0),
        )
        for office in one.offices
    )
    whole = Ratio(staff=_together(one.offices), computers=held.computers_of(one.place))
    return PlaceRatio(place=one.place, whole=whole, offices=offices)


def _together(offices: Sequence[OfficeFacts]) -> int | None:
    known = [office.staff for office in offices if office.staff is not None]
    return sum(known) if len(known) == len(offices) else None
