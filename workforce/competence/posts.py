"""How a post is filled."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class PostState(StrEnum):
    """The worst first."""

    VACANT = "vacant"
    SHORT = "short"
    NOT_COMPETENT = "not_competent"
    UNKNOWN = "unknown"
    ONE_PART_TIME = "one_part_time"
    FINE = "fine"


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody in the post; `competent` is None where that cannot be seen."""

    competent: bool | None
    full_time: bool


def post_state(seats: int, holders: Sequence[Holder]) -> PostState:
    """One holder who meets every requirement is enough for the post to be in competent hands."""
    if not holders:
        return PostState.VACANT
    if len(holders) < seats:
        return PostState.SHORT
    if not any(one.competent for one in holders):
        unseen = any(one.competent is None for one in holders)
        return PostState.UNKNOWN if unseen else PostState.NOT_COMPETENT
    if len(holders) == 1 and not holders[0].full_time:
        return PostState.ONE_PART_TIME
    return PostState.FINE
