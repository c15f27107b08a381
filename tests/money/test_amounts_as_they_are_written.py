"""万元 with two decimals, yuan with thousands; never through a float."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from itops.crud.yuan import fen
from planning.money.wording import exactly, in_percent, in_row, in_summary


@pytest.mark.parametrize(
    ("amount", "chinese", "english"),
    [
        (90_595_000, "90.60 万元", "¥905,950"),
        (90_594_999, "90.59 万元", "¥905,950"),
        (0, "0.00 万元", "¥0"),
        (-90_595_000, "−90.60 万元", "−¥905,950"),
        (10**19 + 5000, "10,000,000,000,000.01 万元", "¥100,000,000,000,000,050"),
    ],
)
def test_summaries(amount: int, chinese: str, english: str):
    assert in_summary(amount, "zh-hans") == chinese
    assert in_summary(amount, "en") == english


def test_rows_show_fen_where_there_are_any():
    assert [in_row(one) for one in (1_800_000, 1_800_050, -1_800_000, 5)] == [
        "18,000",
        "18,000.50",
        "−18,000",
        "0.05",
    ]


def test_ledgers_show_both_decimals():
    assert exactly(1_800_000, "zh-hans") == "18,000.00 元"
    assert exactly(-1_800_001, "en") == "−¥18,000.01"


def test_percentages_have_the_decimals_they_need():
    assert [in_percent(one) for one in (8300, 1250, 1255, 0, -50, 10_000)] == [
        *("83%", "12.5%", "12.55%", "0%", "−0.5%", "100%")
    ]


@given(some.integers(0, 10**16))
def test_what_is_written_in_a_row_is_read_back(amount: int):
    assert fen(in_row(amount)) == amount
