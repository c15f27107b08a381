"""Fill in the city's form: an XLSX in which {{ names }} stand where figures belong; its looks stay as drawn.

The row that holds {{ place }} is repeated for each township. Formulas go with the rows that move, and a range within
the repeated row, such as SUM(C6:C6), reaches over all its copies.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from copy import copy
from decimal import Decimal
from io import BytesIO
from typing import Any
from zipfile import BadZipFile

from openpyxl import load_workbook
from openpyxl.formula import Tokenizer
from openpyxl.formula.translate import Translator
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException

from planning.statistics.report import Cell, Column, Line, MonthReport, UnusableForm

NAME = re.compile(r"\{\{\s*([\w.]+)\s*\}\}")
REFERENCE = re.compile(r"(\$?[A-Z]{1,3}\$?)(\d+)")
OF_THE_MONTH = ("month", "year", "number", "county", "as_of", "made_on")
OF_A_PLACE = ("place", "no")
OF_AN_INDICATOR = ("", ".n", ".d", ".name", ".office", ".unit")
MOST_CELLS = 200_000
NONE = "–"

Value = int | Decimal | str


def filled(template: bytes, report: MonthReport, codes: Iterable[str]) -> bytes:
    """The form with the month's figures; UnusableForm names what it asks for that there is not.

    `codes` are those of all indicators: of one that was not counted in the month nothing stands there.
    """
    book, known = _opened(template), known_names(codes)
    for page in book.worksheets:
        _fill(page, report, known)
    written = BytesIO()
    book.save(written)
    return written.getvalue()


def known_names(codes: Iterable[str]) -> set[str]:
    """Everything that a form may ask for, given the indicators' codes."""
    return {*OF_THE_MONTH, *OF_A_PLACE, *(f"{code}{end}" for code in codes for end in OF_AN_INDICATOR)}


def _opened(template: bytes) -> Any:
    try:
        book = load_workbook(BytesIO(template))
    except (BadZipFile, InvalidFileException, KeyError, ValueError, TypeError, OSError) as broken:
        raise UnusableForm(type(broken).__name__) from broken
    if sum(page.max_row * page.max_column for page in book.worksheets) > MOST_CELLS:
        raise UnusableForm(f"> {MOST_CELLS}")
    return book


def _fill(page: Any, report: MonthReport, known: set[str]) -> None:
    repeated = next((cell.row for cell in _cells(page) if "place" in _names(cell)), None)
    done: set[int] = set()
    if repeated is not None:
        _make_room(page, repeated, max(len(report.lines), 1) - 1)
        for number, line in enumerate(report.lines or [Line(name="", cells=())]):
            done.add(repeated + number)
            _fill_row(page, repeated + number, _of_line(report, line, number + 1), known)
    whole = _of_line(report, report.whole, 0)
    for row in range(1, page.max_row + 1):
        if row not in done:
            _fill_row(page, row, whole, known)


def _names(cell: Any) -> list[str]:
    return NAME.findall(cell.value) if isinstance(cell.value, str) else []


def _of_line(report: MonthReport, line: Line, number: int) -> Mapping[str, Value]:
    values: dict[str, Value] = {name: getattr(report, name) for name in OF_THE_MONTH}
    values |= {"place": line.name, "no": number}
    for column, cell in zip(report.columns, line.cells, strict=False):
        values |= _of_indicator(column, cell)
    return values


def _of_indicator(column: Column, cell: Cell) -> Mapping[str, Value]:
    code = column.code
    return {
        code: NONE if cell.value is None else cell.value,
        f"{code}.n": cell.part,
        f"{code}.d": cell.whole,
        f"{code}.name": column.name,
        f"{code}.office": column.office,
        f"{code}.unit": column.unit_name,
    }


def _fill_row(page: Any, row: int, values: Mapping[str, Value], known: set[str]) -> None:
    for cell in page[row]:
        names = _names(cell)
        unknown = [name for name in names if name not in known]
        if unknown:
            raise UnusableForm(unknown[0])
        only = NAME.fullmatch(cell.value.strip()) if names else None
        if only:
            _put(cell, values.get(only[1], NONE))
        elif names:
            _put(cell, NAME.sub(lambda found: str(values.get(found[1], NONE)), cell.value))


def _put(cell: Any, value: Value) -> None:
    """A percentage goes into a cell drawn for percentages as a share; a text is never calculated."""
    if isinstance(value, Decimal):
        cell.value = value / 100 if "%" in (cell.number_format or "") else value
        return
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"


def _make_room(page: Any, row: int, more: int) -> None:
    """Everything beneath the row goes down by so many, and the row is copied into the space."""
    heights = {at: one.height for at, one in page.row_dimensions.items() if one.height is not None}
    merged = [one for one in page.merged_cells.ranges if one.min_row > row]
    if more and page.max_row > row:
        below = f"A{row + 1}:{get_column_letter(page.max_column)}{page.max_row}"
        for one in merged:
            one.shift(row_shift=more)
        page.move_range(below, rows=more)
    for cell in _cells(page):
        if cell.data_type == "f" and isinstance(cell.value, str) and cell.row != row:
            cell.value = _after_making_room(cell.value, row, more)
    for at, height in heights.items():
        if at > row:
            page.row_dimensions[at + more].height = height
    for number in range(1, more + 1):
        _copy_row(page, row, row + number)


def _cells(page: Any) -> Iterator[Any]:
    return (cell for cells in page.iter_rows() for cell in cells)


def _copy_row(page: Any, origin: int, target: int) -> None:
    page.row_dimensions[target].height = page.row_dimensions[origin].height
    for cell in list(page[origin]):
        copied = page.cell(row=target, column=cell.column)
        copied._style = copy(cell._style)
        if cell.data_type == "f":
            copied.value = Translator(cell.value, cell.coordinate).translate_formula(copied.coordinate)
        else:
            copied.value = cell.value


def _after_making_room(formula: str, row: int, more: int) -> str:
    """References beneath the row move with their cells; a range within the row reaches over its copies."""
    tokens = Tokenizer(formula)
    return "=" + "".join(
        _moved(one.value, row, more) if one.subtype == "RANGE" and "!" not in one.value else one.value
        for one in tokens.items
    )


def _moved(reference: str, row: int, more: int) -> str:
    start, colon, end = reference.partition(":")
    if colon and _row_of(start) == _row_of(end) == row:
        return f"{start}:{REFERENCE.sub(lambda found: f'{found[1]}{row + more}', end)}"
    return REFERENCE.sub(
        lambda found: f"{found[1]}{int(found[2]) + (more if int(found[2]) > row else 0)}", reference
    )


def _row_of(reference: str) -> int | None:
    found = REFERENCE.fullmatch(reference)
    return int(found[2]) if found else None
