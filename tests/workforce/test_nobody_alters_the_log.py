"""The log is only ever added to: the program's login may do nothing else, and the owner is refused as well."""

import pytest
from django.db import DatabaseError, connection, connections, transaction

from tests.own_database import OwnDatabase
from workforce.actions.log import append
from workforce.ledger.kinds import Kind
from workforce.models import LogEntry

TABLES = ("workforce_logentry", "workforce_checkpoint", "workforce_loghead")
STATEMENTS = [
    *("UPDATE workforce_logentry SET entry = entry", "UPDATE workforce_checkpoint SET text = text"),
    *(f"DELETE FROM {table}" for table in TABLES),
    *(f"TRUNCATE {table} CASCADE" for table in TABLES),
    "TRUNCATE workforce_logpersonal",
    "UPDATE workforce_logpersonal SET name = name",
]


@pytest.fixture
def one_entry(committing: OwnDatabase) -> OwnDatabase:
    with transaction.atomic():
        append(kind=Kind.SIGN_OFF, body={}, personal={"person": "刘敏"}, by="user:1")
    return committing


def test_the_program_may_only_add(one_entry: OwnDatabase) -> None:
    for statement in [*STATEMENTS, "UPDATE workforce_loghead SET seq = 0", "DROP TABLE workforce_logentry"]:
        with pytest.raises(DatabaseError, match=r"permission denied|must be owner"):
            connection.cursor().execute(statement)
    assert LogEntry.objects.count() == 1


def test_the_owner_of_the_tables_is_refused_by_their_triggers(one_entry: OwnDatabase) -> None:
    for statement in STATEMENTS:
        with pytest.raises(DatabaseError, match="only ever added to"):
            connections["owner"].cursor().execute(statement)
    assert LogEntry.objects.count() == 1
