"""What goes to PostgreSQL without a cursor says, hears and fails as it would through one."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import DataError, ProgrammingError, connection, transaction
from django.test.utils import CaptureQueriesContext

from itops.database.actor import acting
from itops.database.prepared import asked

NOW = datetime(2026, 3, 2, 8, 30, 0, 250, tzinfo=UTC)
TYPES: dict[str, object] = {
    "bigint": 2**40,
    "text": "电脑 100% '“\\",
    "boolean": True,
    "date": NOW.date(),
    "timestamptz": NOW,
    "interval": timedelta(minutes=5),
    "numeric": Decimal("12.50"),
    "float8": 0.1,
    "bytea": b"\x00\xff",
    "bigint[]": [1, 2**40],
    "text[]": ["a", '"b",'],
    "date[]": [date(2026, 1, 1)],
}
NAMED = "SELECT %(whole)s::bigint, %(text)s::text, %(whole)s::bigint + 1, 'so %%'"


def through_a_cursor(statement: str, given: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, given)
        return list(cursor.fetchall())


@pytest.fixture(params=["prepared", "heard"])
def way(request: pytest.FixtureRequest) -> Iterator[None]:
    """Both ways: straight, and through a cursor because somebody listens."""
    if request.param == "prepared":
        yield
    else:
        with CaptureQueriesContext(connection):
            yield


@pytest.mark.django_db
@pytest.mark.usefixtures("way")
@pytest.mark.parametrize("kind", TYPES)
def test_values_of_every_type_go_and_come_back(kind: str) -> None:
    statement = f"SELECT %s::{kind}, NULL::{kind}, %s::{kind}"
    for _ in range(3):
        assert asked(statement, [TYPES[kind], None]) == [(TYPES[kind], None, None)]


@pytest.mark.django_db
@pytest.mark.usefixtures("way")
def test_values_are_given_by_name_too() -> None:
    given = {"whole": 5, "text": "x"}
    assert asked(NAMED, given) == through_a_cursor(NAMED, given) == [(5, "x", 6, "so %")]


@pytest.mark.django_db
@pytest.mark.usefixtures("way")
def test_an_error_is_one_of_djangos_and_the_next_statement_goes_on() -> None:
    for statement, given, wrong in (
        ("SELECT 1 / %s::int", [0], DataError),
        ("SELECT nothing", [], ProgrammingError),
    ):
        for _ in range(2):
            with pytest.raises(wrong), transaction.atomic():
                asked(statement, given)
    assert asked("SELECT 1 / %s::int", [1]) == [(1,)]


@pytest.mark.usefixtures("committing")
def test_what_is_prepared_outlives_a_transaction_that_fails() -> None:
    for _ in range(3):
        with transaction.atomic(), acting("user:1"):
            assert asked("SELECT %s::int + 41", [1]) == [(42,)]
            transaction.set_rollback(True)
    assert asked("SELECT %s::int + 41", [1]) == [(42,)]


@pytest.mark.usefixtures("committing")
@pytest.mark.parametrize("name", ["", "user:1"])
def test_it_belongs_to_the_transaction_it_is_asked_in(name: str) -> None:
    with transaction.atomic(), acting(name):
        before = asked("SELECT pg_current_xact_id()::text, now()", [])
        assert asked("SELECT pg_current_xact_id()::text, now()", []) == before
        assert through_a_cursor("SELECT pg_current_xact_id()::text, now()", []) == before
        assert asked("SELECT current_setting('itops.actor', true)", []) in [[(name,)], [(name or None,)]]


@pytest.mark.django_db
def test_who_listens_hears_it() -> None:
    with CaptureQueriesContext(connection) as heard:
        asked("SELECT %s::int", [1])
    assert ["SELECT" in one["sql"] for one in heard.captured_queries] == [True]
