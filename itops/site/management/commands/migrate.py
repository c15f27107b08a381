"""`manage.py migrate`: brings the database to this version; the default roles may do what the version brings."""

from typing import Any

from itops.database.management.as_owner import MigrateAsOwner
from itops.organisation.actions.accounts import give_new_permissions, newest_permission

ONLY_A_PART = ("app_label", "plan", "check_unapplied")


class Command(MigrateAsOwner):
    def migrate(self, *args: Any, **options: Any) -> None:
        """A new database has no roles yet; what changes only a part of one leaves them as they are."""
        before = 0 if any(options.get(name) for name in ONLY_A_PART) else newest_permission()
        super().migrate(*args, **options)
        if before:
            give_new_permissions(after=before, by="setup")
