"""Set-based statements against the default connection: the one place where rows come back untyped."""

from collections.abc import Mapping
from typing import Any, cast

from django.db import connection

Row = tuple[Any, ...]


def rows(statement: str, parameters: Mapping[str, object]) -> list[Row]:
    """All rows of a query (or of a statement with RETURNING)."""
    with connection.cursor() as cursor:
        cursor.execute(statement, cast(Any, parameters))
        return cast(list[Row], cursor.fetchall())


def run(statement: str, parameters: Mapping[str, object]) -> int:
    """Carry a statement out; how many rows it touched."""
    with connection.cursor() as cursor:
        cursor.execute(statement, cast(Any, parameters))
        return int(cursor.rowcount)
