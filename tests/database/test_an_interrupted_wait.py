"""Whoever ends the program while an answer is waited for does not wait for it, and neither does PostgreSQL."""

import signal
from collections.abc import Iterator
from types import FrameType

import pytest
from django.db import OperationalError, connection, transaction

from itops.database.prepared import asked
from itops.database.together import Together

pytestmark = pytest.mark.usefixtures("committing")
LONG = "SELECT pg_sleep(%s::int)::text"
SOON = 0.3


@pytest.fixture
def interrupted() -> Iterator[None]:
    """As by Ctrl-C, while what comes next is waited for."""

    def interrupt(number: int, frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGALRM, interrupt)
    signal.setitimer(signal.ITIMER_REAL, SOON)
    yield
    signal.setitimer(signal.ITIMER_REAL, 0)
    signal.signal(signal.SIGALRM, before)


def sleeping() -> None:
    with Together() as one:
        one.ask(asked, LONG, [60])


@pytest.mark.usefixtures("interrupted")
def test_the_statement_is_cancelled_and_the_connection_is_well() -> None:
    with transaction.atomic():
        asked(LONG, [0])
        with pytest.raises(KeyboardInterrupt):
            sleeping()
        with pytest.raises(OperationalError, match="canceling statement due to user request"):
            connection.settle()
        transaction.set_rollback(True)
    with transaction.atomic():
        assert asked("SELECT %s::int", [1]) == [(1,)]
