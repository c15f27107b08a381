"""Values as people read them in a preview."""

from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from itops.exchange.columns import Column
from itops.exchange.reading.values import yuan
from itops.exchange.said import LONGEST_SHOWN

NOTHING = "–"


def shown(column: Column, value: Any) -> str:
    """One value of a field; references by what they are called."""
    if value is None or value == "":
        return NOTHING
    if column.refers:
        return _called(column.field, value)
    if column.field.choices:
        return str(dict(column.field.flatchoices).get(value, value))
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if column.name.endswith("_fen"):
        return f"¥{yuan(value)}"
    return str(value)[:LONGEST_SHOWN]


def _called(field: "models.ForeignKey[Any, Any]", pk: Any) -> str:
    found = field.remote_field.model._base_manager.filter(pk=pk).first()
    return str(found) if found is not None else f"#{pk}"
