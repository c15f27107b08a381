"""Which hours may be written down, and who may sign for them. Answers are codes."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum

from workforce.schemes.employment import Employed

MINUTES_AN_HOUR = 45  # the shortest training hour (学时) in use
LONGEST_DAY = Decimal(24)


class Wrong(StrEnum):
    """Why hours cannot be written down."""

    NO_HOURS = "no_hours"
    NO_LENGTH = "no_length"
    FUTURE = "future"
    NOT_EMPLOYED = "not_employed"
    LONGER_THAN_SESSION = "longer_than_session"
    OVERLAP = "overlap"
    DAY_TOO_LONG = "day_too_long"


class Unsigned(StrEnum):
    """Why somebody cannot sign."""

    NOT_THE_TRAINEE = "not_the_trainee"
    APPROVER_IS_TRAINEE = "approver_is_trainee"
    APPROVER_RECORDED = "approver_recorded"
    SIGNED_ALREADY = "signed_already"
    REVERSED = "reversed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitting:
    """One person in one session of one day."""

    starts: datetime
    ends: datetime
    hours: Decimal

    @property
    def day(self) -> date:
        return self.starts.date()

    def overlaps(self, other: "Sitting") -> bool:
        return self.starts < other.ends and other.starts < self.ends


def wrongs(
    new: Sitting, known: Sequence[Sitting], employed: Iterable[Employed], now: datetime
) -> tuple[Wrong, ...]:
    """Everything that speaks against writing it down beside what is known of the same person."""
    return tuple(_wrongs(new, known, employed, now))


def _wrongs(
    new: Sitting, known: Sequence[Sitting], employed: Iterable[Employed], now: datetime
) -> Iterator[Wrong]:
    if new.hours <= 0:
        yield Wrong.NO_HOURS
    if new.ends <= new.starts:
        yield Wrong.NO_LENGTH
    elif new.hours * MINUTES_AN_HOUR > Decimal((new.ends - new.starts) / timedelta(minutes=1)):
        yield Wrong.LONGER_THAN_SESSION
    if new.ends > now:
        yield Wrong.FUTURE
    if not any(span.on(new.day) for span in employed):
        yield Wrong.NOT_EMPLOYED
    if any(new.overlaps(other) for other in known):
        yield Wrong.OVERLAP
    if new.hours + sum(other.hours for other in known if other.day == new.day) > LONGEST_DAY:
        yield Wrong.DAY_TOO_LONG


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """Who had to do with one entry, each known by a key of theirs; None: not yet, or no person of the bureau."""

    trainee: int
    recorder: int
    recorder_person: int | None
    trainee_signed: bool = False
    approved: bool = False
    reversed: bool = False


def trainee_refused(entry: Entry, person: int | None) -> Unsigned | None:
    """Only the trainee signs as trainee, once."""
    if person != entry.trainee:
        return Unsigned.NOT_THE_TRAINEE
    return _closed(entry, entry.trainee_signed)


def approver_refused(entry: Entry, account: int, person: int | None) -> Unsigned | None:
    """The approver is neither the trainee nor whoever wrote it down, by account or by person."""
    if person is not None and person == entry.trainee:
        return Unsigned.APPROVER_IS_TRAINEE
    if account == entry.recorder or (person is not None and person == entry.recorder_person):
        return Unsigned.APPROVER_RECORDED
    return _closed(entry, entry.approved)


def _closed(entry: Entry, signed: bool) -> Unsigned | None:
    if entry.reversed:
        return Unsigned.REVERSED
    return Unsigned.SIGNED_ALREADY if signed else None
