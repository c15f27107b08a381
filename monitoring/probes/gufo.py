"""SNMP through gufo-snmp, with the guards it lacks: retries, sizes, circles, hidden errors, wrong secrets."""

import asyncio
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from gufo.snmp._fast import GetIter, SnmpV1ClientSocket, SnmpV2cClientSocket, SnmpV3ClientSocket

from monitoring.probes import message
from monitoring.probes.answer import Column, Reason, SnmpValue
from monitoring.probes.gufo_line import (
    END,
    NOT_IN_TIME,
    OTHER_ENGINE,
    SILENCE,
    Answered,
    GufoSocket,
    Line,
    Receive,
    Send,
    reason_of,
)
from monitoring.probes.names import Where
from monitoring.probes.snmp import Patience, SnmpFailure
from monitoring.probes.strays import Strays, Watch
from monitoring.probes.target import SnmpAccess, SnmpVersion
from monitoring.probes.usm_keys import NOBODY, UsmKeys, expansions, usm_keys
from monitoring.probes.walk import Pace, Rows

S = TypeVar("S", bound=GufoSocket)

OIDS_PER_GET = 25
_CLOCKS = 2  # an agent that rejects the clock it has just told is asked no further
_STATUS = {
    message.TOO_BIG: Reason.TOO_BIG,
    message.NO_ACCESS: Reason.NOT_ALLOWED,
    message.AUTHORIZATION_ERROR: Reason.NOT_ALLOWED,
}
# Engines met, with the way of making keys that they understood: saves a round trip in the next cycle.
_met: dict[tuple[str, int], tuple[bytes, int]] = {}
_MET_AT_MOST = 100_000


