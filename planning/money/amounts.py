"""Whole fen and basis points. The one rounding rule: to the nearest, and a half goes away from zero."""

import re
from enum import StrEnum

FEN = 100  # in a yuan
WAN = 10_000 * FEN  # 万元
WHOLE = 10_000  # basis points
ABSURD = 10_000 * WAN  # 1 亿元: no single thing of a county's townships costs as much

WRITTEN = re.compile(r"(-?)([0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,15})(?:\.([0-9]{1,2}))?")


class BadAmount(StrEnum):
    """Why a number is no price."""

    NOT_WHOLE = "not_whole"  # not an int: money is never a float
    NEGATIVE = "negative"
    ABSURD = "absurd"


class UnreadableAmount(ValueError):
    """What was written is no amount in yuan with at most two decimals."""


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


def fen(text: str) -> int:
    """An amount in yuan as people write it: `1,234.5` is 123450. A third decimal is refused, not rounded."""
    found = WRITTEN.fullmatch(text.strip())
    if not found:
        raise UnreadableAmount(text)
    sign, yuan, rest = found.groups()
    whole = int(yuan.replace(",", "")) * FEN + int((rest or "").ljust(2, "0"))
    return -whole if sign else whole


def fault_of_price(price: object) -> BadAmount | None:
    """What keeps this from being a price in fen; None when it is one. Nothing is a price too: 0."""
    if type(price) is not int:
        return BadAmount.NOT_WHOLE
    if price < 0:
        return BadAmount.NEGATIVE
    return BadAmount.ABSURD if price > ABSURD else None
