"""However the transaction of questions asked together ends, the next one is well."""

import gc
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from weakref import ref

import pytest
from django.db import DataError, OperationalError, connection, transaction
from psycopg import Error
from psycopg.adapt import Transformer
from psycopg.pq import PipelineStatus

from itops.database.actor import acting
from itops.database.line import Statement, line_of
from itops.database.prepared import asked
from itops.database.together import Together

pytestmark = pytest.mark.usefixtures("committing")


def number(said: int) -> int:
    return int(asked("SELECT %s::int", [said])[0][0])


def in_a_transaction(*statements: str, fails: bool = False) -> None:
    with transaction.atomic(), acting("user:1"):
        number(0)
        block = Together()
        for statement in statements:
            block.ask(asked, statement, [0])
        if fails:
            raise LookupError


def test_it_needs_no_transaction() -> None:
    with Together() as both:
        one, other = both.ask(number, 1), both.ask(number, 2)
    assert (one.found, other.found) == (1, 2)
    with transaction.atomic():
        assert number(3) == 3


def test_a_transaction_begins_with_answers_unread() -> None:
    with Together() as both:
        one = both.ask(number, 1)
        with transaction.atomic():
            assert number(2) == 2
    assert one.found == 1


@pytest.mark.parametrize("around", [nullcontext, transaction.atomic], ids=["transaction", "savepoint"])
def test_a_question_must_not_begin_one(around: Callable[[], AbstractContextManager[None]]) -> None:
    def writes() -> None:
        with transaction.atomic():
            number(1)

    def block() -> None:
        with around(), Together() as both:
            both.ask(writes)

    with pytest.raises(RuntimeError, match="must not begin"):
        block()


def test_a_connection_that_is_closed_with_answers_unread_is_forgotten() -> None:
    number(0)
    opened = ref(connection.connection)
    kept = Together()
    kept.ask(number, 1)
    connection.close()
    del kept
    gc.collect()
    assert (left := opened()) is None or left.pgconn.pipeline_status == PipelineStatus.OFF
    assert number(2) == 2


def test_a_statement_that_cannot_be_sent_leaves_the_connection_well() -> None:
    number(0)
    opened = connection.connection
    with pytest.raises(Error, match="65535"):
        line_of(opened).send(Statement(b"of_many", b"SELECT 1"), Transformer(opened), [0] * 70_000)
    assert number(1) == 1
    with transaction.atomic():
        assert number(2) == 2


def test_it_ends_with_answers_unread() -> None:
    in_a_transaction("SELECT %s::int", "SELECT 1 + %s::int")
    with transaction.atomic():
        assert number(1) == 1


def test_it_fails_with_answers_unread() -> None:
    with pytest.raises(LookupError):
        in_a_transaction("SELECT %s::int", "SELECT 1 + %s::int", fails=True)
    with transaction.atomic():
        assert number(1) == 1


def test_an_error_unread_is_not_committed_over() -> None:
    with pytest.raises(DataError, match="division by zero"):
        in_a_transaction("SELECT 1 / %s::int")
    with transaction.atomic():
        assert number(1) == 1


def test_the_database_goes_away() -> None:
    with pytest.raises(OperationalError):
        in_a_transaction("SELECT pg_terminate_backend(pg_backend_pid() + %s::int)::text", "SELECT %s::int")
    connection.close()
    with transaction.atomic():
        assert number(3) == 3
