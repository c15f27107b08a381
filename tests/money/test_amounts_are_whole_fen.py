"""Money is whole fen; one rounding rule; what is no price is refused."""

from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as some

from itops.crud.yuan import UnreadableAmount, fen
from planning.money.amounts import (
    ABSURD,
    BadAmount,
    at_least_share_of,
    fault_of_price,
    rounded,
    share_of,
)

AMOUNTS = some.integers(-ABSURD * 1000, ABSURD * 1000)
SHARES = some.integers(0, 10_000)


@given(AMOUNTS, some.integers(1, 10**9))
def test_rounding_is_to_the_nearest_and_a_half_goes_away_from_zero(amount: int, denominator: int):
    exact = 2 * amount - 2 * rounded(amount, denominator) * denominator  # twice what was lost
    assert abs(exact) <= denominator
    if abs(exact) == denominator:
        assert abs(rounded(amount, denominator)) * denominator > abs(amount)


@given(AMOUNTS, SHARES)
def test_a_share_agrees_with_decimal_arithmetic(amount: int, share: int):
    expected = (Decimal(amount) * share / 10_000).quantize(Decimal(1), ROUND_HALF_UP)
    assert share_of(amount, share) == expected


@given(AMOUNTS, SHARES)
def test_a_refund_mirrors_its_payment(amount: int, share: int):
    assert share_of(-amount, share) == -share_of(amount, share)


@given(some.integers(0, ABSURD), SHARES)
def test_what_must_be_matched_is_the_least_that_suffices(amount: int, share: int):
    owed = at_least_share_of(amount, share)
    assert owed * 10_000 >= amount * share > (owed - 1) * 10_000


@given(some.integers(0, 10**15 - 1), some.integers(0, 99))
def test_what_people_write_is_read_to_the_fen(yuan: int, cents: int):
    assert fen(f"{yuan}.{cents:02d}") == fen(f" {yuan}.{cents:02d} ") == yuan * 100 + cents
    assert fen(f"-{yuan:,}.{cents:02d}") == -(yuan * 100 + cents)


def test_one_decimal_is_tenths():
    assert fen("0.5") == 50
    assert fen("1,234.5") == 123_450


@pytest.mark.parametrize(
    "text", ["", "1.234", "1e5", "12,34", "¥5", "五", "１２", "nan", "--1", "1.", ".5", "1 000"]
)
def test_what_is_no_amount_is_refused(text: str):
    with pytest.raises(UnreadableAmount):
        fen(text)


@pytest.mark.parametrize(
    ("price", "fault"),
    [
        (0, None),
        (ABSURD, None),
        (-1, BadAmount.NEGATIVE),
        (ABSURD + 1, BadAmount.ABSURD),
        (1.0, BadAmount.NOT_WHOLE),
        (float("nan"), BadAmount.NOT_WHOLE),
        (True, BadAmount.NOT_WHOLE),
        ("5000", BadAmount.NOT_WHOLE),
        (None, BadAmount.NOT_WHOLE),
    ],
)
def test_negative_and_absurd_prices_are_named(price: object, fault: BadAmount | None):
    assert fault_of_price(price) is fault
