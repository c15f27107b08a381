"""Who can run what stands somewhere, and what happens if one of them leaves."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from workforce.competence.held import Held
from workforce.competence.level import Level


class Cover(StrEnum):
    """How safely something is in hand, the worst first."""

    NOBODY = "nobody"
    ONE_PART_TIME = "one_part_time"
    ONE = "one"
    SEVERAL = "several"


@dataclass(frozen=True, slots=True, kw_only=True)
class Worker:
    """Somebody at work on a day. `places`: where, by office and by posts; `share`: per cent of the time in posts.

    `full_time`: holds one post with the whole of the working time.
    """

    person: int
    places: frozenset[int]
    share: int = 0
    full_time: bool = False
    held: Mapping[int, Held]

    def can(self, needs: Collection[tuple[int, Level]], day: date) -> bool:
        """Whether every skill that is needed is there at its level; where none is named nobody is known to."""
        return bool(needs) and all(
            skill in self.held and self.held[skill].worth(day) >= level for skill, level in needs
        )


@dataclass(frozen=True, slots=True)
class Hand:
    """Equipment of one sort in one place and who there can run it."""

    place: int
    sort: str
    able: tuple[int, ...]
    cover: Cover


def cover(able: Sequence[Worker]) -> Cover:
    if not able:
        return Cover.NOBODY
    if len(able) > 1:
        return Cover.SEVERAL
    return Cover.ONE if able[0].full_time else Cover.ONE_PART_TIME


def hands(
    stands: Iterable[tuple[int, str]],
    needs: Mapping[str, Collection[tuple[int, Level]]],
    workers: Sequence[Worker],
    day: date,
) -> list[Hand]:
    """For each place and sort of equipment that stands there and whose skills are named: who there can run it."""
    capable = {sort: [one for one in workers if one.can(asked, day)] for sort, asked in needs.items()}
    found = []
    for place, sort in stands:
        if sort in capable:
            able = [one for one in capable[sort] if place in one.places]
            found.append(Hand(place, sort, tuple(one.person for one in able), cover(able)))
    return found


def if_they_leave(found: Iterable[Hand]) -> dict[int, list[Hand]]:
    """By person: what nobody could run any more, those with the most first."""
    lost: dict[int, list[Hand]] = {}
    for hand in found:
        if len(hand.able) == 1:
            lost.setdefault(hand.able[0], []).append(hand)
    return dict(sorted(lost.items(), key=lambda item: -len(item[1])))
