"""Money as people type it: yuan, kept as whole fen."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.utils.translation import gettext_lazy as _

FEN = 100  # in a yuan
NOT_NEGATIVE = MinValueValidator(0, message=_("Money is not negative here."))
WRITTEN = re.compile(r"(-?)([0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,15})(?:\.([0-9]{1,2}))?")


class UnreadableAmount(ValueError):
    """What was written is no amount in yuan with at most two decimals."""


def fen(text: str) -> int:
    """An amount in yuan as people write it: `1,234.5` is 123450. A third decimal is refused, not rounded."""
    found = WRITTEN.fullmatch(text.strip())
    if not found:
        raise UnreadableAmount(text)
    sign, yuan, rest = found.groups()
    whole = int(yuan.replace(",", "")) * FEN + int((rest or "").ljust(2, "0"))
    return -whole if sign else whole


class YuanField(forms.Field):
    """Typed as `1,234.5`, kept as 123450."""

    def to_python(self, value: Any) -> int | None:
        if value in self.empty_values:
            return None
        try:
            return fen(str(value))
        except UnreadableAmount:
            raise ValidationError(
                _("This is no amount in yuan with at most two decimals."), code="amount"
            ) from None

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, int):
            return value
        sign = "-" if value < 0 else ""
        return f"{sign}{abs(value) // FEN}.{abs(value) % FEN:02d}"
