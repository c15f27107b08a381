"""Whoever ends the program while an answer is waited for does not wait for it, and neither does PostgreSQL."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.db import OperationalError, connection, transaction

from itops.database import line
from itops.database.prepared import asked
from itops.database.together import Together

pytestmark = pytest.mark.usefixtures("committing")
LONG = "SELECT pg_sleep(%s::int)::text"
ASLEEP = "SELECT pid FROM pg_stat_activity WHERE wait_event = 'PgSleep' AND datname = current_database()"


def interrupt(*waited_for: Any, **how: Any) -> None:
    """Once PostgreSQL is at it."""
    beside = connection.copy()
    with beside.cursor() as cursor:
        while not cursor.execute(ASLEEP).fetchall():
            continue
    beside.close()
    raise KeyboardInterrupt


def asleep() -> None:
    with Together() as one:
        one.ask(asked, LONG, [60])


def test_the_statement_is_cancelled_and_the_connection_is_well(monkeypatch: pytest.MonkeyPatch) -> None:
    wrapped: Any = connection
    with transaction.atomic():
        asked(LONG, [0])
        monkeypatch.setattr(line, "waiting", SimpleNamespace(wait=interrupt))
        with pytest.raises(KeyboardInterrupt):
            asleep()
        monkeypatch.undo()
        with pytest.raises(OperationalError, match="canceling statement due to user request"):
            wrapped.settle()
        transaction.set_rollback(True)
    with transaction.atomic():
        assert asked("SELECT %s::int", [1]) == [(1,)]
