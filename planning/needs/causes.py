"""Why a thing stands unused: one cause, of several the one that has to be settled before the others."""

from dataclasses import dataclass

from inventory.marks.kind import Kind
from planning.needs.facts import Cause

ONLINE = frozenset(
    {Kind.CONFERENCE_ROOM, Kind.VIDEO_ENDPOINT, Kind.NOTICE_BOARD, Kind.BUSINESS_SYSTEM, Kind.NETWORK_DEVICE}
)
"""Kinds that are good for nothing without a line."""


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
