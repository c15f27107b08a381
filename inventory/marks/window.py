"""The days looked back at, sorted once for all rules: which of them count, when it was seen."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from operator import attrgetter

from inventory.marks.facts import Day, Witness
from inventory.marks.policy import Policy

ALL = 10_000  # basis points
PERSON_ALONE = frozenset({Witness.PERSON})


@dataclass(slots=True, kw_only=True)
class Window:
    """`observable`: office days observed long enough to count. `other`: the rest, where only signs count.

    What is seen counts whenever it is seen; what is not seen counts on observable days alone. `silent_on`
    are the observable days since the network last saw anything of the asset.
    """

    start: date
    end: date
    observable: list[Day]
    other: list[Day]
    silent_on: list[date]
    office_days: int = 0
    seen_days: int = 0
    generated_days: int = 0
    last_seen_on: date | None = None
    generated: bool = False  # some day is generated
    really_observable: bool = False  # some day that is not generated could have shown the asset
    really_seen: bool = False  # and some did

    @property
    def length(self) -> int:
        """Calendar days, first and last included."""
        return (self.end - self.start).days + 1


def look_back(days: Sequence[Day], length: int, today: date, policy: Policy) -> Window:
    """The last `length` calendar days up to and including today, in one pass."""
    start = today - timedelta(days=length - 1)
    least, share = policy.observable_minutes, policy.observable_share / ALL
    observable: list[Day] = []
    other: list[Day] = []
    seen_on: list[date] = []
    silent_on: list[date] = []
    office_days = 0
    for day in _between(days, start, today):
        open_minutes, minutes = day.open_minutes, day.observable_minutes
        counts = False
        if open_minutes:
            office_days += 1
            counts = minutes >= least and minutes >= share * open_minutes
        (observable if counts else other).append(day)
        if day.seen_minutes > 0 or seen(day):
            seen_on.append(day.day)
            if silent_on:
                silent_on = []
        elif counts:
            silent_on.append(day.day)
    window = Window(start=start, end=today, observable=observable, other=other, silent_on=silent_on)
    window.office_days, window.seen_days = office_days, len(seen_on)
    window.last_seen_on = seen_on[-1] if seen_on else None
    _tell_generated(window)
    return window


def seen(day: Day) -> bool:
    """The network saw something of it that day, in office hours or not."""
    return day.seen_minutes > 0 or not day.witnesses <= PERSON_ALONE


def _tell_generated(window: Window) -> None:
    """Days of demonstration data never prove anything without a day on which probes really ran."""
    window.generated_days = sum([day.generated for day in window.observable])
    window.generated = window.generated_days > 0 or any(day.generated for day in window.other)
    if window.generated:
        real = [day for day in (*window.observable, *window.other) if not day.generated]
        window.really_seen = any(seen(day) for day in real)
        window.really_observable = window.really_seen or any(
            day.asked_minutes > 0 or day.observable_minutes > 0 for day in real
        )


def _between(days: Sequence[Day], start: date, end: date) -> Sequence[Day]:
    if not days or (start <= days[0].day and days[-1].day <= end):
        return days
    key = attrgetter("day")
    return days[bisect_left(days, start, key=key) : bisect_left(days, end + timedelta(days=1), key=key)]
