"""Who acts is told to the database in each transaction, and to nobody else's."""

from collections.abc import Iterator

import pytest
from django.db import connection, connections, transaction
from django.test.utils import CaptureQueriesContext

from itops.database.actor import acting, because, current_actor
from itops.database.backend.base import DatabaseWrapper
from tests.own_database import OwnDatabase

pytestmark = pytest.mark.usefixtures("committing")


def actor_in(connection: DatabaseWrapper) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(current_setting('itops.actor', true), '')")
        return str(cursor.fetchone()[0])


def actor() -> str:
    return actor_in(connections["default"])  # type: ignore[arg-type]


def test_the_actor_is_visible_inside_a_transaction_and_gone_after_it() -> None:
    with acting("user:7"):
        with transaction.atomic():
            assert actor() == "user:7"
        assert actor() == ""
    assert current_actor() == ""


def reason() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(current_setting('itops.reason', true), '')")
        return str(cursor.fetchone()[0])


def test_the_reason_is_told_with_the_actor_by_one_query() -> None:
    with acting("user:7", "新购"), transaction.atomic():
        with CaptureQueriesContext(connection) as queries:
            assert (actor(), reason()) == ("user:7", "新购")
        assert len(queries) == 2
        with because("登记有误"):
            assert (actor(), reason()) == ("user:7", "登记有误")
        with acting("job:mark"):
            assert (actor(), reason()) == ("job:mark", "新购")
    assert reason() == ""


def test_without_an_actor_the_transaction_has_none() -> None:
    with transaction.atomic():
        assert actor() == ""


def test_an_actor_named_within_a_transaction_is_told_there_and_taken_back() -> None:
    with transaction.atomic(), acting("user:7"):
        assert actor() == "user:7"
        with acting("job:mark"), transaction.atomic():
            assert actor() == "job:mark"
        assert actor() == "user:7"
    with transaction.atomic(), acting("user:7"):
        pass
    assert actor() == ""


def test_after_a_savepoint_is_rolled_back_the_outer_actor_is_told_again() -> None:
    with acting("user:7"), transaction.atomic():
        assert actor() == "user:7"
        with acting("job:mark"), transaction.atomic():
            assert actor() == "job:mark"
            transaction.set_rollback(True)
        assert actor() == "user:7"


def test_an_error_in_the_database_leaves_a_usable_transaction() -> None:
    with acting("user:7"), transaction.atomic():
        with pytest.raises(Exception, match="division by zero"), transaction.atomic(), acting("job:mark"):
            connection.cursor().execute("SELECT 1 / 0")
        assert actor() == "user:7"


def test_a_row_trigger_sees_the_actor_of_a_copy(committing: OwnDatabase) -> None:
    with committing.owner.connect() as owner:
        owner.execute("CREATE TABLE thing (name text, by text DEFAULT current_setting('itops.actor', true))")
    with acting("user:7"), transaction.atomic(), connection.cursor() as cursor:
        with cursor.cursor.copy("COPY thing (name) FROM STDIN") as copy:
            copy.write_row(["打印机"])
        cursor.execute("SELECT name, by FROM thing")
        assert cursor.fetchone() == ("打印机", "user:7")


@pytest.fixture
def pooled(committing: OwnDatabase) -> Iterator[DatabaseWrapper]:
    settings = {**connections.settings["default"], **committing.default.django(pooled=True)}
    settings["OPTIONS"] = {**settings["OPTIONS"], "pool": {"min_size": 1, "max_size": 1, "timeout": 5}}
    wrapper = DatabaseWrapper(settings, alias="pooled")
    yield wrapper
    wrapper.close()
    wrapper.close_pool()  # type: ignore[attr-defined]


def test_a_pooled_connection_takes_no_actor_to_its_next_user(pooled: DatabaseWrapper) -> None:
    def backend() -> int:
        with pooled.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            return int(cursor.fetchone()[0])

    with acting("user:7"):
        pooled.set_autocommit(False)
        assert actor_in(pooled) == "user:7"
        first = backend()
    pooled.close()
    assert backend() == first
    assert actor_in(pooled) == ""
    pooled.set_autocommit(False)
    assert actor_in(pooled) == ""