class GufoSession:
    """One agent; each retry has a socket of its own, and a late answer to any of them counts."""

    def __init__(
        self, where: Where, port: int, access: SnmpAccess, patience: Patience, strays: Strays
    ) -> None:
        self._where, self._port, self._access, self._patience = where, port, access, patience
        self._strays = strays
        self._watch: Watch | None = None
        self._lines: list[Line] = []
        self._datagram = b""  # the last one that answered
        self._answered = False  # a question was
        self._discovered = False  # at least the last attempt's SNMPv3 discovery was
        self._engine, self._expansion = _met.get((where.host, port), (b"", 0))
        self._engine = access.engine_id or self._engine
        self._hides_errors = access.version is SnmpVersion.V3

    async def get(self, oids: Sequence[str]) -> dict[str, SnmpValue]:
        values: dict[str, SnmpValue] = {}
        for at in range(0, len(oids), OIDS_PER_GET):
            values |= await self._get(list(oids[at : at + OIDS_PER_GET]))
        return values

    async def walk(self, column: str) -> Column:
        rows, pace, inside = Rows(column, self._patience), Pace(), GetIter(column)
        more = self._next_row if self._access.version is SnmpVersion.V1 else self._next_rows
        while not rows.complete:
            rows.add(await more(rows.last, inside, pace), len(self._datagram))
        return rows.column()

    def close(self) -> None:
        for line in self._lines:
            line.close()
        self._lines.clear()
        if self._watch:
            self._strays.forget(self._watch)

    async def _get(self, oids: list[str]) -> dict[str, SnmpValue]:
        answer = await self._ask(
            lambda gufo: gufo.send_get_many(oids),
            lambda gufo: gufo.recv_get_many(),
        )
        if answer is not END and answer:
            return {oid: answer[oid] for oid in oids if oid in answer}
        return await self._get_less(oids)

    async def _get_less(self, oids: list[str]) -> dict[str, SnmpValue]:
        """After an answer without values: leave out what the agent stumbles over, or ask in two halves."""
        said = message.header(self._datagram) or message.Header(0)
        if said.status == message.NO_SUCH_NAME or (said.status > 4 and said.position and len(oids) > 1):
            rest = oids[: said.position - 1] + oids[said.position :] if said.position else oids[1:]
            return await self._get(rest) if rest else {}
        if said.status not in (0, message.TOO_BIG):
            raise SnmpFailure(_STATUS.get(said.status, Reason.AGENT_ERROR))
        if len(oids) == 1:
            if said.status:
                raise SnmpFailure(Reason.TOO_BIG)
            return {}
        if said.status == 0 and not (self._hides_errors and await self._get(oids[:1])):
            return {}
        half = len(oids) // 2
        return await self._get(oids[:half]) | await self._get(oids[half:])

    async def _next_row(self, start: str, inside: GetIter, pace: Pace) -> list[Any]:
        """One row by GETNEXT, then None at the end."""
        row = await self._ask(
            lambda gufo: gufo.send_get_next(GetIter(start)),
            lambda gufo: gufo.recv_get_next(inside),
        )
        if row is not END:
            return [row]
        status = self._status()
        if status not in (0, message.NO_SUCH_NAME):
            raise SnmpFailure(_STATUS.get(status, Reason.AGENT_ERROR))
        return [None]

    async def _next_rows(self, start: str, inside: GetIter, pace: Pace) -> list[Any]:
        """Some rows by GETBULK, with None after the last one."""
        rows = await self._ask(
            lambda gufo: gufo.send_get_bulk(GetIter(start, pace.rows)),
            lambda gufo: gufo.recv_get_bulk(inside),
            pace,
        )
        if rows is not END:
            pace.came(len(rows))
            return list(rows)
        status = self._status()
        may_be_too_big = status == message.TOO_BIG or (status == 0 and self._hides_errors)
        if may_be_too_big and pace.shrink(to_one=status == 0):
            return []
        if status:
            raise SnmpFailure(_STATUS.get(status, Reason.AGENT_ERROR))
        return [None]

    def _status(self) -> int:
        said = message.header(self._datagram)
        return said.status if said else 0

    async def _ask(self, send: Send, receive: Receive, pace: Pace | None = None) -> Any:
        """The answer to one request, asked as often as patience has it; raises SnmpFailure."""
        for attempt in range(self._patience.tries):
            if attempt:
                self._before_retry(pace)
            line = await self._line(attempt)
            answer = await self._say(line, send, receive) if line else SILENCE
            if answer is OTHER_ENGINE:
                line = await self._discover()
                answer = await self._say(line, send, receive) if line else SILENCE
            if answer is OTHER_ENGINE:
                raise SnmpFailure(Reason.WRONG_CREDENTIALS)
            if answer is not SILENCE:
                self._remember()
                return answer
        raise SnmpFailure(self._why_silent())

    def _before_retry(self, pace: Pace | None) -> None:
        if pace:
            pace.shrink()
        if not self._answered and self._watch is None:
            self._watch = self._strays.watch(self._where, self._port, self._access)

    async def _say(self, line: Line, send: Send, receive: Receive) -> Any:
        """Send, and again when the agent has only told its clock."""
        for _ in range(_CLOCKS + 1):
            answer = await self._once(line, send, receive, self._lines)
            if answer is not NOT_IN_TIME:
                return answer
        raise SnmpFailure(Reason.WRONG_CREDENTIALS)

    async def _once(self, line: Line, send: Send, receive: Receive, listeners: Sequence[Line]) -> Any:
        """Send on one line and wait for what comes on any of the listeners."""
        loop = asyncio.get_running_loop()
        wait_s = self._patience.wait_s()
        answer: Answered = loop.create_future()
        for listener in listeners:
            listener.listen(receive, answer)
        timer = loop.call_later(wait_s, _give_up, answer)
        try:
            line.send(send)
            said, self._datagram = await answer
            return said
        finally:
            timer.cancel()
            answer.cancel()

    async def _line(self, attempt: int) -> Line | None:
        """The line to ask on: a retry has a new one. Nothing if the SNMPv3 discovery was not answered."""
        if self._lines and not attempt:
            return self._lines[-1]
        if self._access.version is not SnmpVersion.V3:
            kind = SnmpV1ClientSocket if self._access.version is SnmpVersion.V1 else SnmpV2cClientSocket
            return self._opened(
                self._connected(lambda address: kind(address, self._access.community, 0, 0, 0, 0))
            )
        if not self._answered:
            self._discovered = False
            self._expansion = (self._expansion + attempt) % len(expansions(self._access))
        if self._engine and (self._answered or not attempt):
            engine, keys = self._engine, self._keys()
            return self._opened(
                self._connected(lambda address: SnmpV3ClientSocket(address, engine, *keys, 0, 0, 0, 0))
            )
        return await self._discover()

    async def _discover(self) -> Line | None:
        """Ask a new line's agent for its engine, the first step of SNMPv3; a retry repeats it.

        An agent that answers this, but not the question after it, was asked with wrong secrets.
        """
        keys = self._keys()
        gufo = self._connected(lambda address: SnmpV3ClientSocket(address, b"", *NOBODY, 0, 0, 0, 0))
        line = self._opened(gufo)
        if await self._once(line, _send_refresh, _receive_refresh, (line,)) is SILENCE:
            return None
        self._engine = gufo.get_engine_id()
        gufo.set_keys(*keys)
        self._discovered = True
        return line

    def _connected(self, socket: Callable[[str], S]) -> S:
        try:
            return socket(self._where.with_port(self._port))
        except OSError as error:
            raise SnmpFailure(reason_of(error)) from error

    def _opened(self, gufo: GufoSocket) -> Line:
        line = Line(gufo, self._where)
        self._lines.append(line)
        return line

    def _keys(self) -> UsmKeys:
        return usm_keys(self._access, expansions(self._access)[self._expansion])

    def _remember(self) -> None:
        if self._access.version is SnmpVersion.V3 and not self._answered:
            if len(_met) >= _MET_AT_MOST:
                _met.clear()
            _met[self._where.host, self._port] = self._engine, self._expansion
        self._answered = True

    def _why_silent(self) -> Reason:
        seen = {line.seen for line in self._lines}
        if Reason.MALFORMED in seen:
            return Reason.MALFORMED
        if self._discovered and not self._answered:
            return Reason.WRONG_CREDENTIALS
        if Reason.FOREIGN in seen or (self._watch and self._watch.heard):
            return Reason.FOREIGN
        return Reason.SILENT


def _give_up(answer: Answered) -> None:
    if not answer.done():
        answer.set_result((SILENCE, b""))


def _send_refresh(gufo: SnmpV3ClientSocket) -> None:
    gufo.send_refresh()


def _receive_refresh(gufo: SnmpV3ClientSocket) -> None:
    gufo.recv_refresh()
