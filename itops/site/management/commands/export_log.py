"""manage.py export_log: the sealed log, or a part of it, as a file for the auditors' verifiers."""

import json
from argparse import ArgumentParser
from datetime import date
from pathlib import Path

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.translation import gettext as _

from itops.organisation.models import Place
from itops.site.who_and_what import account
from workforce.actions.log_export import Exported, Extent, export_log


class Command(BaseCommand):
    help = "Export the sealed log as a ZIP file that verify_log.py and verify-log.html read."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("output", type=Path, help="the file to write")
        parser.add_argument("--place", help="division code: only what happened there and below")
        parser.add_argument("--since", type=date.fromisoformat, help="YYYY-MM-DD")
        parser.add_argument("--until", type=date.fromisoformat, help="YYYY-MM-DD, that day included")
        parser.add_argument("--names", action="store_true", help="personal data too, with its salts")
        parser.add_argument("--no-files", action="store_false", dest="files", help="without evidence files")
        parser.add_argument(
            "--size", type=int, action="append", dest="sizes", help="of a checkpoint that an auditor holds"
        )
        parser.add_argument("--by", help="the account that does it; without it the server's operator")
        parser.add_argument("--json", action="store_true", dest="as_json", help="print one JSON document")

    def handle(self, *, output: Path, as_json: bool, **options: object) -> None:
        by, _actor = account(options["by"])
        try:
            with transaction.atomic(), output.open("wb") as stream:
                done = export_log(stream, by=by, extent=_extent(options))
        except OSError as refused:
            said = _("%(file)s cannot be written: %(reason)s.")
            raise CommandError(said % {"file": output, "reason": refused.strerror}, returncode=2) from refused
        except (PermissionDenied, ValidationError) as refused:
            output.unlink()
            said = _("This account may not export that part of the log.")
            wrong = refused.message if isinstance(refused, ValidationError) else said
            raise CommandError(wrong, returncode=2) from refused
        self.stdout.write(json.dumps(_document(done)) if as_json else _line(done, output))


def _extent(options: dict[str, object]) -> Extent:
    return Extent(
        place=_place(options["place"]),
        since=options["since"],  # type: ignore[arg-type]
        until=options["until"],  # type: ignore[arg-type]
        names=bool(options["names"]),
        files=bool(options["files"]),
        sizes=tuple(options["sizes"] or ()),  # type: ignore[arg-type]
    )


def _place(code: object) -> Place | None:
    if not code:
        return None
    found = Place.objects.filter(code=code).first()
    if found is None:
        raise CommandError(_("There is no place with the code %(code)s.") % {"code": code}, returncode=2)
    return found


def _document(done: Exported) -> dict[str, object]:
    return {
        "log": done.tree.log,
        "size": done.tree.size,
        "root": f"{done.tree.algorithm.value}:{done.tree.root}",
        "entries": done.entries,
        "files": done.files,
        "missing_files": done.missing_files,
        "personal": done.personal,
    }


def _line(done: Exported, output: Path) -> str:
    return _("%(count)s of %(size)s entries are in %(file)s.") % {
        "count": done.entries,
        "size": done.tree.size,
        "file": output,
    }
