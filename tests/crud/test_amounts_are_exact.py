"""Money and shares are written from whole numbers: to the nearest, however large, in both languages."""

import re
from decimal import ROUND_HALF_UP, Decimal

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as some

from itops.crud.amounts import share, yuan, yuan_in_rows
from planning.money.wording import in_summary

FEN = some.integers(-(10**16), 10**16)


def number(text: str) -> Decimal:
    """What a written amount says."""
    return Decimal(re.sub(r"[,¥%]| .*", "", text).replace("−", "-"))


def to(fen: int, unit: int, places: str) -> Decimal:
    return (Decimal(fen) / unit).quantize(Decimal(places), ROUND_HALF_UP)


@given(FEN)
def test_summaries_are_the_nearest(fen: int) -> None:
    with translation.override("zh-hans"):
        assert number(yuan(fen)) == to(fen, 1_000_000, "0.01")
    with translation.override("en"):
        assert number(yuan(fen)) == to(fen, 100, "1")


@given(FEN)
def test_rows_are_the_nearest_yuan(fen: int) -> None:
    assert number(yuan_in_rows(fen)) == to(fen, 100, "1")


@given(FEN)
def test_every_page_writes_an_amount_alike(fen: int) -> None:
    for language in ("zh-hans", "en"):
        with translation.override(language):
            assert yuan(fen) == in_summary(fen, language)


@given(some.integers(0, 10**12), some.integers(1, 10**12))
def test_shares_are_the_nearest_tenth(part: int, whole: int) -> None:
    assert number(share(part, whole)) == (Decimal(100 * part) / whole).quantize(Decimal("0.1"), ROUND_HALF_UP)


@pytest.mark.parametrize(
    ("fen", "zh", "en"),
    [
        (0, "0.00 万元", "¥0"),
        (-1, "0.00 万元", "¥0"),
        (-49, "0.00 万元", "¥0"),
        (50, "0.00 万元", "¥1"),
        (-150, "0.00 万元", "−¥2"),
        (500_000, "0.50 万元", "¥5,000"),
        (1_234_567_890, "1,234.57 万元", "¥12,345,679"),
    ],
)
def test_examples(fen: int, zh: str, en: str) -> None:
    with translation.override("zh-hans"):
        assert yuan(fen) == zh
    with translation.override("en"):
        assert yuan(fen) == en
