"""Money in the database: whole fen, typed and read as yuan."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from planning.money.amounts import ABSURD, FEN, UnreadableAmount, fen

MOST = 1_000 * ABSURD  # 1,000 亿元: more than a county has ever been given


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


class FenField(models.BigIntegerField):  # type: ignore[type-arg]
    """Whole fen; forms ask for yuan."""

    def formfield(self, *given: Any, **more: Any) -> Any:
        label = str(self.verbose_name)
        return YuanField(
            label=label[:1].upper() + label[1:],
            required=not self.blank,
            help_text=self.help_text or _("in yuan"),
            initial=self.get_default() if self.has_default() else None,
            validators=self.validators,
        )


NOT_NEGATIVE = MinValueValidator(0, message=_("Money is not negative here."))
NOT_ABSURD = MaxValueValidator(ABSURD, message=_("No single thing of a county’s townships costs as much."))
A_BUDGET = MaxValueValidator(MOST, message=_("No county has as much."))
