"""What is wrong with a file, in the reader's language: the reason, and what would be right."""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from itops.crud.batch import Problem as CellProblem
from itops.exchange.reading.faults import Fault, Unreadable
from itops.exchange.reading.sheets import MOST_BYTES, MOST_ROWS
from itops.wording import enumerated, filled

LONGEST_SHOWN = 120


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: the row as a spreadsheet counts (0: the whole file), the column, why, what is right."""

    row: int
    column: StrOrPromise
    value: str
    reason: StrOrPromise
    right: StrOrPromise = ""


class Wrong(StrEnum):
    """What a reader of cells finds, before anything is compared with what is recorded."""

    FORMULA_ERROR = "formula_error"
    SHORTENED = "shortened"
    NO_AMOUNT = "no_amount"
    TOO_MANY_CELLS = "too_many_cells"
    NO_SUCH_ID = "no_such_id"
    REPEATED = "repeated"
    SEVERAL = "several"
    OUT_OF_REACH = "out_of_reach"


def of_file(unreadable: Unreadable) -> Problem:
    """The fault of a whole file."""
    reason, right = FAULTS[unreadable.fault]
    given = {
        "given": enumerated(unreadable.right),
        "megabytes": MOST_BYTES // 2**20,
        "rows": f"{MOST_ROWS:,}",
    }
    value = unreadable.value[:LONGEST_SHOWN]
    return Problem(unreadable.row, "", value, filled(reason, given), filled(right, given))


def of_cell(wrong: Wrong, row: int, column: str, value: str, given: str = "") -> Problem:
    """A cell that cannot be taken; `given` belongs into what would be right."""
    reason, right = WRONGS[wrong]
    return Problem(row, column, value[:LONGEST_SHOWN], reason, filled(right, {"given": given}))


def _of_intake(problem: CellProblem) -> str:
    return problem.sentence


sentence = lazy(_of_intake, str)
"""What the intake says, when it is read."""


IN_YUAN = _("Yuan with at most two decimals, such as 4200.00.")


def missing_column(row: int, heading: StrOrPromise, rows: int) -> Problem:
    """A column without which nothing can be added."""
    reason = filled(_("This column is missing, and %(rows)s rows are to be added."), {"rows": rows})
    return Problem(row, heading, "", reason, _("Add the heading and fill the column in."))


def refused_by_database() -> Problem:
    """What only the database noticed: somebody else wrote at the same moment."""
    return Problem(
        0,
        "",
        "",
        _("The database did not take it: somebody else may have written the same just now."),
        _("Try it again."),
    )


FAULTS: dict[Fault, tuple[StrOrPromise, StrOrPromise]] = {
    Fault.TOO_LARGE: (
        _("The file is larger than may be."),
        _("At most %(megabytes)s MB; divide it into several files."),
    ),
    Fault.TOO_MUCH_INSIDE: (
        _("Unpacked, the file is larger than may be."),
        _("Copy the rows alone into a new file, or save it as CSV."),
    ),
    Fault.NOT_TEXT: (
        _("The characters cannot be read."),
        _("Save it as CSV in UTF-8 or GBK, or as XLSX."),
    ),
    Fault.BROKEN_QUOTES: (
        _("A quotation mark is opened and not closed properly."),
        _("Remove the quotation marks, or write each one inside a text twice."),
    ),
    Fault.BROKEN_SPREADSHEET: (
        _("The spreadsheet is damaged or is none."),
        _("Open it and save it again as XLSX, ODS or CSV."),
    ),
    Fault.PASSWORD: (_("The file is locked with a password."), _("Save it without a password.")),
    Fault.TOO_MANY_ROWS: (
        _("There are too many rows."),
        _("At most %(rows)s rows; divide it into several files."),
    ),
    Fault.NO_ROWS: (
        _("There is nothing in the file."),
        _("A row of headings, and one row for each record."),
    ),
    Fault.NO_HEADING: (
        _("None of the headings is known here. Sheets looked at: %(given)s"),
        _("Use the headings of the template."),
    ),
    Fault.UNKNOWN_HEADINGS: (
        _("None of the headings is known here."),
        _("Put the headings of the template above the rows."),
    ),
    Fault.HEADING_TWICE: (
        _("Two headings mean the same column."),
        _("Leave one of them: %(given)s."),
    ),
}
WRONGS: dict[Wrong, tuple[StrOrPromise, StrOrPromise]] = {
    Wrong.FORMULA_ERROR: (
        _("The formula in this cell has failed."),
        _("Put the value itself into the cell."),
    ),
    Wrong.SHORTENED: (
        _("A spreadsheet has shortened this number; its last digits are lost."),
        _("Format the column as text and type the number again."),
    ),
    Wrong.NO_AMOUNT: (
        _("This is no amount of money."),
        IN_YUAN,
    ),
    Wrong.TOO_MANY_CELLS: (
        _("The row has more cells than the headings."),
        _("Put a text that contains a comma in quotation marks."),
    ),
    Wrong.NO_SUCH_ID: (
        _("There is no record with this ID that you may change."),
        _("Leave the ID empty to add a record."),
    ),
    Wrong.REPEATED: (
        _("An earlier row is about the same record."),
        _("Leave one of the two; see row %(given)s."),
    ),
    Wrong.SEVERAL: (
        _("Several records answer to this row."),
        _("Export the list and keep its ID column."),
    ),
    Wrong.OUT_OF_REACH: (
        _("This record exists already, where you may not change anything."),
        _("Ask who looks after it, or correct the entry."),
    ),
}
