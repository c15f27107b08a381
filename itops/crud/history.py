"""What refers to records: their history, for which they are archived and not deleted."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.apps import apps
from django.db import transaction
from django.db.models import Count, Model, Q, QuerySet
from django.utils.translation import gettext as _

from itops.crud.own_columns import has_own
from itops.crud.resource import Resource
from itops.extras.field_types import FieldType
from itops.extras.models import CustomField, Note, Tagging
from itops.files.models import Attachment
from itops.organisation.models import Person, Place

References = Mapping[int, Sequence[tuple[str, int]]]
HANG_ON: tuple[type[Model], ...] = (Note, Attachment)  # rows that name what they hang on by model and number
POINTED_AT: Mapping[type[Model], FieldType] = {Place: FieldType.PLACE, Person: FieldType.PERSON}

Counted = Iterator[tuple[int, str, int]]


def references_among(resource: Resource, keys: Sequence[int]) -> References:
    """By key the kinds of what refers to it and how many; without its parts, and without those nothing refers to."""
    found: dict[int, list[tuple[str, int]]] = defaultdict(list)
    for counted in (_by_key(resource, keys), _hanging_on(resource, keys), _in_own_fields(resource, keys)):
        for key, kind, count in counted:
            found[key].append((kind, count))
    return found


@transaction.atomic
def delete(resource: Resource, keys: Sequence[int]) -> None:
    """The records with their parts and their tags."""
    Tagging.objects.filter(model=resource.key, object_id__in=keys).delete()
    resource.model._default_manager.filter(pk__in=keys).delete()


def _by_key(resource: Resource, keys: Sequence[int]) -> Counted:
    for relation in relations_to(resource.model):
        model = relation.related_model
        if model._meta.label_lower not in resource.parts:
            rows = model._base_manager.filter(**{f"{relation.field.name}__in": keys})
            yield from _counted(rows, relation.field.name, model)


def relations_to(model: type[Model]) -> list[Any]:
    """From every model that refers to it, those too that have no name on this side; tables that join are no models."""
    fields: Any = model._meta.get_fields(include_hidden=True)
    to_it = (one for one in fields if one.auto_created and one.is_relation and not one.concrete)
    return [one for one in to_it if not one.related_model._meta.auto_created]


def _hanging_on(resource: Resource, keys: Sequence[int]) -> Counted:
    for model in HANG_ON:
        rows = model._base_manager.filter(model=resource.key, object_id__in=keys)
        yield from _counted(rows, "object_id", model)


def _counted(rows: QuerySet[Any], name: str, model: type[Model]) -> Counted:
    kind = _said(model)
    for key, count in rows.order_by().values_list(name).annotate(count=Count("pk")):
        yield key, kind, count


def _said(model: type[Model]) -> str:
    """Django's own English name is translated where the model gives none."""
    return _(str(model._meta.verbose_name))


def _in_own_fields(resource: Resource, keys: Sequence[int]) -> Counted:
    """Values of the county's own fields that name a place or a person."""
    kind = POINTED_AT.get(resource.model)
    fields = CustomField.objects.filter(type=kind) if kind else CustomField.objects.none()
    models = {one._meta.label_lower: one for one in apps.get_models() if has_own(one)}
    for field in fields.filter(model__in=models):
        model = models[field.model]
        named = Q(*((f"custom__{field.key}", key) for key in keys), _connector=Q.OR)
        values = model._base_manager.filter(named).values_list(f"custom__{field.key}", flat=True)
        for key, count in Counter(values).items():
            yield key, _said(model), count
