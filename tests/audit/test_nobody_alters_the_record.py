"""The login that runs the program reads the change record; it can neither add to it nor take from it."""

import pytest
from django.db import ProgrammingError, connection, transaction

from itops.audit.models import Change
from tests.support.office import one_office

pytestmark = pytest.mark.django_db

ATTEMPTS = (
    "UPDATE audit_change SET actor = 'somebody else'",
    "DELETE FROM audit_change",
    "TRUNCATE audit_change",
    "INSERT INTO audit_change (model, object_id, of_model, of_id, action) VALUES ('x', 1, 'x', 1, 'add')",
    "ALTER TABLE inventory_asset DISABLE TRIGGER recorded_add",
    "DROP TRIGGER recorded_add ON inventory_asset",
)


@pytest.mark.parametrize("statement", ATTEMPTS)
def test_the_program_cannot_do_this(statement: str) -> None:
    one_office()
    before = Change.objects.count()
    with (
        pytest.raises(ProgrammingError, match=r"permission denied|must be owner"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert Change.objects.count() == before > 0
