"""Cells as values, where a field alone does not say how: amounts in yuan, formulas that failed, shortened numbers."""

import re
import unicodedata
from decimal import Decimal

_MONEY_WORDS = str.maketrans("", "", "¥元, \u00a0")
_SHORTENED = re.compile(r"\d(\.\d+)?e\+\d{2,3}", re.IGNORECASE)
_DEFUSED = re.compile(r"'+[=+\-@\t\r\n]")
_SPOILED = frozenset("'#0123456789")  # what begins like a spoiled cell; asked first because hardly any does
FORMULA_ERRORS = frozenset(
    ("#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#SPILL!", "#CALC!", "#GETTING_DATA")
)


def as_fen(text: str) -> int | None:
    """An amount in yuan as fen; None when it is none or has parts of a fen."""
    plain = unicodedata.normalize("NFKC", text).translate(_MONEY_WORDS)
    if not re.fullmatch(r"[-+]?[0-9]{1,15}(\.[0-9]{1,8})?", plain):
        return None
    fen = Decimal(plain) * 100
    return int(fen) if fen == int(fen) else None


def yuan(fen: int) -> str:
    """As `as_fen` reads it: 4200.00."""
    sign, whole = ("-" if fen < 0 else ""), abs(fen)
    return f"{sign}{whole // 100}.{whole % 100:02d}"


def is_formula_error(text: str) -> bool:
    return text.upper() in FORMULA_ERRORS


def is_shortened(text: str) -> bool:
    """A long number that a spreadsheet has shortened: 1.23457E+17 has lost its last digits."""
    return bool(_SHORTENED.fullmatch(text))


def unmistakable(text: str) -> str:
    """With an apostrophe where a reader would take the text for a cell that a spreadsheet has spoiled."""
    return f"'{text}" if text[:1] in _SPOILED and _looks_spoiled(text.lstrip("'")) else text


def armed(text: str) -> str:
    """Without the apostrophe by which an export defuses what would be calculated, or taken for spoiled."""
    return (
        text[1:] if text[:1] == "'" and (_DEFUSED.match(text) or _looks_spoiled(text.lstrip("'"))) else text
    )


def _looks_spoiled(text: str) -> bool:
    return is_shortened(text) or is_formula_error(text)
