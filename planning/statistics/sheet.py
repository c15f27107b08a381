"""The month as XLSX with live formulas: figures are divisions and sums of numerators and denominators in sight."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import xlsxwriter
from xlsxwriter.utility import quote_sheetname, xl_range, xl_rowcol_to_cell

from planning.statistics.report import Cell, Column, Difference, MonthReport
from planning.statistics.values import SCALE, Unit

FIRST = 4  # the county's row, counted from 0; the townships follow
FORMATS = {Unit.PERCENT: "0.0%", Unit.PEOPLE: "0.00"}
STEPS = {Unit.PERCENT: 1, Unit.PEOPLE: 2}


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The headings in the reader's language."""

    figures: str
    definitions: str
    differences: str
    place: str
    numerator: str
    denominator: str
    figure: str
    code: str
    indicator: str
    unit: str
    definition: str
    version: str
    office: str
    state: str
    reported: str
    counted: str
    difference: str
    explanation: str
    note: str


def workbook(report: MonthReport, words: Words) -> bytes:
    """Three sheets: the figures, what they count, what was reported otherwise."""
    written = BytesIO()
    with xlsxwriter.Workbook(written, {"in_memory": True, "strings_to_formulas": False}) as book:
        styles = _Styles(book)
        _figures(book.add_worksheet(words.figures), report, words, styles)
        _definitions(book.add_worksheet(words.definitions), report, words, styles)
        _differences(book.add_worksheet(words.differences), report, words, styles)
    return written.getvalue()


class _Styles:
    """The formats of one workbook."""

    def __init__(self, book: Any) -> None:
        head = {"bold": True, "bg_color": "#e6eef2", "border": 1, "text_wrap": True, "valign": "vcenter"}
        self.title = book.add_format({"bold": True, "font_size": 14})
        self.head = book.add_format({**head, "align": "center"})
        self.text = book.add_format({"border": 1, "text_wrap": True, "valign": "top"})
        self.number = book.add_format({"border": 1, "num_format": "#,##0"})
        self.total = book.add_format({"border": 1, "num_format": "#,##0", "bold": True})
        self.value = {
            unit: book.add_format({"border": 1, "num_format": one, "bold": True})
            for unit, one in FORMATS.items()
        }
        self.plain = book.add_format({"border": 1, "num_format": "0.00"})


def _figures(page: Any, report: MonthReport, words: Words, styles: _Styles) -> None:
    page.write_string(0, 0, f"{report.county} · {report.month}", styles.title)
    page.write_string(1, 0, words.note)
    page.merge_range(2, 0, 3, 0, words.place, styles.head)
    page.set_column(0, 0, 14)
    page.freeze_panes(FIRST, 1)
    _first_column(page, report, styles)
    for place, column in enumerate(report.columns):
        left = 1 + 3 * place
        page.merge_range(
            2, left, 2, left + 2, f"{column.code} {column.name} ({column.unit_name})", styles.head
        )
        for offset, heading in enumerate((words.numerator, words.denominator, words.figure)):
            page.write_string(3, left + offset, heading, styles.head)
        _sums(page, left, len(report.lines), report.whole.cells[place], styles)
        for row, line in enumerate(report.lines, start=FIRST + 1):
            _counts(page, row, left, line.cells[place], styles)
        cells = [report.whole.cells[place], *(line.cells[place] for line in report.lines)]
        for row, cell in enumerate(cells, start=FIRST):
            _division(page, row, left, cell, column, styles)


def _first_column(page: Any, report: MonthReport, styles: _Styles) -> None:
    for row, line in enumerate([report.whole, *report.lines], start=FIRST):
        page.write_string(row, 0, line.name, styles.text)


def _sums(page: Any, left: int, lines: int, cell: Cell, styles: _Styles) -> None:
    """The county's numerator and denominator add up the rows beneath."""
    for at, known in ((left, cell.part), (left + 1, cell.whole)):
        if lines:
            page.write_formula(
                FIRST, at, f"=SUM({xl_range(FIRST + 1, at, FIRST + lines, at)})", styles.total, known
            )
        else:
            page.write_number(FIRST, at, known, styles.total)


def _counts(page: Any, row: int, left: int, cell: Cell, styles: _Styles) -> None:
    page.write_number(row, left, cell.part, styles.number)
    page.write_number(row, left + 1, cell.whole, styles.number)
    if cell.note:
        page.write_comment(row, left + 2, cell.note)


def _division(page: Any, row: int, left: int, cell: Cell, column: Column, styles: _Styles) -> None:
    part, whole = xl_rowcol_to_cell(row, left), xl_rowcol_to_cell(row, left + 1)
    known = cell.part / cell.whole if cell.whole else ""
    page.write_formula(row, left + 2, f'=IF({whole}=0,"",{part}/{whole})', styles.value[column.unit], known)


def _definitions(page: Any, report: MonthReport, words: Words, styles: _Styles) -> None:
    heads = (
        words.code,
        words.indicator,
        words.unit,
        words.definition,
        words.version,
        words.office,
        words.state,
    )
    _heads(page, heads, (10, 22, 12, 80, 18, 24, 30), styles)
    for row, one in enumerate(report.columns, start=1):
        said = (one.code, one.name, one.unit_name, one.definition, one.version, one.office, one.state)
        for at, text in enumerate(said):
            page.write_string(row, at, text, styles.text)


def _differences(page: Any, report: MonthReport, words: Words, styles: _Styles) -> None:
    """What was counted is looked up on the first sheet; the difference is worked out here."""
    heads = (words.indicator, words.place, words.reported, words.counted, words.difference, words.explanation)
    _heads(page, heads, (22, 14, 12, 12, 12, 60), styles)
    for row, one in enumerate(report.differences, start=1):
        column, line = report.columns[one.column], report.line(one.line)
        page.write_string(row, 0, column.name, styles.text)
        page.write_string(row, 1, line.name, styles.text)
        page.write_number(row, 2, float(one.reported), styles.plain)
        for at, (formula, known) in enumerate(_compared(row, one, report, words), start=3):
            page.write_formula(row, at, formula, styles.plain, known)
        page.write_string(row, 5, one.explanation, styles.text)


def _compared(
    row: int, one: Difference, report: MonthReport, words: Words
) -> Iterator[tuple[str, float | str]]:
    unit = report.columns[one.column].unit
    cell = report.line(one.line).cells[one.column]
    where = f"{quote_sheetname(words.figures)}!{xl_rowcol_to_cell(FIRST + 1 + one.line, 3 + 3 * one.column)}"
    known: float | str = "" if cell.value is None else float(cell.value)
    yield f'=IF({where}="","",ROUND({where}*{SCALE[unit]},{STEPS[unit]}))', known
    reported, counted = xl_rowcol_to_cell(row, 2), xl_rowcol_to_cell(row, 3)
    gap: float | str = "" if cell.value is None else float(one.reported - cell.value)
    yield f'=IF({counted}="","",{reported}-{counted})', gap


def _heads(page: Any, heads: Sequence[str], widths: Sequence[int], styles: _Styles) -> None:
    page.freeze_panes(1, 0)
    for at, (text, width) in enumerate(zip(heads, widths, strict=True)):
        page.write_string(0, at, text, styles.head)
        page.set_column(at, at, width)
