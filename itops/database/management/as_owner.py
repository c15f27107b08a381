"""Django's `migrate`, as the owner, after the role, extensions and privileges it needs."""

import os
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError, CommandParser
from django.core.management.commands import migrate

from itops.database import roles
from itops.database.connection import logins
from itops.database.trouble import DatabaseTrouble


class MigrateAsOwner(migrate.Command):
    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.set_defaults(database="owner")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            roles.prepare(logins(os.environ, settings.ITOPS_VAR)["owner"])
        except DatabaseTrouble as trouble:
            raise CommandError(str(trouble), returncode=2) from trouble
        self.migrate(*args, **options)

    def migrate(self, *args: Any, **options: Any) -> None:
        """What happens once the database is prepared."""
        super().handle(*args, **options)
