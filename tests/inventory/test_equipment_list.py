"""A list of equipment is read as people have it; all that is wrong comes back at once, with what is right."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inventory.equipment_list import (
    MOST_BYTES,
    Column,
    Known,
    Line,
    Outcome,
    Trouble,
    on_the_books,
    read,
)
from inventory.marks.kind import Kind
from itops.exchange.reading.words import key

PLACES = {1: "清塘铺镇", 2: "安化县 城关镇", 3: "桃江县 城关镇"}
KNOWN = Known(
    kinds={"电脑": Kind.COMPUTER, "computer": Kind.COMPUTER, "ups": Kind.UPS, "打印机": Kind.PRINTER},
    places={
        "清塘铺镇": frozenset({1}),
        "qingtangputown": frozenset({1}),
        "城关镇": frozenset({2, 3}),
        "安化县城关镇": frozenset({2}),
    },
    kind_names=["电脑", "UPS", "打印机"],
    place_names=PLACES,
)
GOOD = "名称,类别,乡镇\n财政所电脑,电脑,清塘铺镇\n机房UPS,ups,安化县城关镇\n"
LINES = [Line(2, "财政所电脑", Kind.COMPUTER, 1), Line(3, "机房UPS", Kind.UPS, 2)]


def troubles(outcome: Outcome) -> list[tuple[int, Column | None, Trouble]]:
    return [(problem.row, problem.column, problem.trouble) for problem in outcome.problems]


def only(text: str) -> tuple[int, Column | None, Trouble]:
    outcome = read(text.encode(), KNOWN)
    assert len(outcome.problems) == 1, outcome.problems
    return troubles(outcome)[0]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16", "utf-16-le", "utf-16-be"]
)
@pytest.mark.parametrize("delimiter", [",", "\t", ";", "，"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_usual_encoding_delimiter_and_line_end_reads_the_same(
    encoding: str, delimiter: str, end: str
) -> None:
    text = GOOD.replace(",", delimiter).replace("\n", end)
    outcome = read(text.encode(encoding), KNOWN)
    assert (outcome.lines, outcome.problems) == (LINES, [])


def test_english_headings_in_another_order_and_other_columns_are_fine() -> None:
    outcome = read(b"no,Township,KIND,price, Name\n1,Qingtangpu Town,Computer,100,PC 1\n", KNOWN)
    assert outcome.lines == [Line(2, "PC 1", Kind.COMPUTER, 1)]
    assert outcome.unread == ["no", "price"]


def test_a_title_above_the_headings_and_empty_rows_are_passed_over_but_counted() -> None:
    outcome = read(f"安化县设备台账,,\n\n{GOOD}\n,,\n打印,打印机,无此镇\n".encode(), KNOWN)
    assert [line.row for line in outcome.lines] == [4, 5]
    assert troubles(outcome) == [(8, Column.TOWNSHIP, Trouble.UNKNOWN_TOWNSHIP)]


def test_everything_wrong_is_said_at_once_in_the_order_of_rows() -> None:
    outcome = read("名称,类别,乡镇\n,飞机,清塘铺\n电脑1,,城关镇\n好,电脑,清塘铺镇\n".encode(), KNOWN)
    assert troubles(outcome) == [
        (2, Column.NAME, Trouble.EMPTY),
        (2, Column.KIND, Trouble.UNKNOWN_KIND),
        (2, Column.TOWNSHIP, Trouble.UNKNOWN_TOWNSHIP),
        (3, Column.KIND, Trouble.EMPTY),
        (3, Column.TOWNSHIP, Trouble.SEVERAL_TOWNSHIPS),
    ]
    right = {problem.trouble: problem.right for problem in outcome.problems}
    assert right[Trouble.UNKNOWN_KIND] == ("电脑", "UPS", "打印机")
    assert right[Trouble.UNKNOWN_TOWNSHIP] == ("清塘铺镇",)
    assert right[Trouble.SEVERAL_TOWNSHIPS] == ("安化县 城关镇", "桃江县 城关镇")


def test_cells_that_were_merged_are_empty_below_the_first() -> None:
    outcome = read("名称,类别,乡镇\n甲,电脑,清塘铺镇\n乙,,\n丙,,\n".encode(), KNOWN)
    assert {(problem.row, problem.trouble) for problem in outcome.problems} == {
        (3, Trouble.EMPTY),
        (4, Trouble.EMPTY),
    }


def test_a_row_twice_names_the_earlier_row() -> None:
    outcome = read("名称,类别,乡镇\n甲,电脑,清塘铺镇\n乙,电脑,清塘铺镇\n甲,电脑,清塘铺镇\n".encode(), KNOWN)
    assert [(problem.row, problem.trouble, problem.right) for problem in outcome.problems] == [
        (4, Trouble.REPEATED, ("2",))
    ]


def test_what_is_recorded_already_is_named_by_its_number() -> None:
    [problem] = on_the_books(LINES, {("机房UPS", Kind.UPS, 2): "AH-CG-0001"})
    assert (problem.row, problem.trouble, problem.right) == (3, Trouble.ON_THE_BOOKS, ("AH-CG-0001",))


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", (0, None, Trouble.NO_ROWS)),
        ("\n\n,,\n", (0, None, Trouble.NO_ROWS)),
        ("名称,类别,乡镇\n", (0, None, Trouble.NO_ROWS)),
        ("名称,乡镇\n甲,清塘铺镇\n", (1, None, Trouble.NO_HEADING)),
        ("名称,类别,乡镇,设备名称\n甲,电脑,清塘铺镇,乙\n", (1, None, Trouble.HEADING_TWICE)),
        ("名称,类别,乡镇\n甲,乙,电脑,清塘铺镇\n", (2, None, Trouble.TOO_MANY_CELLS)),
        ('名称,类别,乡镇\n"甲,电脑,清塘铺镇\n', (2, None, Trouble.BROKEN_QUOTES)),
        ('名称,类别,乡镇\n"甲\n乙",电脑,清塘铺镇\n', (2, Column.NAME, Trouble.LINE_BREAK)),
        (f"名称,类别,乡镇\n{'长' * 121},电脑,清塘铺镇\n", (2, Column.NAME, Trouble.TOO_LONG)),
        ("名称,类别,乡镇\n" + "甲,电脑,清塘铺镇\n" * 20_100, (0, None, Trouble.TOO_MANY_ROWS)),
    ],
)
def test_each_kind_of_rubbish_has_its_name(text: str, problem: tuple[int, Column | None, Trouble]) -> None:
    if problem[2] == Trouble.TOO_MANY_CELLS:
        assert problem in troubles(read(text.encode(), KNOWN))
    else:
        assert only(text) == problem


@pytest.mark.parametrize(
    ("data", "trouble"),
    [
        (b"x" * (MOST_BYTES + 1), Trouble.TOO_LARGE),
        (b"PK\x03\x04\x14\x00\x06\x00", Trouble.SPREADSHEET),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Trouble.SPREADSHEET),
        (b"\x89PNG\r\n\x1a\n\xff\xff\xff", Trouble.NOT_TEXT),
        (b"\xff\xfe\x00", Trouble.NOT_TEXT),
        (b"\x00\x00\x00\x00", Trouble.NOT_TEXT),
    ],
)
def test_a_file_that_is_no_csv_is_called_what_it_is(data: bytes, trouble: Trouble) -> None:
    assert troubles(read(data, KNOWN)) == [(0, None, trouble)]


def test_words_are_compared_without_spaces_case_and_full_width_forms() -> None:
    assert key(" ＵＰＳ ") == key("ups")
    assert key("清塘铺 镇\u3000") == "清塘铺镇"


@given(st.binary(max_size=400))
def test_no_bytes_make_it_stumble(data: bytes) -> None:
    outcome = read(data, KNOWN)
    assert outcome.problems or outcome.lines


@given(st.text(max_size=200))
def test_no_text_under_good_headings_makes_it_stumble(text: str) -> None:
    outcome = read(f"名称,类别,乡镇\n{text}".encode(errors="replace"), KNOWN)
    assert outcome.problems or outcome.lines


NAMES = st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=20)


@given(st.lists(NAMES, min_size=1, unique=True))
def test_every_good_row_comes_out_once_in_order(names: list[str]) -> None:
    text = "名称,类别,乡镇\n" + "".join(f"{name},电脑,清塘铺镇\n" for name in names)
    outcome = read(text.encode(), KNOWN)
    assert outcome.problems == []
    assert [line.name for line in outcome.lines] == names
