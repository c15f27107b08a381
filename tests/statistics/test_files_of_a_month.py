"""The files of a month: formulas that come out right when calculated anew, forms that keep their looks."""

import re
from collections.abc import Mapping
from decimal import Decimal
from io import BytesIO
from typing import Any

import docx
import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.utils import range_boundaries

from planning.actions.report_forms import OWN, Sort
from planning.statistics import city_form, word_report
from planning.statistics.indicators import STANDARD_SET
from planning.statistics.report import Cell, Column, Difference, Line, MonthReport, UnusableForm
from planning.statistics.sheet import Words, workbook
from planning.statistics.values import UNITS, Unit, value

CODES = [one.code for one in STANDARD_SET]
WORDS = Words(**{name: name for name in Words.__slots__})
COUNTS = [(3, 4), (5, 5), (0, 0), (1, 8)]


def cell(part: int, whole: int, unit: Unit) -> Cell:
    found = value(part, whole, unit)
    return Cell(part=part, whole=whole, value=found, said="–" if found is None else str(found))


def report(places: int = 4) -> MonthReport:
    columns = [
        Column(
            code=one.code,
            name=one.name,
            unit=UNITS[one.rule],
            unit_name="%",
            definition=one.text,
            version="v1",
            office="=信息中心",
            state="",
        )
        for one in STANDARD_SET
    ]
    counts = COUNTS[:places]
    lines = [
        Line(name=f"=乡{number}", cells=[cell(*pair, column.unit) for column in columns])
        for number, pair in enumerate(counts)
    ]
    part, whole = sum(one for one, _ in counts), sum(one for _, one in counts)
    return MonthReport(
        month="2026年10月",
        year=2026,
        number=10,
        county="安化县",
        as_of="2026-10-31",
        made_on="2026-11-02",
        columns=columns,
        whole=Line(name="安化县", cells=[cell(part, whole, column.unit) for column in columns]),
        lines=lines,
        differences=[
            Difference(column=0, line=0, reported=Decimal(90), reported_said="90.0%", explanation="在途"),
            Difference(column=2, line=-1, reported=Decimal("0.5"), reported_said="0.50", explanation=""),
        ][: None if places else 0],
    )


def opened(data: bytes) -> Any:
    return load_workbook(BytesIO(data))


class Calculator:
    """The few formulas of these files, calculated from the cells they name and from nothing else."""

    def __init__(self, book: Any) -> None:
        self.book = book

    def at(self, page: str, address: str) -> Any:
        content = self.book[page][address].value
        return self.of(page, content[1:]) if isinstance(content, str) and content[:1] == "=" else content

    def of(self, page: str, formula: str) -> Any:
        if found := re.fullmatch(r"SUM\((\w+:\w+)\)", formula):
            left, top, right, bottom = range_boundaries(found[1])
            cells = self.book[page].iter_rows(min_row=top, max_row=bottom, min_col=left, max_col=right)
            return sum(self.at(page, one.coordinate) or 0 for row in cells for one in row)
        if found := re.fullmatch(r'IF\((.+?)=(0|""),"",(.+)\)', formula):
            empty = self.of(page, found[1]) in (0, "", None)
            return "" if empty else self.of(page, found[3])
        if found := re.fullmatch(r"ROUND\((.+),(\d)\)", formula):
            step = Decimal(1).scaleb(-int(found[2]))
            return float(Decimal(repr(self.of(page, found[1]))).quantize(step, rounding="ROUND_HALF_UP"))
        for sign, do in {"-": float.__sub__, "/": float.__truediv__, "*": float.__mul__}.items():
            if sign in formula:
                one, other = formula.split(sign)
                return do(float(self.of(page, one)), float(self.of(page, other)))
        if found := re.fullmatch(r"'?(\w+)'?!(\w+)", formula):
            return self.at(found[1], found[2])
        return float(formula) if formula.isdecimal() else self.at(page, formula)


def test_the_formulas_come_out_as_the_figures() -> None:
    """Each share and each sum is a formula; calculated anew it is what its cell shows and what was counted."""
    month = report()
    data = workbook(month, WORDS)
    book, shown = opened(data), load_workbook(BytesIO(data), data_only=True)
    calculate = Calculator(book)
    for at, column in enumerate(month.columns):
        for row, line in enumerate([month.whole, *month.lines], start=5):
            part, whole, share = (book["figures"].cell(row, 2 + 3 * at + n).coordinate for n in range(3))
            assert book["figures"][share].data_type == "f"
            assert calculate.at("figures", part) == line.cells[at].part
            assert calculate.at("figures", whole) == line.cells[at].whole
            calculated = calculate.at("figures", share)
            expected = line.cells[at].value
            if expected is None:
                assert calculated == ""
            else:
                scale = 1 if column.unit is Unit.PEOPLE else 100
                assert calculated * scale == pytest.approx(float(expected), abs=0.06)
                assert shown["figures"][share].value == pytest.approx(calculated)
    assert book["figures"]["B5"].value == "=SUM(B6:B9)"


def test_differences_are_worked_out_in_the_file() -> None:
    month = report()
    calculate = Calculator(opened(workbook(month, WORDS)))
    assert calculate.at("differences", "D2") == 75.0
    assert calculate.at("differences", "E2") == 15.0
    assert calculate.at("differences", "D3") == float(month.whole.cells[2].value or 0)


def test_no_text_is_calculated() -> None:
    for data in (
        workbook(report(), WORDS),
        city_form.filled(OWN[Sort.CITY].read_bytes(), report(), CODES),
    ):
        book = opened(data)
        texts = [one for page in book for row in page.iter_rows() for one in row if "=乡" in str(one.value)]
        assert texts
        assert all(one.data_type == "s" for one in texts)


