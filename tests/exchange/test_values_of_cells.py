"""Amounts are understood as people write them; what a spreadsheet has spoiled is noticed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from itops.crud.csv_out import defused
from itops.exchange.reading.values import armed, as_fen, is_formula_error, is_shortened, unmistakable, yuan


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


def test_a_number_that_a_spreadsheet_has_shortened_is_noticed() -> None:
    assert is_shortened("1.23457E+17")
    for text in ("12E", "E5", "1E5", "1e100", "12+03"):
        assert not is_shortened(text)


@given(st.text(max_size=30))
def test_no_text_makes_them_stumble(text: str) -> None:
    as_fen(text)
    armed(text)
    is_shortened(text)


@given(st.text("'=+-@1a", max_size=6) | st.from_regex(r"\A'*(1(\.5)?[eE]\+17|#REF!|#n/a)\Z"))
def test_a_defused_cell_comes_back_as_it_was(text: str) -> None:
    written = defused(unmistakable(text))
    assert armed(written) == text
    assert not is_shortened(written)
    assert not is_formula_error(written)
