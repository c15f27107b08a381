"""One value as people or programs write it, turned into what the model's field holds; ValidationError says why not."""

import json
import math
import re
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db import models
from django.utils.dateparse import parse_datetime
from django.utils.timezone import get_current_timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from django_stubs_ext import StrOrPromise

from itops.wording import enumerated, filled

Reader = Callable[[Any], Any]

YES = {"true", "yes", "y", "1", "是", "对", "√", "✓", "有"}
NO = {"false", "no", "n", "0", "否", "不", "×", "✗", "无"}
GROUPED = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?")
DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")
ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
DAY_RUN_TOGETHER = re.compile(r"(\d{4})(\d{2})(\d{2})")
SERIAL = range(20_000, 80_000)  # days of a spreadsheet: from 1954 to 2119
SPREADSHEETS_BEGIN = date(1899, 12, 30)
MOST_CHOICES_SAID = 20


def reader_of(field: "models.Field[Any, Any]") -> Reader:
    """Reads a value of this field, empty ones too, and asks the field's own validators."""
    read, empty, validators = _plain_reader(field), empty_value(field), field.validators

    def reader(raw: Any) -> Any:
        if raw is None or (isinstance(raw, str) and not raw.strip()):
            return empty()
        value = read(raw)
        for validator in validators:
            validator(value)
        return value

    return _short_text(field.max_length or 0, reader) if _is_plain_text(field) else reader


def _is_plain_text(field: "models.Field[Any, Any]") -> bool:
    lengths = [type(validator) for validator in field.validators] == [MaxLengthValidator]
    return type(field) is models.CharField and lengths and not field.choices


def _short_text(most: int, reader: Reader) -> Reader:
    """What nearly every cell of text is, is seen at a glance."""

    def text_or_more(raw: Any) -> Any:
        if raw.__class__ is str and 0 < len(written := raw.strip()) <= most and "\x00" not in written:
            return written
        return reader(raw)

    return text_or_more


def empty_value(field: "models.Field[Any, Any]") -> Callable[[], Any]:
    """What an empty cell means: nothing where that may be, else the field's default; or it is required."""
    if field.null:
        return lambda: None
    if field.has_default():
        return field.get_default
    if field.blank and field.empty_strings_allowed:
        return lambda: ""
    return _required


def expected(field: "models.Field[Any, Any]") -> StrOrPromise:
    """What would be right, in words."""
    if field.choices:
        names = [label for _value, label in field.flatchoices]
        return filled(_("one of: %(names)s"), {"names": enumerated(names[:MOST_CHOICES_SAID])})
    for kind, said in _EXPECTED.items():
        if isinstance(field, kind):
            return said
    if isinstance(field, models.CharField) and field.max_length:
        return filled(_("text of at most %(n)d characters"), {"n": field.max_length})
    return _("text")


def _required() -> Any:
    raise ValidationError(_("This field is required."), code="required")


def _plain_reader(field: "models.Field[Any, Any]") -> Reader:
    if field.choices:
        return _choice(field)
    for kind, reader in _READERS.items():
        if isinstance(field, kind):
            return reader
    return field.to_python


def _choice(field: "models.Field[Any, Any]") -> Reader:
    known = dict(_choice_words(field))

    def choice(raw: Any) -> Any:
        word = raw.get("value") if isinstance(raw, dict) else raw
        if isinstance(word, str | int) and (found := known.get(str(word).strip().casefold())) is not None:
            return found
        raise ValidationError(
            _("“%(value)s” is none of the choices."), params={"value": raw}, code="invalid_choice"
        )

    return choice


def _choice_words(field: "models.Field[Any, Any]") -> Iterator[tuple[str, Any]]:
    """Labels in both languages and the stored values, which win where they are the same."""
    for language in ("en", "zh-hans"):
        with override(language):
            yield from ((str(label).casefold(), value) for value, label in field.flatchoices)
    yield from ((str(value).casefold(), value) for value, _label in field.flatchoices)


def text(raw: Any) -> str:
    """Text without spaces around it. A whole number out of a spreadsheet is its digits."""
    if isinstance(raw, float) and raw.is_integer():
        raw = int(raw)
    if isinstance(raw, bool) or not isinstance(raw, str | int | float | Decimal):
        raise ValidationError(_("This is no text."), code="invalid")
    found = str(raw).strip()
    if "\x00" in found:
        raise ValidationError(_("Null characters are not allowed."), code="null_characters_not_allowed")
    return found


def whole_number(raw: Any) -> int:
    number = decimal(raw)
    if number != number.to_integral_value():
        raise ValidationError(_("“%(value)s” is no whole number."), params={"value": raw}, code="invalid")
    return int(number)