def test_a_month_without_townships_is_a_file_all_the_same() -> None:
    assert opened(workbook(report(0), WORDS))["figures"]["B5"].value == 0
    assert opened(city_form.filled(OWN[Sort.CITY].read_bytes(), report(0), CODES)).active.max_row == 7


def test_the_citys_form_has_a_row_for_each_township() -> None:
    month = report()
    page = opened(city_form.filled(OWN[Sort.CITY].read_bytes(), month, CODES)).active
    assert "2026年10月" in page["A2"].value
    assert [page.cell(row, 2).value for row in range(4, 9)] == [
        "全县合计",
        *(one.name for one in month.lines),
    ]
    assert [page.cell(row, 1).value for row in range(5, 9)] == [1, 2, 3, 4]
    assert page["C5"].value == 0.75  # drawn as a percentage
    assert page["E5"].value == 0.75  # people to a computer
    assert page["C7"].value == "–"
    assert page["M4"].value == "=SUM(M5:M8)"
    assert Calculator(page.parent).at(page.title, "M4") == month.whole.cells[2].whole
    assert {str(one) for one in page.merged_cells.ranges} == {"A1:M1", "A2:M2", "A9:M9", "A10:M10"}
    assert page["C8"].number_format == page["C5"].number_format == "0.0%"
    assert page.row_dimensions[10].height == 26


def form(cells: Mapping[str, str]) -> bytes:
    book = Workbook()
    page: Any = book.active
    for address, content in cells.items():
        page[address] = content
    written = BytesIO()
    book.save(written)
    return written.getvalue()


def test_formulas_follow_the_rows_that_move() -> None:
    drawn = {
        "A1": "=B9",
        "A5": "{{ place }}",
        "B5": "{{ SB01.n }}",
        "C5": "{{ SB01.d }}",
        "D5": '=IF(C5=0,"",B5/C5)',
        "B7": "=SUM(B5:B5)",
        "C7": "=SUM(C5:C5)",
        "B9": "=B7-C7+B3",
        "E9": "截至{{ as_of }}，{{county}}",
    }
    page = opened(city_form.filled(form(drawn), report(), CODES)).active
    assert page["A1"].value == "=B12"
    assert page["D8"].value == '=IF(C8=0,"",B8/C8)'
    assert page["B10"].value == "=SUM(B5:B8)"
    assert page["B12"].value == "=B10-C10+B3"
    assert page["E12"].value == "截至2026-10-31，安化县"
    assert Calculator(page.parent).at(page.title, "B10") == sum(part for part, _ in COUNTS)


@pytest.mark.parametrize("asked", ["{{ SB99 }}", "{{ SB01.x }}", "{{ __class__ }}"])
def test_a_form_that_asks_for_what_there_is_not_is_refused_by_its_name(asked: str) -> None:
    with pytest.raises(UnusableForm) as refused:
        city_form.filled(form({"A1": asked}), report(), CODES)
    assert refused.value.said in asked


def test_an_indicator_that_was_not_counted_leaves_a_dash() -> None:
    page = opened(city_form.filled(form({"A1": "{{ NEW1 }}"}), report(), [*CODES, "NEW1"])).active
    assert page["A1"].value == "–"


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"no archive", form({})[:400]])
def test_what_is_no_file_is_refused(data: bytes) -> None:
    with pytest.raises(UnusableForm):
        city_form.filled(data, report(), CODES)
    with pytest.raises(UnusableForm):
        word_report.filled(data, report())


def test_the_report_has_all_figures_differences_and_definitions() -> None:
    month = report()
    document = docx.Document(BytesIO(word_report.filled(OWN[Sort.REPORT].read_bytes(), month)))
    whole, places, differences = (
        [[one.text for one in row.cells] for row in t.rows] for t in document.tables
    )
    assert [row[5] for row in whole[1:]] == [one.said for one in month.whole.cells]
    assert places[0][1:] == [one.name for one in month.columns]
    assert places[1:] == [[line.name, *(one.said for one in line.cells)] for line in month.lines]
    assert differences[1] == ["计算机配备率", "=乡0", "90.0%", "75.0", "在途"]
    said = "\n".join(one.text for one in document.paragraphs)
    assert all(column.definition in said for column in month.columns)
    assert "{" not in said


def word(*paragraphs: str) -> bytes:
    document: Any = docx.Document()
    for one in paragraphs:
        document.add_paragraph(one)
    written = BytesIO()
    document.save(written)
    return written.getvalue()


@pytest.mark.parametrize(
    "text",
    [
        "{{ nothing_of_this }}",
        "{{ month.__class__.__mro__ }}",
        "{% for one in indicators %}",
        "{{ indicators.append(1) }}",
        "{% for one in range(10000000) %}{% endfor %}",
    ],
)
def test_a_report_reaches_nothing_but_its_figures(text: str) -> None:
    with pytest.raises(UnusableForm):
        word_report.filled(word(text), report())


def test_what_was_typed_is_no_markup() -> None:
    document = docx.Document(BytesIO(word_report.filled(word("{{ county }}"), _named("<安化> & 县"))))
    assert document.paragraphs[0].text == "<安化> & 县"


def _named(county: str) -> MonthReport:
    month = report()
    return MonthReport(
        month=month.month,
        year=month.year,
        number=month.number,
        county=county,
        as_of=month.as_of,
        made_on=month.made_on,
        columns=month.columns,
        whole=month.whole,
        lines=month.lines,
    )
