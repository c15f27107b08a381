"""What was sent to PostgreSQL and not yet read, on one connection: libpq's pipeline mode (docs/adr/0014)."""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeVar, cast
from weakref import WeakKeyDictionary

from psycopg import Connection, Error, errors, generators, waiting
from psycopg.abc import PQGen, Transformer
from psycopg.adapt import PyFormat
from psycopg.pq import ConnStatus, ExecStatus, Format
from psycopg.pq.abc import PGconn, PGresult

T = TypeVar("T")
Row = tuple[Any, ...]
GOOD = {ExecStatus.COMMAND_OK, ExecStatus.TUPLES_OK}
LOST = "the connection was lost before all answers had come"
LOOKS_UP = 0.1  # seconds after which a wait notices that somebody wants to end the program
_lines: "WeakKeyDictionary[Connection[Any], Line]" = WeakKeyDictionary()


@dataclass(frozen=True, slots=True)
class Statement:
    """Its text with $1, $2, … and the name under which it is prepared."""

    name: bytes
    text: bytes
    packed: bool = False  # rows come in PostgreSQL's own form, not as text


@dataclass(slots=True, eq=False)
class Answer:
    """What a statement finds, once it is read."""

    told: Transformer
    result: PGresult | None = None

    def rows(self) -> list[Row]:
        """All of them; the statement's error if it failed."""
        result = _good(cast(PGresult, self.result))
        self.told.set_pgresult(result)
        return cast(list[Row], self.told.load_rows(0, result.ntuples, tuple))


class Line:
    """
    Prepared statements of one connection, answered in the order in which they are sent.

    While some wait for their answer, the connection does nothing else: who wants it for something else settles first.
    """

    def __init__(self, server: PGconn) -> None:
        self._server = server
        self._prepared: set[bytes] = set()
        self._waiting: deque[Answer] = deque()

    def ask(self, statement: Statement, told: Transformer, values: Sequence[object]) -> list[Row]:
        """Sent and read at once; `told` knows how values and rows are converted."""
        if self._waiting:
            return self.read(self.send(statement, told, values))
        self._prepare(statement)
        result = self._server.exec_prepared(statement.name, *_sent(statement, told, values))
        return Answer(told, result).rows()

    def send(self, statement: Statement, told: Transformer, values: Sequence[object]) -> Answer:
        """Sent; PostgreSQL sets to work, and its answer is read when it is wanted."""
        self._prepare(statement)
        sent = _sent(statement, told, values)
        if not self._waiting:
            self._server.enter_pipeline_mode()
        try:
            self._server.send_query_prepared(statement.name, *sent)
        except Error:
            self._leave_when_empty()
            raise
        self._server.pipeline_sync()
        self._waiting.append(answer := Answer(told))
        if self._server.flush():
            self._wait(generators.send(self._server))
        return answer

    def read(self, wanted: Answer) -> list[Row]:
        """This answer's rows, once those of all that was sent before it have come."""
        while wanted.result is None:
            self._read_next()
        return wanted.rows()

    def settle(self) -> None:
        """Read whatever is still to come; the first error is raised."""
        unread = list(self._waiting)
        while self._waiting:
            self._read_next()
        for answer in unread:
            _good(cast(PGresult, answer.result))

    def _prepare(self, statement: Statement) -> None:
        if statement.name not in self._prepared:
            self.settle()
            _good(self._server.prepare(statement.name, statement.text))
            self._prepared.add(statement.name)

    def _read_next(self) -> None:
        """A statement's result, the end of its results, and that all up to here has been carried out."""
        if not self._waiting:
            raise errors.OperationalError(LOST)
        answer = self._waiting[0]
        if answer.result is None:
            answer.result = self._next()
        while (last := self._next()) is None or last.status != ExecStatus.PIPELINE_SYNC:
            if self._server.status != ConnStatus.OK:
                self._waiting.clear()
                raise errors.OperationalError(LOST)
        self._waiting.popleft()
        self._leave_when_empty()

    def _leave_when_empty(self) -> None:
        if not self._waiting:
            self._server.exit_pipeline_mode()

    def _next(self) -> PGresult | None:
        if self._server.is_busy():
            return cast("PGresult | None", self._wait(generators.fetch(self._server)))
        return self._server.get_result()

    def _wait(self, going_on: PQGen[T]) -> T:
        try:
            return waiting.wait(going_on, self._server.socket, interval=LOOKS_UP)
        except (KeyboardInterrupt, SystemExit):
            self._server.get_cancel().cancel()  # who ends the program does not wait for the answer
            raise


def line_of(opened: Connection[Any]) -> Line:
    """The connection's."""
    return _lines.get(opened) or _lines.setdefault(opened, Line(opened.pgconn))


def _good(result: PGresult) -> PGresult:
    if result.status not in GOOD:
        raise errors.error_from_result(result)
    return result


def _sent(statement: Statement, told: Transformer, values: Sequence[object]) -> tuple[Any, None, int]:
    """What libpq is given: values, all of them as text, and the form of the answer."""
    dumped = told.dump_sequence(values, [PyFormat.TEXT] * len(values))
    return dumped, None, Format.BINARY if statement.packed else Format.TEXT
