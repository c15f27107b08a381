"""Amounts as they are written: 万元 with two decimals in Chinese summaries, yuan elsewhere. Integers throughout."""

from planning.money.amounts import FEN, WAN, rounded

CENTS = 100  # of a 万元, and of a yuan


def in_summary(fen: int, language: str) -> str:
    """For headlines and totals: `90.59 万元`, `¥905,950`."""
    if language.startswith("zh"):
        return f"{to_the_fen(rounded(fen * CENTS, WAN))} 万元"
    whole = rounded(fen, FEN)
    return f"−¥{-whole:,}" if whole < 0 else f"¥{whole:,}"


def in_row(fen: int) -> str:
    """For table cells under a head that names the yuan: fen are shown where there are any."""
    if fen % FEN:
        return to_the_fen(fen)
    return f"−{-fen // FEN:,}" if fen < 0 else f"{fen // FEN:,}"


def exactly(fen: int, language: str) -> str:
    """For lines of a ledger: always with both decimals."""
    written = to_the_fen(fen)
    if language.startswith("zh"):
        return f"{written} 元"
    return written.replace("−", "−¥") if fen < 0 else f"¥{written}"


def in_percent(basis_points: int) -> str:
    """`83 %` is written 83%, and 12.5 % with the decimals it needs."""
    return f"{to_the_fen(basis_points).rstrip('0').rstrip('.')}%"


def to_the_fen(hundredths: int) -> str:
    """With both decimals, always."""
    sign = "−" if hundredths < 0 else ""
    whole, rest = divmod(abs(hundredths), CENTS)
    return f"{sign}{whole:,}.{rest:02d}"
