"""Dates, numbers, amounts and yes or no are understood as people and spreadsheets write them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from itops.exchange.reading.values import as_date, as_fen, as_truth, as_whole, is_shortened, yuan


@pytest.mark.parametrize(
    "text",
    [
        *(
            "2024-3-1",
            "2024-03-01",
            "2024/3/1",
            "2024/03/01",
            "2024.3.1",
            "2024年3月1日",
            "20240301",
            "45352",
        ),
        *("2024-03-01 00:00:00", "2024-03-01T00:00:00", "２０２４年３月１日", "2024 年 3 月 1 日"),
    ],
)
def test_a_date_however_it_is_written(text: str) -> None:
    assert as_date(text) == date(2024, 3, 1)


@pytest.mark.parametrize(
    "text", ["", "2024", "2024-02-30", "24-3-1", "3/1/2024", "明天", "2024-03", "0", "1234567"]
)
def test_what_is_no_date_or_could_be_two_is_none(text: str) -> None:
    assert as_date(text) is None


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        ("4200", 420_000),
        ("4,200.50", 420_050),
        ("¥4200", 420_000),
        ("4200元", 420_000),
        ("￥1.5", 150),
        ("-3", -300),
    ],
)
def test_amounts_in_yuan(text: str, fen: int) -> None:
    assert as_fen(text) == fen


@pytest.mark.parametrize("text", ["", "1.005", "很多", "1e5", "0x10", "一万", "1.2.3", "NaN", "Infinity"])
def test_no_amounts(text: str) -> None:
    assert as_fen(text) is None


@given(st.integers(-(10**14), 10**14))
def test_an_amount_comes_back_as_it_was_written(fen: int) -> None:
    assert as_fen(yuan(fen)) == fen


def test_whole_numbers_and_yes_and_no() -> None:
    assert [as_whole(text) for text in ("6", "1,200", "６", "6.0", "6.5", "", "六")] == [
        6,
        1200,
        6,
        6,
        None,
        None,
        None,
    ]
    assert [as_truth(text) for text in ("是", "否", "TRUE", "no", "也许")] == [True, False, True, False, None]


def test_a_number_that_a_spreadsheet_has_shortened_is_noticed() -> None:
    assert is_shortened("1.23457E+17")
    assert not is_shortened("12E")
    assert not is_shortened("E5")


@given(st.text(max_size=30))
def test_no_text_makes_them_stumble(text: str) -> None:
    for read in (as_date, as_fen, as_whole, as_truth):
        read(text)
