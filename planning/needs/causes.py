"""Why a thing stands unused: one cause, of several the one that has to be settled before the others."""

from collections.abc import Mapping
from dataclasses import dataclass

from inventory.marks.kind import Kind
from planning.needs.facts import Cause

ONLINE = frozenset(
    {Kind.CONFERENCE_ROOM, Kind.VIDEO_ENDPOINT, Kind.NOTICE_BOARD, Kind.BUSINESS_SYSTEM, Kind.NETWORK_DEVICE}
)
"""Kinds that are good for nothing without a line."""
MUCH_ENTRY = 8
"""Hours a month of typing in what another system holds already: from one working day on it is too much."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signs:
    """What evidence and people say of an unused thing; None where nobody recorded it, and nothing follows from it.

    `surplus`: its place has more of its kind than it should. `posted`: somebody there holds a post. `trained`:
    somebody there can run it. `typed_twice`: what it serves is entered by hand a second time.
    """

    kind: Kind
    broken: bool = False
    surplus: bool | None = None
    line: bool | None = None
    posted: bool | None = None
    trained: bool | None = None
    typed_twice: bool | None = None


def cause(signs: Signs) -> Cause:
    """What cannot run and what is one too many come before what its people lack."""
    if signs.broken:
        return Cause.BROKEN
    if signs.surplus:
        return Cause.NOT_NEEDED
    if signs.kind in ONLINE and signs.line is False:
        return Cause.NO_LINE
    if signs.posted is False:
        return Cause.NOBODY_POSTED
    if signs.trained is False:
        return Cause.NOBODY_TRAINED
    return Cause.HAND_ENTRY if signs.typed_twice else Cause.UNKNOWN


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """What the signs were read from: of its kind `have` and `standard`, of its place lines, posts and hours.

    `skills`: so many are needed to run it.
    """

    repairs: int = 0
    have: int = 0
    standard: int = 0
    lines: int = 0
    posts: int = 0
    skills: int = 0
    hours: float = 0


def numbers(why: Cause, counts: Counts) -> Mapping[str, int | float]:
    """Those that prove the cause."""
    match why:
        case Cause.BROKEN:
            return {"repairs": counts.repairs}
        case Cause.NOT_NEEDED:
            return {"have": counts.have, "standard": counts.standard}
        case Cause.NO_LINE:
            return {"lines": counts.lines}
        case Cause.NOBODY_POSTED:
            return {"posts": counts.posts}
        case Cause.NOBODY_TRAINED:
            return {"skills": counts.skills}
        case Cause.HAND_ENTRY:
            return {"hours": counts.hours, "threshold": MUCH_ENTRY}
    return {}
