"""SNMP through gufo-snmp, with what it lacks: retries, hidden errors, a second look at silence."""

import asyncio
from collections.abc import Callable, Collection, Sequence
from typing import Any, TypeVar

from gufo.snmp._fast import GetIter, SnmpV1ClientSocket, SnmpV2cClientSocket, SnmpV3ClientSocket

from monitoring.probes import guards, message
from monitoring.probes.answer import Column, Reason, SnmpValue
from monitoring.probes.guards import Pace, Reply, Row
from monitoring.probes.gufo_line import (
    NOT_IN_TIME,
    OTHER_ENGINE,
    SILENCE,
    TOO_LONG,
    Answered,
    GufoSocket,
    Line,
    Receive,
    Send,
    Signal,
)
from monitoring.probes.lines import Lines
from monitoring.probes.names import Where
from monitoring.probes.snmp import Patience, SnmpFailure
from monitoring.probes.strays import Strays, Watch
from monitoring.probes.target import SnmpAccess, SnmpVersion
from monitoring.probes.usm_keys import NOBODY, UsmKeys, expansions, usm_keys

S = TypeVar("S", bound=GufoSocket)

_CLOCKS = 2  # an agent that rejects the clock it has just told is asked no further
# Engines met, with the way of making keys that they understood: saves a round trip in the next cycle.
_met: dict[tuple[str, int], tuple[bytes, int]] = {}
_MET_AT_MOST = 100_000


class GufoSession:
    """One agent; each retry has a socket of its own, and a late answer to any of them counts."""

    def __init__(
        self,
        where: Where,
        port: int,
        access: SnmpAccess,
        patience: Patience,
        lines: Lines,
        strays: Strays,
    ) -> None:
        self._where, self._port, self._access, self._patience = where, port, access, patience
        self._all_lines, self._strays = lines, strays
        self._watch: Watch | None = None
        self._lines: list[Line] = []
        self._datagram = b""  # the last one that answered
        self._answered = False  # a question was
        self._discovered = False  # at least the last attempt's SNMPv3 discovery was
        self._engine, self._expansion = _met.get((where.host, port), (b"", 0))
        self._engine = access.engine_id or self._engine
        self._inside: dict[str, GetIter] = {}  # what tells the library where a column ends
        self.hides_errors = access.version is SnmpVersion.V3

    async def get(self, oids: Sequence[str]) -> dict[str, SnmpValue]:
        return await guards.get(self, oids)

    async def walk(self, column: str) -> Column:
        return await guards.walk(self, column, self._patience)

    def close(self) -> None:
        for line in self._lines:
            self._all_lines.take_back(line, self._where, self._access)
        self._lines.clear()
        if self._watch:
            self._strays.forget(self._watch)

    async def get_once(self, oids: Sequence[str]) -> Reply:
        wanted = list(oids)
        answer = await self._ask(
            lambda gufo: gufo.send_get_many(wanted),
            lambda gufo: gufo.recv_get_many(),
        )
        return self._reply({} if isinstance(answer, Signal) else answer.items(), answer)

    async def next_once(self, column: str, start: str, pace: Pace) -> Reply:
        inside = self._inside.get(column) or self._inside.setdefault(column, GetIter(column))
        if self._access.version is SnmpVersion.V1:
            answer = await self._ask(
                lambda gufo: gufo.send_get_next(GetIter(start)),
                lambda gufo: [gufo.recv_get_next(inside)],
            )
        else:
            answer = await self._ask(
                lambda gufo: gufo.send_get_bulk(GetIter(start, pace.rows)),
                lambda gufo: gufo.recv_get_bulk(inside),
                pace,
            )
        return self._reply(() if isinstance(answer, Signal) else answer, answer)

    def _reply(self, rows: Collection[Row | None], answer: Any) -> Reply:
        if rows:
            return Reply(rows, len(self._datagram))
        if answer is TOO_LONG:
            return Reply(status=message.TOO_BIG)
        said = message.header(self._datagram) or message.Header(0)
        return Reply((), len(self._datagram), said.status, said.position)

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
            return self._community_line()
        if not self._answered:
            self._discovered = False
            self._expansion = (self._expansion + attempt) % len(expansions(self._access))
        if self._engine and (self._answered or not attempt):
            engine, keys = self._engine, self._keys()
            line, _ = self._opened(lambda address: SnmpV3ClientSocket(address, engine, *keys, 0, 0, 0, 0))
            return line
        return await self._discover()

    def _community_line(self) -> Line:
        spare = self._all_lines.spare(self._where, self._port, self._access) if not self._lines else None
        if spare:
            self._lines.append(spare)
            return spare
        kind = SnmpV1ClientSocket if self._access.version is SnmpVersion.V1 else SnmpV2cClientSocket
        line, _ = self._opened(lambda address: kind(address, self._access.community, 0, 0, 0, 0))
        return line

    async def _discover(self) -> Line | None:
        """Ask a new line's agent for its engine, the first step of SNMPv3; a retry repeats it.

        An agent that answers this, but not the question after it, was asked with wrong secrets.
        """
        keys = self._keys()
        line, gufo = self._opened(lambda address: SnmpV3ClientSocket(address, b"", *NOBODY, 0, 0, 0, 0))
        if await self._once(line, _send_refresh, _receive_refresh, (line,)) is SILENCE:
            return None
        self._engine = gufo.get_engine_id()
        gufo.set_keys(*keys)
        self._discovered = True
        return line

    def _opened(self, socket: Callable[[str], S]) -> tuple[Line, S]:
        line, gufo = self._all_lines.connected(self._where, self._port, socket)
        self._lines.append(line)
        return line, gufo

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
        if Reason.FOREIGN in seen or (self._watch and self._watch.heard):
            return Reason.FOREIGN
        return Reason.WRONG_CREDENTIALS if self._discovered and not self._answered else Reason.SILENT


def _give_up(answer: Answered) -> None:
    if not answer.done():
        answer.set_result((SILENCE, b""))


def _send_refresh(gufo: SnmpV3ClientSocket) -> None:
    gufo.send_refresh()


def _receive_refresh(gufo: SnmpV3ClientSocket) -> None:
    gufo.recv_refresh()
