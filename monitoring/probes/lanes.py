"""Whose turn it is: so many targets at once in each lane, and so many behind each township's line."""

from collections import Counter, deque
from collections.abc import Iterable
from enum import IntEnum

from monitoring.probes.target import Limits, Target


class Lane(IntEnum):
    """Targets that wait differently do not wait for each other."""

    ASKED = 1
    PINGED = 2  # nothing but a ping: next to free
    DOWN = 3  # mostly waiting in vain


_LANES = tuple(Lane)


def lane_of(target: Target) -> Lane:
    if target.down:
        return Lane.DOWN
    profile = target.profile
    return Lane.ASKED if profile.snmp or profile.http or profile.tcp_ports else Lane.PINGED


class Lanes:
    """The targets of one sweep; `take` and `done` cost the same however many there are."""

    def __init__(self, targets: Iterable[Target], limits: Limits) -> None:
        self._free = {
            Lane.ASKED: limits.at_once,
            Lane.PINGED: limits.at_once_ping,
            Lane.DOWN: limits.at_once_down,
        }
        self._per_line = limits.per_line
        self._behind: Counter[int] = Counter()  # targets being asked, by line
        self._pending: dict[tuple[Lane, int], deque[Target]] = {}
        self._open: dict[Lane, deque[int]] = {lane: deque() for lane in Lane}  # lines that may go on
        self._full: set[tuple[Lane, int]] = set()  # and those that wait for `done`
        for target in targets:
            self._add(lane_of(target), target)

    def take(self) -> Target | None:
        """The next target that may be asked now; nothing until another one is done, or at the end."""
        for lane in _LANES:
            if self._free[lane] > 0 and (target := self._take_from(lane)):
                return target
        return None

    def done(self, target: Target) -> None:
        """Give its place to another one."""
        self._free[lane_of(target)] += 1
        if not target.line:
            return
        self._behind[target.line] -= 1
        for lane in _LANES:
            if (lane, target.line) in self._full:
                self._full.remove((lane, target.line))
                self._open[lane].append(target.line)

    def _add(self, lane: Lane, target: Target) -> None:
        key = lane, target.line
        if key not in self._pending:
            self._pending[key] = deque()
            self._open[lane].append(target.line)
        self._pending[key].append(target)

    def _take_from(self, lane: Lane) -> Target | None:
        """Lines take turns, so that a large township does not hold up a small one."""
        lines = self._open[lane]
        while lines:
            line = lines.popleft()
            if line and self._behind[line] >= self._per_line:
                self._full.add((lane, line))
                continue
            pending = self._pending[lane, line]
            target = pending.popleft()
            if pending:
                lines.append(line)
            else:
                del self._pending[lane, line]
            self._free[lane] -= 1
            if line:
                self._behind[line] += 1
            return target
        return None
