"""Cells as values: dates as people and spreadsheets write them, whole numbers, amounts of money, yes and no."""

import re
import unicodedata
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation

_DATE = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_SERIAL = re.compile(r"\d{5}")
_MIDNIGHT = re.compile(r"[T ]+0?0:00(:00(\.0+)?)?$")
_SPREADSHEET_DAY_ZERO = date(1899, 12, 30)
_MONEY_WORDS = str.maketrans("", "", "¥元, \u00a0")
_TRUTHS = {
    **dict.fromkeys(("1", "true", "yes", "y", "是", "√", "有"), True),
    **dict.fromkeys(("0", "false", "no", "n", "否", "×", "无"), False),
}
_SHORTENED = re.compile(r"\d(\.\d+)?e\+?\d{1,3}", re.IGNORECASE)
FORMULA_ERRORS = frozenset(
    ("#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#SPILL!", "#CALC!", "#GETTING_DATA")
)


def as_date(text: str) -> date | None:
    """2024-3-1, 2024/03/01, 2024.3.1, 2024年3月1日, 20240301 or a spreadsheet's serial number; else None."""
    plain = _MIDNIGHT.sub("", unicodedata.normalize("NFKC", text).strip())
    found = _DATE.fullmatch(plain) or _COMPACT.fullmatch(plain)
    try:
        if found:
            year, month, day = map(int, found.groups())
            return date(year, month, day)
        if _SERIAL.fullmatch(plain):
            return _SPREADSHEET_DAY_ZERO + timedelta(days=int(plain))
    except ValueError:
        return None
    return None


def as_whole(text: str) -> int | None:
    """A whole number, with or without thousands' commas; else None."""
    plain = unicodedata.normalize("NFKC", text).strip().replace(",", "")
    plain = plain.removesuffix(".0").removesuffix(".00")
    return int(plain) if re.fullmatch(r"[-+]?[0-9]{1,18}", plain) else None


def as_fen(text: str) -> int | None:
    """An amount in yuan as fen; None when it is none or has parts of a fen."""
    plain = unicodedata.normalize("NFKC", text).translate(_MONEY_WORDS)
    if not re.fullmatch(r"[-+]?[0-9]{1,15}(\.[0-9]{1,8})?", plain):
        return None
    try:
        fen = Decimal(plain) * 100
    except InvalidOperation:  # pragma: no cover -- the pattern lets none through
        return None
    return int(fen) if fen == int(fen) else None


def as_truth(text: str) -> bool | None:
    return _TRUTHS.get(unicodedata.normalize("NFKC", text).strip().casefold())


def yuan(fen: int) -> str:
    """As `as_fen` reads it: 4200.00."""
    sign, whole = ("-" if fen < 0 else ""), abs(fen)
    return f"{sign}{whole // 100}.{whole % 100:02d}"


def is_formula_error(text: str) -> bool:
    return text.upper() in FORMULA_ERRORS


def is_shortened(text: str) -> bool:
    """A long number that a spreadsheet has shortened: 1.23457E+17 has lost its last digits."""
    return bool(_SHORTENED.fullmatch(text))
