"""A table comes out of every usual file; a file that is none, or means harm, is called what it is."""

from contextlib import suppress
from datetime import date as day

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from itops.exchange.reading import sheets, spreadsheet
from itops.exchange.reading.faults import Fault, Unreadable
from itops.exchange.reading.sheets import MOST_BYTES, Found, meant, read
from tests.support.old_workbooks import Cell, old_workbook
from tests.support.samples import archive, bomb
from tests.support.workbooks import open_document, sparse, with_sheet, workbook

COLUMNS = {"名称": "name", "日期": "day", "name": "name"}
ROWS = [["名称", "日期"], ["甲", "2024-03-01"], ["乙", ""]]
TEXT = "名称,日期\n甲,2024-03-01\n乙,\n"


def found(data: bytes) -> Found:
    return meant(read(data), COLUMNS.get)


def fault(data: bytes) -> Fault:
    with pytest.raises(Unreadable) as refused:
        found(data)
    return refused.value.fault


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_text_in_any_usual_encoding(encoding: str, delimiter: str) -> None:
    data = TEXT.replace(",", delimiter).encode(encoding)
    assert found(data).rows == [(2, ["甲", "2024-03-01"]), (3, ["乙", ""])]


@pytest.mark.parametrize(
    "data", [workbook(ROWS), open_document(ROWS), old_workbook(ROWS)], ids=["xlsx", "ods", "xls"]
)
def test_spreadsheets(data: bytes) -> None:
    read_from = found(data)
    assert read_from.sheet == "台账"
    assert [cells[0] for _, cells in read_from.rows] == ["甲", "乙"]


def test_titles_above_the_heading_are_passed_over_and_rows_keep_their_numbers() -> None:
    assert found(workbook([["安化县设备台账"], [], *ROWS])).rows[0][0] == 4


def test_the_sheet_with_the_heading_is_meant_not_the_first() -> None:
    def another(book, sheet):
        book.add_worksheet("数据").write_row(0, 0, ["名称", "日期"])

    assert found(workbook([["说明"], ["名称"]], also=another)).sheet == "数据"


def test_a_wrong_sheet_is_said_with_the_names_of_all() -> None:
    with pytest.raises(Unreadable) as refused:
        found(workbook([["什么"], ["都没有"]]))
    assert (refused.value.fault, refused.value.right) == (Fault.NO_HEADING, ("台账",))


def test_rows_without_headings_in_a_file_without_sheets_are_said_with_their_first_cells() -> None:
    with pytest.raises(Unreadable) as refused:
        found("\nAH-1,台式电脑,1\nAH-2,台式电脑,2\n".encode())
    assert (refused.value.fault, refused.value.row) == (Fault.UNKNOWN_HEADINGS, 2)
    assert refused.value.value == "AH-1, 台式电脑, 1"


def test_cells_merged_downward_count_for_all_their_rows_and_merged_across_for_the_first() -> None:
    def merge(book, sheet):
        sheet.merge_range("A2:A4", "同一")
        sheet.merge_range("B5:C5", "一格")

    rows = found(workbook([["名称", "日期", "x"], [], ["", "1"], ["", "2"], ["乙"]], also=merge)).rows
    assert [cells[0] for _, cells in rows] == ["同一", "同一", "同一", "乙"]
    assert rows[3][1][:3] == ["乙", "一格", ""]


def test_a_merged_title_does_not_run_into_the_rows() -> None:
    def merge(book, sheet):
        sheet.merge_range("A1:B2", "名称")

    assert found(workbook([[], [], ["甲", "1"]], also=merge)).rows == [(3, ["甲", "1"])]


def test_a_formula_that_failed_is_seen_and_not_taken_for_an_empty_cell() -> None:
    def fail(book, sheet):
        sheet.write_formula("B2", "=A1", None, "#REF!")

    assert found(workbook([["名称", "日期"], ["甲"]], also=fail)).rows == [(2, ["甲", "#REF!"])]


def test_dates_and_numbers_become_text() -> None:
    def date(book, sheet):
        sheet.write_datetime("B2", day(2024, 3, 1), book.add_format({"num_format": "yyyy-m-d"}))

    rows = found(workbook([["名称", "日期"], [1207], [True, 1.5]], also=date)).rows
    assert rows == [(2, ["1207", "2024-03-01"]), (3, ["TRUE", "1.5"])]


def test_dates_and_numbers_of_an_old_spreadsheet_too() -> None:
    rows: list[list[Cell]] = [["安化县设备台账"], ["名称", "日期"], [1207.0, day(2024, 3, 1)], ["乙", 1.5]]
    assert found(old_workbook(rows)).rows == [(3, ["1207", "2024-03-01"]), (4, ["乙", "1.5"])]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", Fault.NO_ROWS),
        (b"\n,,\n", Fault.NO_ROWS),
        (workbook([]), Fault.NO_ROWS),
        ("价格,电话\n1,2\n".encode(), Fault.UNKNOWN_HEADINGS),
        ("名称,日期,name\n1,2,3\n".encode(), Fault.HEADING_TWICE),
        (b"\x89PNG\r\n\x1a\n\xff\xff\xff", Fault.NOT_TEXT),
        ('名称\n"甲'.encode(), Fault.BROKEN_QUOTES),
        (b"PK\x03\x04rubbish", Fault.BROKEN_SPREADSHEET),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), Fault.BROKEN_SPREADSHEET),
        (archive({"a.txt": b"no spreadsheet"}), Fault.BROKEN_SPREADSHEET),
        (workbook(ROWS)[:-200], Fault.BROKEN_SPREADSHEET),
        (old_workbook(ROWS)[:1200], Fault.BROKEN_SPREADSHEET),
        (bomb(700), Fault.TOO_MUCH_INSIDE),
        (sparse(), Fault.TOO_MUCH_INSIDE),
        (b"x" * (MOST_BYTES + 1), Fault.TOO_LARGE),
    ],
    ids=lambda value: value.value if isinstance(value, Fault) else "",
)
def test_each_unusable_file_has_its_name(data: bytes, expected: Fault) -> None:
    assert fault(data) == expected


def test_one_that_needs_more_memory_than_it_may_have_is_not_called_damaged(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(spreadsheet, "MOST_MEGABYTES", 250)
    assert fault(with_sheet("<row>" + "<c><v>1</v></c>" * 2_000_000 + "</row>")) == Fault.TOO_MUCH_INSIDE


def test_more_rows_than_are_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "MOST_ROWS", 2)
    assert fault(TEXT.encode() + "丙,\n".encode() * 20) == Fault.TOO_MANY_ROWS


@settings(deadline=None)
@given(st.binary(max_size=500))
def test_no_bytes_make_it_stumble(data: bytes) -> None:
    with suppress(Unreadable):
        found(data)


@settings(max_examples=12, deadline=None)
@given(st.text(max_size=200), st.binary(max_size=200))
def test_no_rubbish_inside_a_spreadsheet_makes_it_stumble(text: str, rubbish: bytes) -> None:
    for data in (with_sheet(text), workbook(ROWS)[:2000] + rubbish + workbook(ROWS)[2100:]):
        with suppress(Unreadable):
            found(data)
