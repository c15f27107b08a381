"""Secrets of probing cannot be read in the table, nor with another installation's key."""

from pathlib import Path

import pytest
from django.db import connection

from itops.encrypted import WrongKey
from itops.keys import derived_key, fingerprint, master_secret
from monitoring.models import Credential

pytestmark = pytest.mark.django_db
SECRET = "county-community-Ж"


@pytest.fixture
def credential() -> Credential:
    return Credential.objects.create(name="switches", community=SECRET)


def stored() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT community FROM monitoring_credential")
        return str(cursor.fetchone()[0])


def test_the_table_shows_no_secret_and_the_program_reads_it(credential: Credential) -> None:
    assert SECRET not in stored()
    assert len(stored()) > len(SECRET)
    assert Credential.objects.get().community == SECRET


def test_the_same_secret_is_stored_differently_each_time(credential: Credential) -> None:
    first = stored()
    credential.save()
    assert stored() != first


def test_another_key_opens_nothing_and_says_which_file_is_wrong(
    credential: Credential, settings: object, tmp_path: Path
) -> None:
    settings.ITOPS_KEY_FILE = tmp_path / "other.key"  # type: ignore[attr-defined]
    with pytest.raises(WrongKey, match=r"other\.key"):
        Credential.objects.get()


def test_an_empty_secret_stays_empty() -> None:
    Credential.objects.create(name="none")
    assert stored() == ""


def test_the_key_file_is_the_owners_alone_and_made_once(tmp_path: Path) -> None:
    file = tmp_path / "keys" / "secret.key"
    first = master_secret(file)
    assert file.stat().st_mode & 0o777 == 0o600
    assert file.parent.stat().st_mode & 0o077 == 0
    assert master_secret(file) == first
    assert derived_key(file, "django") != derived_key(file, "fields")
    assert fingerprint(file) not in file.read_text()
