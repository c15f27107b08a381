"""Information islands: which systems pass data on without hands, and how much of what should flow does."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from inventory.systems.way import Way


@dataclass(frozen=True, slots=True)
class Link:
    """One exchange that is needed: data of `source` that `target` needs, and how it gets there; `key` names it."""

    source: int
    target: int
    way: Way
    key: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """How many of the exchanges that are needed go which way."""

    automatic: int = 0
    file: int = 0
    hand: int = 0
    none: int = 0

    @property
    def needed(self) -> int:
        return self.automatic + self.file + self.hand + self.none

    @property
    def without_hands_bp(self) -> int | None:
        """Share that needs nobody, in basis points rounded half up; None while nothing is recorded.

        A file that somebody carries needs hands, and so does what does not flow at all.
        """
        return (self.automatic * 20_000 + self.needed) // (2 * self.needed) if self.needed else None


def flow(links: Iterable[Link]) -> Flow:
    counted = Counter(link.way for link in links)
    return Flow(**{way.value: counted[way] for way in Way})


def islands(systems: Iterable[int], links: Iterable[Link]) -> list[tuple[int, ...]]:
    """
    Groups of systems that automatic exchanges join, the largest first; a system that none reaches is alone.

    Inside a group the order is that of `systems`.
    """
    order = list(dict.fromkeys(systems))
    group_of = {system: [system] for system in order}
    for link in links:
        if link.way is Way.AUTOMATIC and link.source in group_of and link.target in group_of:
            _join(group_of, link.source, link.target)
    place = {system: index for index, system in enumerate(order)}
    groups = {id(group): tuple(sorted(group, key=place.__getitem__)) for group in group_of.values()}
    return sorted(groups.values(), key=lambda group: (-len(group), place[group[0]]))


def _join(group_of: dict[int, list[int]], one: int, other: int) -> None:
    larger, smaller = sorted((group_of[one], group_of[other]), key=len, reverse=True)
    if larger is not smaller:
        larger.extend(smaller)
        for system in smaller:
            group_of[system] = larger


def stand_alone(groups: Sequence[tuple[int, ...]]) -> int:
    """How many systems no automatic exchange reaches."""
    return sum(len(group) == 1 for group in groups)
