"""Who looked at personal data is written once: the program cannot change or delete it."""

import pytest
from django.db import ProgrammingError, transaction

from itops.organisation.actions.access_records import record_access
from itops.organisation.models import AccessRecord, User


def test_a_record_cannot_be_changed_or_deleted(user: User) -> None:
    record_access(user, what="people", count=3, address="10.0.0.1")
    for change in (
        lambda: AccessRecord.objects.update(count=0),
        lambda: AccessRecord.objects.all()._raw_delete("default"),
    ):
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            change()
    assert AccessRecord.objects.get().count == 3


def test_nobody_seen_is_no_look(user: User) -> None:
    record_access(user, what="people", count=0)
    assert not AccessRecord.objects.exists()
