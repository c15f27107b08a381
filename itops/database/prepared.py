"""Statements that PostgreSQL keeps prepared, sent and read without a cursor between (docs/adr/0014).

A cursor of psycopg under one of Django takes 0.15 ms a statement, PostgreSQL 0.03 ms to answer a small one; a page asks
thirty. Values and rows are converted as psycopg does it. While somebody listens to statements, as tests do that count
them, they go through a cursor.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import count
from typing import Any, cast

from django.db import DEFAULT_DB_ALIAS, connections
from psycopg import Connection
from psycopg.adapt import Transformer
from psycopg.pq import TransactionStatus

from itops.database.line import Row, Statement, line_of
from itops.database.together import is_a_question, others_go_on

Values = Sequence[object] | Mapping[str, object]

PLACE = re.compile(r"%(?:%|s|\((?P<name>\w+)\)s)")
KEPT = 2_000  # statements of which the numbered text is remembered
_numbers = count()


@dataclass(frozen=True, slots=True)
class Numbered:
    """A statement with $1, $2, …, and the order in which names are given."""

    statement: Statement
    order: tuple[str, ...]

    def values(self, given: Values) -> Sequence[object]:
        return [given[name] for name in self.order] if isinstance(given, Mapping) else given


def asked(statement: str, given: Values, *, packed: bool = False) -> list[Row]:
    """All rows of a query. Each place for a value says its type, or stands where it can be but one.

    `packed`: the rows hold many bytes and come as they are, not as text.
    """
    wrapped: Any = connections[DEFAULT_DB_ALIAS]
    wrapped.get_ready()
    if wrapped.execute_wrappers or wrapped.queries_logged or not _under_way(wrapped.connection):
        with wrapped.server_cursor() as cursor:
            cursor.execute(statement, given)
            return cast(list[Row], cursor.fetchall())
    with wrapped.wrap_database_errors:
        return _answer(wrapped.connection, _numbered(statement, packed), given)


def _answer(opened: Connection[Any], known: Numbered, given: Values) -> list[Row]:
    line, told, values = line_of(opened), Transformer(opened), known.values(given)
    if not is_a_question():
        return line.ask(known.statement, told, values)
    answer = line.send(known.statement, told, values)
    others_go_on()
    return line.read(answer)


def _under_way(opened: Connection[Any]) -> bool:
    """Whether the transaction that the statement belongs to has begun: to begin one is the cursor's matter."""
    return opened.autocommit or opened.pgconn.transaction_status != TransactionStatus.IDLE


@lru_cache(maxsize=KEPT)
def _numbered(statement: str, packed: bool) -> Numbered:
    order: list[str] = []

    def number(found: re.Match[str]) -> str:
        if found[0] == "%%":
            return "%"
        name = found["name"] or str(len(order))
        if name not in order:
            order.append(name)
        return f"${order.index(name) + 1}"

    text = PLACE.sub(number, statement)
    return Numbered(Statement(b"kept_%d" % next(_numbers), text.encode(), packed), tuple(order))
