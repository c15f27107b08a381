"""Types of custom fields: text of a file or form to a value for JSON, and back. No Django."""

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from urllib.parse import urlsplit


class FieldType(StrEnum):
    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    YES_NO = "yes_no"
    CHOICE = "choice"
    CHOICES = "choices"
    LINK = "link"
    PLACE = "place"
    PERSON = "person"


Value = str | int | float | bool | list[str] | None
"""What the column `custom` holds; dates as YYYY-MM-DD, places and people by their number."""

REFERENCES = frozenset({FieldType.PLACE, FieldType.PERSON})
TEXT_AT_MOST = 2000


class Wrong(StrEnum):
    """Why a text is no value of a field."""

    REQUIRED = "required"
    TOO_LONG = "too_long"
    NO_NUMBER = "no_number"
    NO_DATE = "no_date"
    NO_YES_OR_NO = "no_yes_or_no"
    NO_CHOICE = "no_choice"
    NO_LINK = "no_link"
    NOT_FOUND = "not_found"
    AMBIGUOUS = "ambiguous"


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a text, and what would be right where that can be listed."""

    code: Wrong
    text: str
    right: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Spec:
    """What a custom field asks of its values."""

    type: FieldType
    required: bool = False
    choices: tuple[str, ...] = ()


Lookup = Callable[[str], Sequence[int]]
"""From how a file names a place or person to the numbers of those it may mean."""

_YES = frozenset({"1", "yes", "y", "true", "是", "有", "√", "对"})
_NO = frozenset({"0", "no", "n", "false", "否", "无", "×", "没有"})
_DATE = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$")
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?$", re.ASCII)
_SEPARATORS = re.compile(r"[;；、\n]")
_SPREADSHEET_EPOCH = date(1899, 12, 30)


def parse(spec: Spec, text: str, lookup: Lookup | None = None) -> Value | Problem:
    """The value a text stands for; empty text is None. References need the lookup."""
    plain = text.strip()
    if not plain:
        return Problem(Wrong.REQUIRED, text) if spec.required else None
    if spec.type in REFERENCES:
        return _reference(plain, lookup)
    return _PARSERS[spec.type](spec, plain)


def text_of(value: Value, name: Callable[[int], str] | None = None) -> str:
    """How an export writes a value, so that `parse` gives it back; `name` names a place or person."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list):
        return "；".join(value)
    if name is not None and isinstance(value, int):
        return name(value)
    return str(value)


def _text(spec: Spec, text: str) -> Value | Problem:
    return text if len(text) <= TEXT_AT_MOST else Problem(Wrong.TOO_LONG, text[:80])


def _number(spec: Spec, text: str) -> Value | Problem:
    plain = text.replace(",", "").replace("，", "")
    if not _NUMBER.match(plain) or len(plain) > 40:
        return Problem(Wrong.NO_NUMBER, text)
    number = float(plain)
    if not math.isfinite(number):
        return Problem(Wrong.NO_NUMBER, text)
    digits = plain.lstrip("+-")
    return int(plain) if digits.isdigit() and len(digits) <= 18 else number


def _date(spec: Spec, text: str) -> Value | Problem:
    """2026-03-01, 2026/3/1, 2026年3月1日, 20260301, or a spreadsheet's serial number."""
    found = _DATE.match(text)
    try:
        if found:
            return date(*map(int, found.groups())).isoformat()
        if text.isascii() and text.isdigit() and len(text) == 8:
            return date.fromisoformat(text).isoformat()
        if text.isascii() and text.isdigit() and len(text) == 5:
            return (_SPREADSHEET_EPOCH + timedelta(days=int(text))).isoformat()
    except ValueError:
        pass
    return Problem(Wrong.NO_DATE, text)


def _yes_no(spec: Spec, text: str) -> Value | Problem:
    word = text.casefold()
    return word in _YES if word in _YES | _NO else Problem(Wrong.NO_YES_OR_NO, text, ("是", "否"))


def _choice(spec: Spec, text: str) -> Value | Problem:
    return text if text in spec.choices else Problem(Wrong.NO_CHOICE, text, spec.choices)


def _choices(spec: Spec, text: str) -> Value | Problem:
    given = list(dict.fromkeys(part.strip() for part in _SEPARATORS.split(text) if part.strip()))
    wrong = next((part for part in given if part not in spec.choices), None)
    return given if wrong is None else Problem(Wrong.NO_CHOICE, wrong, spec.choices)


def _link(spec: Spec, text: str) -> Value | Problem:
    try:
        parts = urlsplit(text)
    except ValueError:
        return Problem(Wrong.NO_LINK, text)
    usable = parts.scheme in {"http", "https"} and parts.netloc and not re.search(r"[\s\"<>]", text)
    return text if usable and len(text) <= TEXT_AT_MOST else Problem(Wrong.NO_LINK, text[:80])


def _reference(text: str, lookup: Lookup | None) -> Value | Problem:
    found = lookup(text) if lookup else ()
    if len(found) == 1:
        return found[0]
    return Problem(Wrong.AMBIGUOUS if found else Wrong.NOT_FOUND, text)


_PARSERS: dict[FieldType, Callable[[Spec, str], Value | Problem]] = {
    FieldType.TEXT: _text,
    FieldType.NUMBER: _number,
    FieldType.DATE: _date,
    FieldType.YES_NO: _yes_no,
    FieldType.CHOICE: _choice,
    FieldType.CHOICES: _choices,
    FieldType.LINK: _link,
}
