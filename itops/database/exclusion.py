"""Rows that may not overlap, also where a field of the rule's condition is refused already."""

from collections.abc import Iterable
from typing import Any

from django.contrib.postgres.constraints import ExclusionConstraint
from django.db import DEFAULT_DB_ALIAS, models


class Exclusion(ExclusionConstraint):
    """Django's own, which fails when it is asked without a field that its condition names."""

    def deconstruct(self) -> Any:
        _path, given, named = super().deconstruct()
        return "django.contrib.postgres.constraints.ExclusionConstraint", given, named

    def validate(
        self,
        model: type[models.Model],
        instance: models.Model,
        exclude: Iterable[str] | None = None,
        using: str = DEFAULT_DB_ALIAS,
    ) -> None:
        refused = set(exclude or ())
        if self.condition and self._expression_refs_exclude(model, self.condition, refused):  # type: ignore[attr-defined]
            return
        super().validate(model, instance, refused, using)
