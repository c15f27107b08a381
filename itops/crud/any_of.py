"""`column = ANY (array)`: one parameter however many values there are, where IN has one for each."""

from collections.abc import Collection
from typing import Any

from django.db import connection
from django.db.models import BooleanField, F, Func, Value


class AnyOf(Func):
    """A condition for `filter`. Thousands of parameters would take longer to put into the statement than to answer."""

    template = "%(expressions)s)"
    arg_joiner = " = ANY("

    def __init__(self, name: str, values: Collection[Any]) -> None:
        super().__init__(F(name), _Array(list(values)), output_field=BooleanField())

    def resolve_expression(self, *args: Any, **options: Any) -> Any:
        """The array has the column's very type: whole numbers of another width could not be looked up by hash."""
        resolved = super().resolve_expression(*args, **options)
        column, array = resolved.get_source_expressions()
        array.of = plain_type(column.output_field)
        return resolved


class _Array(Value):
    of = ""

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        sql, values = super().as_sql(compiler, connection)
        return f"{sql}::{self.of}[]", values


def plain_type(field: Any) -> str:
    """The column's type without its length: casting to varchar(40) would cut silently."""
    return str(
        field.rel_db_type(connection) if field.is_relation else field.cast_db_type(connection)
    ).partition("(")[0]
