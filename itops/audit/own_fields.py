"""What a change tells of the county's own fields: their values stand together in one column, under their keys."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.db.models import Model

from itops.audit.models import Change
from itops.extras.field_types import FieldType
from itops.extras.models import CustomField
from itops.organisation.models import Person, Place

OWN = "custom"  # the column
REFERRED: Mapping[str, type[Model]] = {FieldType.PLACE.value: Place, FieldType.PERSON.value: Person}
OwnFields = Mapping[tuple[str, str], CustomField]
"""By the model's label and the field's key; archived ones too."""


def own_fields(changes: Iterable[Change]) -> OwnFields:
    """Those of which the changes tell; asked only if there are any."""
    models = {change.model for change in changes for _part in parts(change)}
    found = CustomField.objects.filter(model__in=models) if models else ()
    return {(one.model, one.key): one for one in found}


def parts(change: Change) -> Iterator[tuple[str, Any, Any]]:
    """Key, old and new of each that is not what it was."""
    before, after = (dict((values or {}).get(OWN) or {}) for values in (change.before, change.after))
    for key in {**before, **after}:
        if before.get(key) != after.get(key):
            yield key, before.get(key), after.get(key)


def refers_to(field: CustomField | None) -> type[Model] | None:
    """The model whose numbers are the field's values."""
    return REFERRED.get(field.type) if field else None