def decimal(raw: Any) -> Decimal:
    """Thousands are separated only where nothing else can be meant: "1,234" but not "1,23"."""
    try:
        if isinstance(raw, bool) or not isinstance(raw, str | int | float | Decimal):
            raise InvalidOperation
        written = str(raw).strip()
        found = Decimal(written.replace(",", "") if GROUPED.fullmatch(written) else written)
    except InvalidOperation as wrong:
        raise ValidationError(
            _("“%(value)s” is no number."), params={"value": raw}, code="invalid"
        ) from wrong
    if not found.is_finite() or abs(found.adjusted()) > 30:
        raise ValidationError(_("“%(value)s” is no number."), params={"value": raw}, code="invalid")
    return found


def floating(raw: Any) -> float:
    found = float(decimal(raw))
    if not math.isfinite(found):
        raise ValidationError(_("“%(value)s” is no number."), params={"value": raw}, code="invalid")
    return found


def yes_or_no(raw: Any) -> bool:
    if isinstance(raw, bool):
        return raw
    word = str(raw).strip().casefold()
    if word in YES or word in NO:
        return word in YES
    raise ValidationError(_("“%(value)s” is neither yes nor no."), params={"value": raw}, code="invalid")


def day(raw: Any) -> date:
    """A date as it is written here: 2024-03-01, 2024/3/1, 2024.3.1, 20240301, 2024年3月1日, or a spreadsheet's."""
    if isinstance(raw, datetime):
        return raw.date()
    if isinstance(raw, date):
        return raw
    try:
        written = str(raw).strip()
        return date.fromisoformat(written) if ISO_DAY.fullmatch(written) else _day_written(written)
    except ValueError as wrong:
        raise ValidationError(
            _("“%(value)s” is no date."), params={"value": raw}, code="invalid_date"
        ) from wrong


def _day_written(written: str) -> date:
    if written.removesuffix(".0").isascii() and written.removesuffix(".0").isdigit():
        number = written.removesuffix(".0")
        if len(number) == 5 and int(number) in SERIAL:
            return SPREADSHEETS_BEGIN + timedelta(days=int(number))
    found = DAY.fullmatch(_without_midnight(written)) or DAY_RUN_TOGETHER.fullmatch(written)
    if not found:
        raise ValueError(written)
    return date(*(int(part) for part in found.groups()))


def _without_midnight(written: str) -> str:
    return re.sub(r"[ T]0?0:00(:00(\.0+)?)?$", "", written)


def moment(raw: Any) -> datetime:
    """An instant; without a zone it is the county's local time."""
    try:
        found = raw if isinstance(raw, datetime) else parse_datetime(str(raw).strip())
    except ValueError:
        found = None
    if found is None:
        given = day(raw)
        found = datetime(given.year, given.month, given.day, tzinfo=get_current_timezone())
    if found.tzinfo is None:
        return found.replace(tzinfo=get_current_timezone())
    return _in_local_time(found)


def _in_local_time(found: datetime) -> datetime:
    """PostgreSQL knows no zone that is more than 16 hours from Greenwich, Python does."""
    try:
        return found.astimezone(get_current_timezone())
    except OverflowError as wrong:
        raise ValidationError(
            _("“%(value)s” is no date."), params={"value": found}, code="invalid_date"
        ) from wrong


def structured(raw: Any) -> Any:
    """JSON, as itself or as text."""
    try:
        found = json.loads(raw) if isinstance(raw, str) else raw
        if "\\u0000" in json.dumps(found, allow_nan=False):
            raise ValueError("PostgreSQL keeps no null characters")
    except (ValueError, TypeError, RecursionError) as wrong:
        raise ValidationError(_("This is no JSON."), code="invalid") from wrong
    return found


# The first that fits counts, so the narrower kinds come first.
_READERS: dict[type[Any], Reader] = {
    models.BooleanField: yes_or_no,
    models.DateTimeField: moment,
    models.DateField: day,
    models.IntegerField: whole_number,
    models.DecimalField: decimal,
    models.FloatField: floating,
    models.JSONField: structured,
    models.CharField: text,
    models.TextField: text,
}
_EXPECTED: dict[type[Any], StrOrPromise] = {
    models.ForeignKey: _("the name of one that is recorded"),
    models.BooleanField: _("yes or no"),
    models.DateTimeField: _("a time such as 2024-03-01 08:30"),
    models.DateField: _("a date such as 2024-03-01"),
    models.IntegerField: _("a whole number"),
    models.DecimalField: _("a number"),
    models.FloatField: _("a number"),
    models.JSONField: _("a JSON object"),
}
