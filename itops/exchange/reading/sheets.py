"""A file as sheets of rows, whatever its format; a CSV is one sheet.

A cell that is merged over several rows counts for all of them; merged over several columns it counts for the first.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from itops.exchange.reading import spreadsheet, text
from itops.exchange.reading.faults import Fault, Unreadable
from itops.exchange.reading.heading import WITHIN, Heading, Meaning, find
from itops.exchange.reading.text import Row

MOST_BYTES = 50 * 2**20
MOST_ROWS = 200_000


@dataclass(frozen=True, slots=True)
class Sheet:
    """`merged`: first row, last row (from 1, as rows are numbered) and column (from 0)."""

    name: str
    rows: Sequence[Row]
    merged: Sequence[tuple[int, int, int]] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """The sheet that was meant: its heading and the rows below it."""

    sheet: str
    heading: Heading[Any]
    rows: Sequence[Row]


def read(data: bytes) -> list[Sheet]:
    """Every sheet; Unreadable says why there is none."""
    if len(data) > MOST_BYTES:
        raise Unreadable(Fault.TOO_LARGE)
    if not spreadsheet.is_spreadsheet(data):
        return [Sheet("", list(text.rows(text.decoded(data), most=MOST_ROWS + WITHIN)))]
    sheets = [_sheet(one) for one in spreadsheet.opened(data)]
    if any(len(sheet.rows) > MOST_ROWS + WITHIN for sheet in sheets):
        raise Unreadable(Fault.TOO_MANY_ROWS)
    return sheets


def meant(sheets: Sequence[Sheet], meaning: Meaning[Any]) -> Found:
    """The sheet whose heading names the most columns, and what stands below its heading."""
    headings = [(sheet, heading) for sheet in sheets if (heading := _heading(sheet, meaning)) is not None]
    if not headings:
        raise Unreadable(Fault.NO_ROWS)
    sheet, heading = max(headings, key=lambda one: len(one[1].columns))
    heading.refuse_twice()
    if not heading.columns:
        raise _without_heading(sheets, heading)
    return Found(sheet.name, heading, heading.below(_divided(sheet, heading.row)))


def _without_heading(sheets: Sequence[Sheet], heading: Heading[Any]) -> Unreadable:
    names = tuple(one.name for one in sheets if one.name)
    if names:
        return Unreadable(Fault.NO_HEADING, right=names)
    return Unreadable(Fault.UNKNOWN_HEADINGS, row=heading.row, value=", ".join(heading.unread()))


def _heading(sheet: Sheet, meaning: Meaning[Any]) -> Heading[Any] | None:
    try:
        return find(sheet.rows, meaning)
    except Unreadable:
        return None


def _sheet(opened: dict[str, Any]) -> Sheet:
    rows = list(enumerate(opened["rows"], start=1))
    return Sheet(opened["name"], rows, [(top + 1, bottom + 1, at) for top, bottom, at in opened["merged"]])


def _divided(sheet: Sheet, below: int) -> Sequence[Row]:
    """What a merged cell says stands in each of its rows; the heading itself is left as it is."""
    for top, bottom, column in sheet.merged:
        if top > below and top <= len(sheet.rows):
            value = _cell(sheet.rows[top - 1][1], column)
            for _, cells in sheet.rows[top:bottom]:
                cells.extend([""] * (column + 1 - len(cells)))
                cells[column] = value
    return sheet.rows


def _cell(cells: Sequence[str], column: int) -> str:
    return cells[column] if column < len(cells) else ""
