"""Is an office open? Pure: hours and exceptions in, answers out."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import lru_cache


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeHours:
    """Office hours of ordinary weeks (ISO weekdays), a midday break, and the days that differ."""

    weekdays: frozenset[int] = frozenset({1, 2, 3, 4, 5})
    opens: time = time(8, 30)
    closes: time = time(17, 30)
    break_starts: time | None = None
    break_ends: time | None = None
    exceptions: Mapping[date, bool] = field(default_factory=dict)  # day -> open?

    def open_on(self, day: date) -> bool:
        return self.exceptions.get(day, day.isoweekday() in self.weekdays)

    def open_at(self, moment: datetime) -> bool:
        """`moment` is local time."""
        at = moment.time()
        in_break = self.break_starts and self.break_ends and self.break_starts <= at < self.break_ends
        return self.open_on(moment.date()) and self.opens <= at < self.closes and not in_break

    def open_minutes(self, day: date) -> int:
        return self._minutes_of_an_open_day() if self.open_on(day) else 0

    def office_days(self, start: date, end: date) -> list[date]:
        """Open days from `start` to `end`, both included."""
        return [day for day in _days(start, end) if self.open_on(day)]

    def _minutes_of_an_open_day(self) -> int:
        whole = _minutes(self.closes) - _minutes(self.opens)
        if self.break_starts and self.break_ends:
            whole -= _minutes(self.break_ends) - _minutes(self.break_starts)
        return whole


def _minutes(at: time) -> int:
    return at.hour * 60 + at.minute


@lru_cache(maxsize=64)
def _days(start: date, end: date) -> tuple[date, ...]:
    return tuple(start + timedelta(days=n) for n in range((end - start).days + 1))
