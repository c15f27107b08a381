"""Rows as XLSX in constant memory: text stays text, so that nothing is calculated and no leading zero is lost."""

from collections.abc import Iterable, Sequence
from tempfile import TemporaryFile
from typing import IO, Any

import xlsxwriter

from itops.crud.csv_out import defused

MOST_DIGITS = 15  # what a spreadsheet keeps of a number
WIDEST = 40


def workbook_file(
    sheet: str, head: Sequence[str], numeric: Sequence[bool], rows: Iterable[Sequence[str]]
) -> IO[bytes]:
    """A temporary file, at its beginning."""
    written = TemporaryFile(prefix="itops-export-")  # noqa: SIM115 -- whoever sends it closes it
    with xlsxwriter.Workbook(written, {"constant_memory": True}) as book:
        page = book.add_worksheet(sheet_name(sheet))
        write_head(book, page, head)
        for number, row in enumerate(rows, start=1):
            for place, cell in enumerate(row):
                _write(page, number, place, cell, numeric=numeric[place])
    written.seek(0)
    return written


def write_head(book: Any, page: Any, head: Sequence[str]) -> None:
    """Bold, kept in sight, wide enough to read."""
    bold = book.add_format({"bold": True, "bg_color": "#e6eef2", "bottom": 1})
    page.freeze_panes(1, 0)
    for place, cell in enumerate(head):
        page.set_column(place, place, min(WIDEST, max(10, 2 * len(cell) + 2)))
        page.write_string(0, place, cell, bold)


def sheet_name(text: str) -> str:
    """Without the characters that a sheet's name may not have."""
    return "".join(" " if letter in "[]:*?/\\'" else letter for letter in text)[:31] or "1"


def _write(page: Any, row: int, place: int, cell: str, *, numeric: bool) -> None:
    if not cell:
        return
    if numeric and len(cell) <= MOST_DIGITS:
        page.write_number(row, place, float(cell))
    else:
        page.write_string(row, place, defused(cell))
