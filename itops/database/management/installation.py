"""What the commands `backup` and `restore` work on, read from the settings."""

import os
import tomllib

from django.conf import settings
from django.db.migrations.loader import MigrationLoader

from itops import keys
from itops.database.backup import Installation
from itops.database.connection import logins


def installation() -> Installation:
    """This installation."""
    with (settings.BASE_DIR / "pyproject.toml").open("rb") as project:
        product = tomllib.load(project)["project"]["version"]
    return Installation(
        login=logins(os.environ, settings.ITOPS_VAR)["owner"],
        files=settings.ITOPS_FILES,
        product=product,
        key_fingerprint=keys.fingerprint(settings.ITOPS_KEY_FILE),
    )


def known_migrations() -> set[str]:
    """As "app.name": those of this program, and those that its squashed ones replace."""
    on_disk = MigrationLoader(None, ignore_no_migrations=True).disk_migrations
    replaced = {name for migration in on_disk.values() for name in migration.replaces}
    return {f"{app}.{name}" for app, name in on_disk.keys() | replaced}
