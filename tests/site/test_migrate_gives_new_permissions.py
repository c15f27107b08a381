"""`manage.py migrate` is all that an update needs: the default roles may do what the new version brings."""

import os
import subprocess
import sys

from django.conf import settings
from django.contrib.auth.models import Permission

from itops.organisation.actions.accounts import ensure_roles
from tests.own_database import OwnDatabase


def migrate(database: OwnDatabase) -> None:
    subprocess.run(
        [sys.executable, "manage.py", "migrate", "--verbosity", "0"],
        cwd=settings.BASE_DIR,
        env={**os.environ, **database.environ},
        check=True,
        timeout=180,
    )


def test_a_permission_that_migrating_makes_is_given_to_the_default_roles(committing: OwnDatabase) -> None:
    it_staff = ensure_roles(by="test")["it_staff"]
    taken = Permission.objects.get(content_type__app_label="inventory", codename="add_asset")
    it_staff.permissions.remove(taken)
    Permission.objects.get(content_type__app_label="inventory", codename="change_asset").delete()
    migrate(committing)
    mine = set(
        it_staff.permissions.filter(content_type__app_label="inventory").values_list("codename", flat=True)
    )
    assert "change_asset" in mine
    assert "add_asset" not in mine
