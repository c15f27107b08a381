"""Splitting loses no fen and favours nobody by a whole one."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as some

from planning.money.splitting import split

SHARES = some.lists(some.integers(0, 10**12), min_size=1, max_size=30).filter(any)
AMOUNTS = some.integers(-(10**13), 10**13)


@given(AMOUNTS, SHARES)
def test_the_parts_add_up(amount: int, shares: list[int]):
    assert sum(split(amount, shares)) == amount


@given(AMOUNTS, SHARES)
def test_no_part_is_a_fen_away_from_the_exact_one(amount: int, shares: list[int]):
    exact = [Fraction(amount * share, sum(shares)) for share in shares]
    assert all(abs(part - right) < 1 for part, right in zip(split(amount, shares), exact, strict=True))


@given(AMOUNTS, SHARES)
def test_nobody_without_a_share_gets_anything(amount: int, shares: list[int]):
    assert not any(part for part, share in zip(split(amount, shares), shares, strict=True) if not share)


@given(some.integers(0, 10**13), SHARES)
def test_who_has_the_larger_share_never_gets_less(amount: int, shares: list[int]):
    pairs = sorted(zip(shares, split(amount, shares), strict=True))
    parts = [part for _share, part in pairs]
    assert parts == sorted(parts)


@given(AMOUNTS, SHARES)
def test_a_refund_is_split_like_its_payment(amount: int, shares: list[int]):
    assert split(-amount, shares) == tuple(-part for part in split(amount, shares))


def test_fen_left_over_go_to_the_largest_remainders_then_to_the_earlier():
    assert split(100, [1, 1, 1]) == (34, 33, 33)
    assert split(101, [10, 45, 45]) == (10, 46, 45)


@pytest.mark.parametrize("shares", [[], [0], [0, 0], [-1, 2]])
def test_shares_of_nothing_are_refused(shares: list[int]):
    with pytest.raises(ValueError, match="Shares"):
        split(100, shares)
