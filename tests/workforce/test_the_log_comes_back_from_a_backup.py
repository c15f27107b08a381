"""A restored log goes on where the backup was taken; what came in between is a cut tail, and receipts show it."""

from pathlib import Path

import pytest
from django.db import DatabaseError, connection, connections, transaction
from pytest_django import Settings

from itops.database import archive, backup, restore
from itops.database.backup import Installation
from tests.own_database import OwnDatabase
from tests.support.log import checkpoint, codes, grow, verified
from workforce.actions.log import append
from workforce.ledger.kinds import Kind
from workforce.models import LogEntry


def test_it_goes_on_from_there_and_receipts_tell(
    committing: OwnDatabase, settings: Settings, tmp_path: Path
) -> None:
    settings.ITOPS_FILES = tmp_path / "files"
    grow(30)
    here = Installation(committing.owner, settings.ITOPS_FILES, product="0.1.0", key_fingerprint="0" * 16)
    backup.take(here, tmp_path / "saved")
    own = checkpoint(30)
    lost = one_more(31)
    for alias in ("default", "owner"):
        connections[alias].close()
    with archive.opened(tmp_path / "saved") as (manifest, _tar):
        known = set(manifest.migrations)
    restore.put(here, tmp_path / "saved", known=known, replace=True)
    assert LogEntry.objects.count() == 30
    assert codes(verified(tmp_path / "a.zip", own)) == set()
    assert codes(verified(tmp_path / "a.zip", own, [lost.receipt])) == {"receipt_beyond"}
    with pytest.raises(DatabaseError, match="permission denied"), connection.cursor() as cursor:
        cursor.execute("UPDATE workforce_logentry SET entry = entry")
    assert one_more(99).seq == 31
    assert codes(verified(tmp_path / "b.zip", own)) == set()
    assert codes(verified(tmp_path / "b.zip", own, [lost.receipt])) == {"receipt"}


def one_more(minutes: int) -> LogEntry:
    with transaction.atomic():
        return append(kind=Kind.TRAINING_ENTRY, body={"minutes": minutes}, by="user:1")
