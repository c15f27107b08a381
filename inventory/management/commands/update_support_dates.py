"""`manage.py update_support_dates FILE --source TEXT`: a newer table of operating systems' support dates."""

import json
from argparse import ArgumentParser, ArgumentTypeError
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from inventory.actions.support_dates import BeginsInThePast, Loaded, load_support_dates
from inventory.marks.support_table import SupportFileError
from inventory.wording_of_files import support_fault_sentence

LONGEST_SOURCE = 200


class Command(BaseCommand):
    help = "Store a newer table of support dates (CSV, whole); marks use it from its day on, past days keep theirs."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--source", required=True, type=_source, help="where the dates come from, in a few words"
        )
        parser.add_argument("--starts", type=_day, help="YYYY-MM-DD, today or later; without it today")
        parser.add_argument("--json", action="store_true", dest="as_json", help="print one JSON document")

    def handle(self, *, file: Path, source: str, starts: date | None, as_json: bool, **options: Any) -> None:
        today = timezone.localdate()
        try:
            loaded = load_support_dates(
                file.read_bytes(),
                by="update_support_dates",
                source=source,
                starts=starts or today,
                today=today,
            )
        except OSError as error:
            raise CommandError(_("%(file)s cannot be read.") % {"file": file}, returncode=2) from error
        except SupportFileError as error:
            faults = [support_fault_sentence(fault) for fault in error.faults]
            raise CommandError("\n".join([_("Nothing was stored."), *faults]), returncode=2) from error
        except BeginsInThePast as error:
            raise CommandError(
                _("%(day)s is over: a table cannot change what was said of past days.") % {"day": error},
                returncode=2,
            ) from error
        self.stdout.write(json.dumps(_document(loaded)) if as_json else _sentence(loaded))


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError(_("%(day)s is no day; write YYYY-MM-DD.") % {"day": text}) from error


def _source(text: str) -> str:
    if not 0 < len(text) <= LONGEST_SOURCE:
        raise ArgumentTypeError(
            _("Name the source in at most %(count)s characters.") % {"count": LONGEST_SOURCE}
        )
    return text


def _document(loaded: Loaded) -> dict[str, object]:
    return {**asdict(loaded), "starts": loaded.starts.isoformat()}


def _sentence(loaded: Loaded) -> str:
    if not loaded.stored:
        return _("The same dates are in force already; nothing was stored.")
    return _(
        "In force from %(starts)s: %(releases)s releases, %(added)s added, %(changed)s changed, %(removed)s removed."
    ) % asdict(loaded)
