"""However the transaction of questions asked together ends, the next one is well."""

import pytest
from django.db import OperationalError, connection, transaction

from itops.database.actor import acting
from itops.database.prepared import asked
from itops.database.together import Together

pytestmark = pytest.mark.usefixtures("committing")


def number(said: int) -> int:
    return int(asked("SELECT %s::int", [said])[0][0])


def test_it_ends_with_answers_unread() -> None:
    with pytest.raises(LookupError), transaction.atomic(), acting("user:1"), Together() as both:
        both.ask(number, 1)
        both.ask(number, 2)
        raise LookupError
    with transaction.atomic(), acting("user:1"):
        kept = Together()
        kept.ask(number, 3)
    with transaction.atomic(), acting("user:1"):
        assert number(4) == 4


def test_an_error_unread_is_not_committed_over() -> None:
    with pytest.raises(Exception, match="division by zero"), transaction.atomic(), acting("user:1"):
        number(0)
        kept = Together()
        kept.ask(asked, "SELECT 1 / %s::int", [0])
    with transaction.atomic():
        assert number(1) == 1


def test_the_database_goes_away() -> None:
    with pytest.raises(OperationalError), transaction.atomic(), acting("user:1"), Together() as both:
        both.ask(number, 1)
        both.ask(asked, "SELECT pg_terminate_backend(pg_backend_pid())::text", [])
        both.ask(number, 2)
    connection.close()
    with transaction.atomic():
        assert number(3) == 3
