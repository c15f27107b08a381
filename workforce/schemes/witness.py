"""What the equipment of a session saw that day, held against what was signed."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

DAY_MINUTES = 1440
LEAST_MINUTES = 10


class Testimony(StrEnum):
    """What the equipment says of a session. `contradicts` asks for an explanation."""

    AGREES = "agrees"
    ON_ALONE = "on_alone"  # it was on, and its use, which can be measured, was none
    CONTRADICTS = "contradicts"
    BLIND = "blind"  # there is equipment, and nothing could be observed
    NONE = "none"  # no equipment could witness it


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """One thing recorded for the session, over the whole day. `observable` None: not watched that day."""

    asset: int
    name: str
    observable: float | None
    on: float = 0
    used: float | None = None
    generated: bool = False

    @property
    def agrees(self) -> bool:
        """Used where that can be measured; else being on is all it can say."""
        minutes = self.on if self.used is None else self.used
        return bool(self.observable) and minutes >= LEAST_MINUTES

    @property
    def was_on(self) -> bool:
        return bool(self.observable) and self.on >= LEAST_MINUTES

    def was_watched(self, session_minutes: float) -> bool:
        """Whether so much of the day was observed that part of the session must have been."""
        return self.observable is not None and DAY_MINUTES - self.observable < session_minutes


@dataclass(frozen=True, slots=True, kw_only=True)
class Witnessed:
    """The verdict with its numbers."""

    testimony: Testimony
    signed_in: int
    seen: Sequence[Seen]

    @property
    def on_minutes(self) -> float:
        """The longest that any of it was on."""
        return max((one.on for one in self.seen if one.observable is not None), default=0)

    @property
    def used_minutes(self) -> float | None:
        """The longest that any of it was used, where that was measured."""
        return max((one.used for one in self.seen if one.used is not None), default=None)

    @property
    def generated(self) -> bool:
        return any(one.generated for one in self.seen)


def witnessed(signed_in: int, seen: Sequence[Seen], *, session_minutes: float) -> Witnessed:
    """Silence contradicts only where it was listened to."""
    return Witnessed(
        testimony=_testimony(signed_in, seen, session_minutes), signed_in=signed_in, seen=tuple(seen)
    )


def _testimony(signed_in: int, seen: Sequence[Seen], session_minutes: float) -> Testimony:
    if not seen:
        return Testimony.NONE
    if any(one.agrees for one in seen):
        return Testimony.AGREES
    if any(one.was_on for one in seen):
        return Testimony.ON_ALONE
    if signed_in and any(one.was_watched(session_minutes) for one in seen):
        return Testimony.CONTRADICTS
    return Testimony.BLIND
