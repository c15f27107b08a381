"""An amount split by shares, to the last fen."""

from collections.abc import Sequence


def split(amount: int, shares: Sequence[int]) -> tuple[int, ...]:
    """Parts in proportion to the shares that add up to the amount exactly.

    Each part is the exact one cut to whole fen; the fen left over go one each to the largest remainders, of equal
    ones to the earlier. No part is a fen or more away from the exact one; a share of 0 gets nothing.
    """
    whole = sum(shares)
    if whole <= 0 or min(shares) < 0:
        raise ValueError("Shares are whole numbers of which none is negative and one is not 0.")
    if amount < 0:
        return tuple(-part for part in split(-amount, shares))
    parts = [amount * share // whole for share in shares]
    by_remainder = sorted(range(len(shares)), key=lambda one: (-(amount * shares[one] % whole), one))
    for one in by_remainder[: amount - sum(parts)]:
        parts[one] += 1
    return tuple(parts)
