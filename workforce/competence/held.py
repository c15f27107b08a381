"""What a level that somebody showed is worth on a day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from workforce.competence.level import Level

SOON = timedelta(days=90)


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """The latest word on one skill of one person. `vouched`: somebody or something else than the person says so."""

    level: Level
    expires: date | None = None
    vouched: bool = True

    def expired(self, day: date) -> bool:
        return self.expires is not None and self.expires <= day

    def expires_soon(self, day: date) -> bool:
        return self.expires is not None and day < self.expires <= day + SOON

    def worth(self, day: date) -> Level:
        """What it counts for: nothing once it has run out, or where only the person says it."""
        return self.level if self.vouched and not self.expired(day) else Level.NONE


class Why(StrEnum):
    """Why a requirement is not met."""

    NOT_LEARNT = "not_learnt"
    TOO_LOW = "too_low"
    EXPIRED = "expired"
    DECLARED = "declared"


@dataclass(frozen=True, slots=True)
class Gap:
    """A skill that is asked for at a level which is not there."""

    skill: int
    required: Level
    held: Level
    why: Why


def gaps(required: Mapping[int, Level], held: Mapping[int, Held], day: date) -> list[Gap]:
    """What is asked for (by skill) and not met, the widest first."""
    found = [_gap(skill, level, held.get(skill), day) for skill, level in required.items()]
    return sorted((gap for gap in found if gap), key=lambda gap: (gap.held - gap.required, gap.skill))


def _gap(skill: int, required: Level, held: Held | None, day: date) -> Gap | None:
    if held is None:
        return Gap(skill, required, Level.NONE, Why.NOT_LEARNT)
    worth = held.worth(day)
    if worth >= required:
        return None
    if held.expired(day):
        return Gap(skill, required, worth, Why.EXPIRED)
    return Gap(skill, required, worth, Why.TOO_LOW if held.vouched else Why.DECLARED)
