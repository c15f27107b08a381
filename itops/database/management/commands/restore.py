"""`manage.py restore FILE`: brings back what `backup` saved, all or nothing."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from itops.database import restore
from itops.database.archive import Manifest
from itops.database.backup import Installation
from itops.database.management.installation import installation, known_migrations
from itops.database.trouble import DatabaseTrouble


class Command(BaseCommand):
    help = "Brings back the database and the stored files from a backup, all or nothing (docs/backup.md)."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--replace", action="store_true", help="in place of what the database holds")
        parser.add_argument("--json", action="store_true", help="print one JSON document")

    def handle(self, *args: Any, **options: Any) -> None:
        here, known = installation(), known_migrations()
        try:
            manifest = restore.put(here, options["file"], known=known, replace=options["replace"])
        except DatabaseTrouble as trouble:
            raise CommandError(str(trouble), returncode=2) from trouble
        ahead = bool(known - set(manifest.migrations))
        if options["json"]:
            more = {"key_matches": manifest.key_fingerprint == here.key_fingerprint, "migrate_next": ahead}
            self.stdout.write(json.dumps({"file": str(options["file"])} | asdict(manifest) | more))
        else:
            self.stdout.write(_("Restored the backup of %(made)s.") % {"made": manifest.made})
        self._say_what_is_left(here, manifest, ahead=ahead)

    def _say_what_is_left(self, here: Installation, manifest: Manifest, *, ahead: bool) -> None:
        if manifest.key_fingerprint != here.key_fingerprint:
            self.stderr.write(
                _("The backup needs the key %(theirs)s, this installation has %(ours)s: put that one here.")
                % {"theirs": manifest.key_fingerprint, "ours": here.key_fingerprint}
            )
        if ahead:
            self.stderr.write(_("This program is newer than the backup: run `manage.py migrate` now."))
