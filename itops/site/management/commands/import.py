"""manage.py import: write a file's rows, or say everything that is wrong with them."""

import json
from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from itops.exchange.outcome import Keep, Outcome
from itops.exchange.run_through import run_through
from itops.exchange.said import Problem
from itops.site.who_and_what import account, add_arguments, resource_called

SAID = ("rows", "added", "changed", "unchanged", "wrong", "written", "sheet", "unread", "problems")


class Command(BaseCommand):
    help = (
        "Import a CSV, XLSX, XLS or ODS file: all of it or nothing; with --only-good the rows without errors."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        add_arguments(parser)
        parser.add_argument("--only-good", action="store_true", help="write the rows without errors")
        parser.add_argument("--dry-run", action="store_true", help="write nothing, say what would be written")
        parser.add_argument("--json", action="store_true", dest="as_json", help="print one JSON document")

    def handle(
        self, *, file: Path, resource: str, only_good: bool, dry_run: bool, as_json: bool, **options: object
    ) -> None:
        by, actor = account(options["by"])
        keep = Keep.NOTHING if dry_run else Keep.GOOD_ROWS if only_good else Keep.ALL_OR_NOTHING
        meant = resource_called(resource)
        outcome = run_through(meant, _bytes(file), by=by, actor=actor, keep=keep, reason=file.name)
        self.stdout.write(_document(outcome) if as_json else _counts(outcome))
        if not as_json:
            self.stderr.write("\n".join(_line(problem) for problem in outcome.problems))
        if outcome.problem_count:
            raise CommandError(_verdict(outcome), returncode=1 if outcome.rows else 2)


def _document(outcome: Outcome) -> str:
    everything = asdict(outcome)
    return json.dumps({name: everything[name] for name in SAID}, ensure_ascii=False, default=str)


def _counts(outcome: Outcome) -> str:
    said = _("added %(added)s, changed %(changed)s, unchanged %(unchanged)s, rows with errors %(wrong)s")
    return said % asdict(outcome)


def _line(problem: Problem) -> str:
    row = _("row %(row)s") % {"row": problem.row} if problem.row else ""
    return " · ".join(
        str(one) for one in (row, problem.column, problem.value, problem.reason, problem.right) if one
    )


def _verdict(outcome: Outcome) -> str:
    if outcome.written:
        return _("%(wrong)s rows were left out.") % {"wrong": outcome.wrong}
    return _("Nothing was written.")


def _bytes(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as missing:
        said = _("%(file)s cannot be read: %(reason)s.") % {"file": file, "reason": missing.strerror}
        raise CommandError(said, returncode=2) from missing
