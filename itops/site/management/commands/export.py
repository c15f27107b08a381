"""manage.py export: all records of a resource, in a form that imports again unchanged."""

import shutil
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import IO

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.translation import gettext as _

from itops.crud.csv_out import csv_parts
from itops.exchange.form import Form, form
from itops.exchange.xlsx import workbook_file
from itops.site.who_and_what import account, add_arguments, resource_called


class Command(BaseCommand):
    help = (
        "Export all records of a resource, archived ones too, as CSV or XLSX; without -o to standard output."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        add_arguments(parser)
        parser.add_argument("--format", choices=("csv", "xlsx"), default="csv")
        parser.add_argument("-o", "--output", type=Path)

    def handle(self, *, resource: str, format: str, output: Path | None, **options: object) -> None:
        meant = resource_called(resource)
        by, _actor = account(options["by"])
        with transaction.atomic():
            written = form(meant, meant.told(by), by)
            if output is None:
                _write(written, meant.plural, format, sys.stdout.buffer)
                return
            try:
                with output.open("wb") as stream:
                    _write(written, meant.plural, format, stream)
            except OSError as refused:
                said = _("%(file)s cannot be written: %(reason)s.")
                raise CommandError(
                    said % {"file": output, "reason": refused.strerror}, returncode=2
                ) from refused


def _write(written: Form, title: str, kind: str, stream: IO[bytes]) -> None:
    if kind == "csv":
        for part in csv_parts(written.head, written.rows()):
            stream.write(part.encode())
        return
    with workbook_file(title, written.head, written.numeric, written.rows()) as workbook:
        shutil.copyfileobj(workbook, stream)
