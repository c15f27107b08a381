"""What holds for every agent, whichever library asks it: sizes, circles, errors, ends."""

from collections.abc import Collection, Sequence
from typing import NamedTuple, Protocol

from monitoring.probes import message
from monitoring.probes.answer import Column, Reason, SnmpValue
from monitoring.probes.snmp import Patience, SnmpFailure

OIDS_PER_GET = 25
FIRST_ROWS, MOST_ROWS = 25, 100

Row = tuple[str, SnmpValue]

_STATUS = {
    message.TOO_BIG: Reason.TOO_BIG,
    message.NO_ACCESS: Reason.NOT_ALLOWED,
    message.AUTHORIZATION_ERROR: Reason.NOT_ALLOWED,
}


class Reply(NamedTuple):
    """One answer: objects that are there (None: here the column ends), or an error-status."""

    rows: Collection[Row | None] = ()
    octets: int = 0
    status: int = 0
    position: int = 0  # error-index: which of the objects asked for, from 1

    @property
    def is_failure(self) -> bool:
        return self.status not in (0, message.TOO_BIG, message.NO_SUCH_NAME)

    def failure(self) -> SnmpFailure:
        return SnmpFailure(_STATUS.get(self.status, Reason.AGENT_ERROR))


class Pace:
    """How many rows GETBULK asks for: more while the agent delivers, half when it cannot."""

    def __init__(self) -> None:
        self.rows = FIRST_ROWS
        self._most = MOST_ROWS

    def came(self, rows: int) -> None:
        if rows >= self.rows:
            self.rows = min(self.rows * 2, self._most)

    def shrink(self, *, to_one: bool = False) -> bool:
        """Ask for half as many from now on, the next time for one alone; false if it is one already."""
        if self.rows == 1:
            return False
        self._most = self.rows // 2
        self.rows = 1 if to_one else self._most
        return True


class Asking(Protocol):
    """One library's way to put one request to one agent. Both methods raise SnmpFailure."""

    hides_errors: bool  # error-status is not known

    async def get_once(self, oids: Sequence[str]) -> Reply:
        """Scalars by one GET."""

    async def next_once(self, column: str, start: str, pace: Pace) -> Reply:
        """What follows `start`, by one GETBULK or GETNEXT; rows outside of the column are left out."""


async def get(agent: Asking, oids: Sequence[str]) -> dict[str, SnmpValue]:
    """The scalars that the agent has."""
    if 0 < len(oids) <= OIDS_PER_GET:
        return await _get(agent, oids)
    values: dict[str, SnmpValue] = {}
    for at in range(0, len(oids), OIDS_PER_GET):
        values |= await _get(agent, oids[at : at + OIDS_PER_GET])
    return values


async def walk(agent: Asking, column: str, patience: Patience) -> Column:
    """All rows of a column; SnmpFailure if it goes in a circle or past the limits."""
    rows, pace = _Rows(column, patience), Pace()
    while not rows.complete:
        reply = await agent.next_once(column, rows.last, pace)
        if reply.rows:
            pace.came(len(reply.rows))
            rows.add(reply)
        elif not (_may_be_too_much(agent, reply) and pace.shrink(to_one=reply.status == 0)):
            if reply.status not in (0, message.NO_SUCH_NAME):
                raise reply.failure()
            break
    return rows.column()


async def _get(agent: Asking, oids: Sequence[str]) -> dict[str, SnmpValue]:
    reply = await agent.get_once(oids)
    if reply.rows:
        came = dict(filter(None, reply.rows))
        return {oid: came[oid] for oid in oids if oid in came}
    return await _get_less(agent, oids, reply)


async def _get_less(agent: Asking, oids: Sequence[str], reply: Reply) -> dict[str, SnmpValue]:
    """After an answer without values: leave out what the agent stumbles over, or ask in two halves."""
    one = len(oids) == 1
    if reply.status == message.NO_SUCH_NAME or (reply.is_failure and reply.position and not one):
        at = max(reply.position, 1)
        rest = [*oids[: at - 1], *oids[at:]]
        return await _get(agent, rest) if rest else {}
    if reply.is_failure or (reply.status and one):
        raise reply.failure()
    if one or not (reply.status or await _answers_one(agent, oids[0])):
        return {}
    half = len(oids) // 2
    return await _get(agent, oids[:half]) | await _get(agent, oids[half:])


async def _answers_one(agent: Asking, oid: str) -> bool:
    """Whether nothing came of many only because it was too much, where the library does not say."""
    return agent.hides_errors and bool(await _get(agent, [oid]))


def _may_be_too_much(agent: Asking, reply: Reply) -> bool:
    return reply.status == message.TOO_BIG or (reply.status == 0 and agent.hides_errors)


class _Rows:
    """The rows of one walk as they come."""

    def __init__(self, column: str, patience: Patience) -> None:
        self.last = column
        self.complete = False
        self._column, self._patience = column, patience
        self._rows: dict[str, SnmpValue] = {}
        self._octets = 0

    def add(self, reply: Reply) -> None:
        rows = [row for row in reply.rows if row is not None]
        self.complete = len(rows) < len(reply.rows)
        self._octets += reply.octets
        if not rows:
            return
        expected = len(self._rows) + len(rows)
        self._rows.update(rows)
        if len(self._rows) != expected or not _is_after(rows[-1][0], self.last):
            raise SnmpFailure(Reason.NOT_INCREASING)
        self.last = rows[-1][0]
        if expected > self._patience.walk_rows or self._octets > self._patience.answer_bytes:
            raise SnmpFailure(Reason.TOO_BIG)

    def column(self) -> Column:
        start = len(self._column) + 1
        return tuple((oid[start:], value) for oid, value in self._rows.items())


def _is_after(later: str, earlier: str) -> bool:
    return [int(part) for part in later.split(".")] > [int(part) for part in earlier.split(".")]
