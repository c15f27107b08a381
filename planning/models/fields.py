"""Money in the database: whole fen, typed and read as yuan."""

from typing import Any

from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from itops.crud.yuan import YuanField
from planning.money.amounts import ABSURD

MOST = 1_000 * ABSURD  # 1,000 亿元: more than a county has ever been given


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


NOT_ABSURD = MaxValueValidator(ABSURD, message=_("No single thing of a county’s townships costs as much."))
A_BUDGET = MaxValueValidator(MOST, message=_("No county has as much."))
