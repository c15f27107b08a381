"""Queries that pages ask again and again: Django works out their SQL once, PostgreSQL how it answers them.

    LINES = Kept(lambda: Asset.objects.filter(one_of("pk", Given("keys", "bigint[]"))).values("pk", "tag"))
    LINES.all(keys=[1, 2, 3])        # [{"pk": 1, "tag": "…"}, …]

To build a statement with the ORM takes longer than to answer it. What differs from one time to the next stands in the
query as a Given; everything else is the same each time (docs/adr/0014).
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Generic, TypeVar

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import BooleanField, Expression, F, Field, Func, QuerySet
from django.db.models.sql.compiler import SQLCompiler

from itops.database.prepared import asked

# To start PostgreSQL's parallel workers takes longer than what a page asks, and other readers want the processors too.
ALONE = "SET LOCAL max_parallel_workers_per_gather = 0; "
PLACEHOLDER = re.compile("%[s%]")
R = TypeVar("R", covariant=True)


class Given(Expression):
    """A value that comes when the query is asked, of a type that PostgreSQL is told, such as "bigint[]"."""

    def __init__(self, name: str, kind: str, output_field: "Field[Any, Any] | None" = None) -> None:
        super().__init__(output_field=output_field)
        self.name, self.kind = name, kind

    def as_sql(self, compiler: SQLCompiler, connection: Any) -> Any:
        return f"%s::{self.kind}", [self]


def one_of(field: str, keys: Given) -> Func:
    """The field is one of the keys; as an array, so that the statement is the same for however many."""
    return Func(
        F(field), keys, template="%(expressions)s)", arg_joiner=" = ANY(", output_field=BooleanField()
    )


class Kept(Generic[R]):
    """A query that `build` makes once; thread-safe, since what has been worked out is only read.

    `planned_anew`: how it is best answered depends on what is given, so PostgreSQL keeps no plan of it.
    """

    def __init__(self, build: Callable[[], QuerySet[Any, Any]], *, planned_anew: bool = False) -> None:
        self._build, self._planned_anew = build, planned_anew

    def all(self, **given: object) -> list[R]:
        """What the QuerySet would yield, with these values for its Givens."""
        known = self._worked_out
        compiler, query = copy(known.compiler), copy(known.queryset.query)
        compiler.execute_sql = lambda *_, **__: [known.rows(given)]
        compiler.get_converters = lambda *_: known.converters
        compiler.has_composite_fields = lambda *_: known.composite
        query.get_compiler = lambda *_, **__: compiler
        asked = type(known.queryset)(model=query.model, query=query, using=DEFAULT_DB_ALIAS)
        asked._fields = known.queryset._fields
        return list(known.queryset._iterable_class(asked))

    def first(self, **given: object) -> R | None:
        return next(iter(self.all(**given)), None)

    @property
    def statement(self) -> str:
        """Its text."""
        return self._worked_out.sql

    def in_order(self, given: Mapping[str, object]) -> list[object]:
        """What is given, in the order in which the statement asks for it."""
        return [given[one.name] for one in self._worked_out.given]

    @cached_property
    def _worked_out(self) -> "_WorkedOut":
        queryset = self._build()
        compiler = queryset.query.get_compiler(DEFAULT_DB_ALIAS)
        sql, parameters = compiler.as_sql()
        columns = [one[0] for one in compiler.select[: compiler.col_count]]
        return _WorkedOut(
            queryset=queryset,
            compiler=compiler,
            sql=_with_constants(sql, parameters),
            given=[one for one in parameters if isinstance(one, Given)],
            converters=compiler.get_converters(columns),
            planned_anew=self._planned_anew,
            composite=compiler.has_composite_fields(columns),
        )


class Counted:
    """How many there are of each of these queries, asked all at once; of a sliced one no more than its end."""

    def __init__(self, **of: Kept[Any]) -> None:
        self._of = of

    def all(self, **given: Mapping[str, object]) -> dict[str, int]:
        """By their names, with the values for each."""
        values = [value for name, one in self._of.items() for value in one.in_order(given[name])]
        return dict(zip(self._of, asked(self._statement, values)[0], strict=True))

    @cached_property
    def _statement(self) -> str:
        counts = (f"(SELECT count(*) FROM ({one.statement}) AS counted)" for one in self._of.values())
        return f"SELECT {', '.join(counts)}"


def _with_constants(sql: str, parameters: Sequence[Any]) -> str:
    """What is the same each time stands in the text: a partial index is of no use to a condition yet to be told."""
    values = iter(parameters)
    return PLACEHOLDER.sub(lambda found: _shown(found[0], values), sql)


def _shown(placeholder: str, values: Iterator[Any]) -> str:
    if placeholder == "%%" or isinstance(value := next(values), Given):
        return placeholder
    operations: Any = connections[DEFAULT_DB_ALIAS].ops
    written: str = operations.compose_sql("%s", [value])
    return written.replace("%", "%%")


@dataclass(frozen=True, slots=True, kw_only=True)
class _WorkedOut:
    """Django's own parts of a query: `all` puts our way of executing it in the place of theirs."""

    queryset: Any
    compiler: Any
    sql: str
    given: Sequence[Given]
    converters: Mapping[int, Any]
    composite: bool
    planned_anew: bool

    def rows(self, given: Mapping[str, object]) -> list[tuple[Any, ...]]:
        filled = [given[one.name] for one in self.given]
        if not self.planned_anew:
            return asked(self.sql, filled)
        connection: Any = connections[DEFAULT_DB_ALIAS]
        with connection.cursor() as cursor:
            cursor.execute(ALONE + self.sql, filled)
            cursor.nextset()
            return list(cursor.fetchall())
