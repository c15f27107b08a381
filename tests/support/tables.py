"""Tables as CSV for tests of import and export."""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO

from itops.crud.csv_out import csv_parts
from itops.crud.resource import Resource
from itops.exchange.form import form
from itops.exchange.outcome import Keep, Outcome
from itops.exchange.run_through import run_through
from itops.exchange.xlsx import workbook_file
from itops.organisation.models import User


def table(*rows: Iterable[object]) -> bytes:
    written = StringIO(newline="")
    csv.writer(written).writerows(rows)
    return written.getvalue().encode()


def imported(resource: Resource, data: bytes, by: User, keep: Keep = Keep.ALL_OR_NOTHING) -> Outcome:
    return run_through(resource, data, by=by, keep=keep, reason="台账.csv")


def exported(resource: Resource, by: User) -> bytes:
    written = form(resource, resource.visible(by), by)
    return "".join(csv_parts(written.head, written.rows())).encode()


def exported_workbook(resource: Resource, by: User) -> bytes:
    written = form(resource, resource.visible(by), by)
    with workbook_file(resource.plural, written.head, written.numeric, written.rows()) as workbook:
        return workbook.read()


def wrong(outcome: Outcome) -> Sequence[tuple[int, str]]:
    return [(problem.row, str(problem.column)) for problem in outcome.problems]
