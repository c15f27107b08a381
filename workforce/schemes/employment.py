"""When somebody was employed, as far as it is recorded."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Employed:
    """From a day on, until a day (the end is exclusive)."""

    starts: date
    ends: date | None = None

    def on(self, day: date) -> bool:
        return self.starts <= day and (self.ends is None or day < self.ends)


def employed(joined: date | None, left: date | None, *, archived: bool) -> tuple[Employed, ...]:
    """Without a first day since ever; whoever is archived without a last day is not known to have been there."""
    if archived and left is None:
        return ()
    return (Employed(joined or date.min, left),)
