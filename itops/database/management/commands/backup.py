"""`manage.py backup FILE`: the database and the stored files in one file; the secret key is kept apart."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from itops.database import backup
from itops.database.management.installation import installation
from itops.database.trouble import DatabaseTrouble


class Command(BaseCommand):
    help = "Writes the database and the stored files to one file. Keep the secret key apart (docs/backup.md)."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--json", action="store_true", help="print one JSON document")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            manifest = backup.take(installation(), options["file"])
        except DatabaseTrouble as trouble:
            raise CommandError(str(trouble), returncode=2) from trouble
        if options["json"]:
            self.stdout.write(json.dumps({"file": str(options["file"])} | asdict(manifest)))
            return
        size = options["file"].stat().st_size
        self.stdout.write(
            _("Backed up to %(file)s (%(size)d kB). The key %(key)s is not in it: keep it apart.")
            % {"file": options["file"], "size": size // 1000, "key": manifest.key_fingerprint}
        )
