"""Whole fen and basis points. The one rounding rule: to the nearest, and a half goes away from zero."""

from enum import StrEnum

FEN = 100  # in a yuan
WAN = 10_000 * FEN  # 万元
WHOLE = 10_000  # basis points
ABSURD = 10_000 * WAN  # 1 亿元: no single thing of a county's townships costs as much


class BadAmount(StrEnum):
    """Why a number is no price."""

    NOT_WHOLE = "not_whole"  # not an int: money is never a float
    NEGATIVE = "negative"
    ABSURD = "absurd"


def rounded(numerator: int, denominator: int) -> int:
    """A fraction to the nearest whole number; a half goes away from zero, so a refund mirrors its payment."""
    if denominator <= 0:
        raise ValueError(denominator)
    nearest = (2 * abs(numerator) + denominator) // (2 * denominator)
    return nearest if numerator >= 0 else -nearest


def share_of(fen: int, basis_points: int) -> int:
    """So many basis points of an amount, rounded by the rule."""
    return rounded(fen * basis_points, WHOLE)


def at_least_share_of(fen: int, basis_points: int) -> int:
    """The fewest whole fen that are no less than the share: what a county that must match owes."""
    return -(-fen * basis_points // WHOLE)


def fault_of_price(price: object) -> BadAmount | None:
    """What keeps this from being a price in fen; None when it is one. Nothing is a price too: 0."""
    if type(price) is not int:
        return BadAmount.NOT_WHOLE
    if price < 0:
        return BadAmount.NEGATIVE
    return BadAmount.ABSURD if price > ABSURD else None
