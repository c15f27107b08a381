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
from weakref import WeakKeyDictionary

from django.db import DEFAULT_DB_ALIAS, connections
from psycopg import Connection, errors
from psycopg.adapt import PyFormat, Transformer
from psycopg.pq import ExecStatus, TransactionStatus
from psycopg.pq.abc import PGresult

Row = tuple[Any, ...]
Values = Sequence[object] | Mapping[str, object]

PLACE = re.compile(r"%(?:%|s|\((?P<name>\w+)\)s)")
KEPT = 2_000  # statements of which the numbered text is remembered
GOOD = {ExecStatus.COMMAND_OK, ExecStatus.TUPLES_OK}
_numbers = count()
_prepared: WeakKeyDictionary[Connection[Any], set[bytes]] = WeakKeyDictionary()


@dataclass(frozen=True, slots=True)
class Statement:
    """Its text with $1, $2, …, the name under which it is prepared, and the order in which names are given."""

    name: bytes
    text: bytes
    order: tuple[str, ...]

    def values(self, given: Values) -> Sequence[object]:
        return [given[name] for name in self.order] if isinstance(given, Mapping) else given


def asked(statement: str, given: Values) -> list[Row]:
    """All rows of a query. Each place for a value says its type, or stands where it can be but one."""
    wrapped: Any = connections[DEFAULT_DB_ALIAS]
    wrapped.get_ready()
    if wrapped.execute_wrappers or wrapped.queries_logged or not _under_way(wrapped.connection):
        with wrapped.server_cursor() as cursor:
            cursor.execute(statement, given)
            return cast(list[Row], cursor.fetchall())
    with wrapped.wrap_database_errors:
        known = _numbered(statement)
        return _rows(wrapped.connection, known, known.values(given))


def _under_way(opened: Connection[Any]) -> bool:
    """Whether the transaction that the statement belongs to has begun: to begin one is the cursor's matter."""
    return opened.autocommit or opened.pgconn.transaction_status != TransactionStatus.IDLE


@lru_cache(maxsize=KEPT)
def _numbered(statement: str) -> Statement:
    order: list[str] = []

    def number(found: re.Match[str]) -> str:
        if found[0] == "%%":
            return "%"
        name = found["name"] or str(len(order))
        if name not in order:
            order.append(name)
        return f"${order.index(name) + 1}"

    text = PLACE.sub(number, statement)
    return Statement(b"kept_%d" % next(_numbers), text.encode(), tuple(order))


def _rows(opened: Connection[Any], statement: Statement, values: Sequence[object]) -> list[Row]:
    server, told = opened.pgconn, Transformer(opened)
    prepared = _prepared.setdefault(opened, set())
    if statement.name not in prepared:
        _good(server.prepare(statement.name, statement.text))
        prepared.add(statement.name)
    sent = told.dump_sequence(values, [PyFormat.TEXT] * len(values))
    result = _good(server.exec_prepared(statement.name, cast(Any, sent)))
    told.set_pgresult(result)
    return cast(list[Row], told.load_rows(0, result.ntuples, tuple))


def _good(result: PGresult) -> PGresult:
    if result.status not in GOOD:
        raise errors.error_from_result(result)
    return result
