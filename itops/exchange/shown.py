"""Values as people read them in a preview."""

from typing import Any

from django.db.models import Model
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from itops.exchange.columns import Column
from itops.exchange.reading.values import yuan
from itops.exchange.said import LONGEST_SHOWN
from itops.extras.custom_fields import export_text
from itops.extras.field_types import REFERENCES, FieldType
from itops.extras.models import CustomField
from itops.organisation.models import Person, Place
from itops.wording import enumerated, in_fen

NOTHING = "–"


def shown(column: Column, value: Any) -> StrOrPromise:
    """One value of a field; references by what they are called."""
    if column.own is not None:
        return _of_own(column.own, value)[:LONGEST_SHOWN] or NOTHING
    if column.several is not None:
        names = sorted(column.several.named(value).values())
        return enumerated(names) if names else NOTHING
    if value is None or value == "":
        return NOTHING
    if column.refers:
        return _called(column.field.remote_field.model, value)
    if column.field.choices:
        label: StrOrPromise = dict(column.field.flatchoices).get(value, str(value))
        return label
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if in_fen(column.name):
        return f"¥{yuan(value)}"
    return str(value)[:LONGEST_SHOWN]


def _of_own(field: CustomField, value: Any) -> str:
    if FieldType(field.type) in REFERENCES and value is not None:
        return _called(Place if field.type == FieldType.PLACE else Person, value)
    return export_text(field, value)


def _called(model: type[Model], pk: Any) -> str:
    found = model._base_manager.filter(pk=pk).first()
    return str(found) if found is not None else f"#{pk}"
