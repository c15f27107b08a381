"""Shares of the working time: on no day more than the whole."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

WHOLE = 100


@dataclass(frozen=True, slots=True)
class Stretch:
    """A share from one day to another (the end is exclusive, None: for good)."""

    starts: date
    ends: date | None
    share: int

    def holds(self, day: date) -> bool:
        return self.starts <= day and (self.ends is None or day < self.ends)


def fullest(stretches: Sequence[Stretch]) -> tuple[date | None, int]:
    """The first of the days with the greatest sum of shares, and the sum; it is always one on which one begins."""
    days = sorted({one.starts for one in stretches})
    sums = [(day, sum(one.share for one in stretches if one.holds(day))) for day in days]
    return max(sums, key=lambda one: one[1], default=(None, 0))
