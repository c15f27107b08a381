"""Set-based statements against the default connection: the one place where rows come back untyped."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, cast

from django.db import connection, transaction
from psycopg import Cursor

from itops.database.prepared import asked

Row = tuple[Any, ...]


def rows(statement: str, parameters: Mapping[str, object]) -> list[Row]:
    """All rows of a query (or of a statement with RETURNING), of several statements the last one's."""
    with connection.cursor() as cursor:
        cursor.execute(statement, cast(Any, parameters))
        while cursor.nextset():
            pass
        return cast(list[Row], cursor.fetchall())


def kept_rows(statement: str, parameters: Mapping[str, object]) -> list[Row]:
    """The same of a statement that pages ask again and again: PostgreSQL keeps it prepared (docs/adr/0014)."""
    return asked(statement, parameters)


def packed(statement: str, parameters: Mapping[str, object]) -> list[Row]:
    """The same where rows hold many bytes: they are sent as they are, not as text."""
    return asked(statement, parameters, packed=True)


def run_packed(statement: str, parameters: Mapping[str, object]) -> None:
    """Carry a statement out that is given many bytes: where it says `%(name)b` they are sent as they are."""
    connection.ensure_connection()
    cast(Any, connection).settle()
    with Cursor(connection.connection) as cursor:
        cursor.execute(cast(Any, statement), cast(Any, parameters))


def run(statement: str, parameters: Mapping[str, object]) -> int:
    """Carry a statement out; how many rows it touched."""
    with connection.cursor() as cursor:
        cursor.execute(statement, cast(Any, parameters))
        return int(cursor.rowcount)


def array(keys: Iterable[int]) -> str:
    """Whole numbers as PostgreSQL writes an array: several times as fast as the driver does it."""
    return "{" + ",".join(map(str, keys)) + "}"


def copied(statement: str, found: Iterable[Sequence[object]]) -> int:
    """COPY … FROM STDIN, row by row; how many rows."""
    count = 0
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for row in found:
            copy.write_row(row)
            count += 1
    return count


@contextmanager
def expendable() -> Iterator[None]:
    """A transaction whose commit does not wait for the disk: losing its last moments to a power cut harms nobody."""
    with transaction.atomic():
        run("SET LOCAL synchronous_commit = off", {})
        yield
