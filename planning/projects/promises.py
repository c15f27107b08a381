"""What a project promised of its things, and what evidence says 3, 6 and 12 months after they came. No Django.

Of each thing its own months count, from the day on which it came: months 1-3, 4-6 and 7-12. A day counts in which
the office was open, the thing could have been seen, and what was promised could be measured.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from inventory.marks.upkeep import months_later

OFFICE_DAYS = 21  # in a month
WHOLE = 100  # percent


class Measure(StrEnum):
    """What is promised: shares of days or minutes in percent, or so many a month and piece."""

    USED_DAYS = "used_days"
    REACHABLE = "reachable"
    CALLS = "calls"
    PAGES = "pages"
    CHANGES = "changes"


SHARES = frozenset({Measure.USED_DAYS, Measure.REACHABLE})
STRETCHES = (3, 6, 12)  # months after which it is measured


class Outcome(StrEnum):
    """What became of a promise so far."""

    PENDING = "pending"  # the day is still to come, or nothing came
    UNKNOWN = "unknown"  # nothing could be measured
    KEPT = "kept"
    MISSED = "missed"


@dataclass(frozen=True, slots=True, kw_only=True)
class PieceDay:
    """What was observed of one thing on one day; None means that nobody could measure it."""

    open_minutes: float
    observable_minutes: float
    seen_minutes: float
    used_minutes: float | None = None
    users: int | None = None
    calls: int | None = None
    pages: int | None = None
    content_changes: int | None = None

    @property
    def signs(self) -> tuple[float | None, ...]:
        return self.used_minutes, self.users, self.calls, self.pages, self.content_changes

    @property
    def counts(self) -> bool:
        """Whether it could have been seen in office hours."""
        return self.open_minutes > 0 and self.observable_minutes > 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """`part` of `whole` in the unit of the measure; `days` of `pieces` things went into it."""

    part: int
    whole: int
    days: int


NOTHING = Measured(part=0, whole=0, days=0)


def stretch(came: date, months: int) -> tuple[date, date]:
    """First and last day of the stretch that ends so many months after a thing came."""
    before = max((one for one in STRETCHES if one < months), default=0)
    return months_later(came, before), months_later(came, months) - timedelta(days=1)


def due_on(came: date, months: int) -> date:
    """The first day on which the stretch is over."""
    return months_later(came, months)


def measured(measure: Measure, days: Iterable[PieceDay]) -> Measured:
    """Added up over all days of all pieces, in whole numbers."""
    each = [found for day in days if day.counts and (found := _of_day(measure, day)) is not None]
    return Measured(
        part=sum(part for part, _whole in each), whole=sum(whole for _part, whole in each), days=len(each)
    )


def _of_day(measure: Measure, day: PieceDay) -> tuple[int, int] | None:
    """What a day adds to both; None where it says nothing of the measure."""
    match measure:
        case Measure.USED_DAYS:
            known = [sign for sign in day.signs if sign is not None]
            return (WHOLE * any(known), 1) if known else None
        case Measure.REACHABLE:
            return WHOLE * round(min(day.seen_minutes, day.observable_minutes)), round(day.observable_minutes)
        case Measure.CALLS:
            number = day.calls
        case Measure.PAGES:
            number = day.pages
        case Measure.CHANGES:
            number = day.content_changes
    return None if number is None else (OFFICE_DAYS * number, 1)


def tenths(found: Measured) -> int | None:
    """The value in tenths of its unit, to the nearest; None where nothing was measured."""
    return None if not found.whole else (20 * found.part + found.whole) // (2 * found.whole)


def outcome(figure: int, found: Measured | None) -> Outcome:
    """Compared exactly, before any rounding."""
    if found is None:
        return Outcome.PENDING
    if not found.whole:
        return Outcome.UNKNOWN
    return Outcome.KEPT if found.part >= figure * found.whole else Outcome.MISSED
