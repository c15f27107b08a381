"""Columns of a list that its table does not know: the county's own fields (`cf_KEY`), and tags."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import django_tables2 as tables
from django.db.models import F, Model, OrderBy
from django.db.models.fields.json import KeyTransform
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from itops.crud.resource import Resource
from itops.crud.tables import NUMBER
from itops.extras.custom_fields import FILTER_PREFIX, custom_fields, shown
from itops.extras.field_types import REFERENCES, FieldType
from itops.extras.models import CustomField, Tag
from itops.extras.pages import VIEW_TAGS
from itops.extras.queries import tags_by_object
from itops.extras.references import References
from itops.organisation.models import User
from itops.organisation.scope import granted_paths

TAGS = "tags"
BETWEEN = "；"
Cells = Mapping[int, object]


class ByKey(tables.Column):  # type: ignore[misc]
    """What is known of each record by its key."""

    def __init__(self, heading: str, known: Cells, **options: Any) -> None:
        super().__init__(verbose_name=heading, empty_values=(), **options)
        self.known = known

    def render(self, record: Any) -> object:
        return self.known.get(record.pk, "")


def has_own(model: type[Model]) -> bool:
    """Whether the county may add fields to it."""
    return any(field.name == "custom" for field in model._meta.fields)


def own_columns(resource: Resource, user: User, fields: Sequence[CustomField]) -> dict[str, str]:
    """Heading by name of each that can be chosen; `fields` are the model's own."""
    tagged = {TAGS: _("Tags")} if resource.tagged and granted_paths(user, VIEW_TAGS) else {}
    return tagged | {f"{FILTER_PREFIX}{one.key}": one.label for one in fields}


def key_of(resource: Resource, name: str) -> str:
    """The own field that a column shows; "" for any other column."""
    return name.removeprefix(FILTER_PREFIX) if _may_be_own(resource, name) else ""


def by_own_field(key: str, *, down: bool) -> OrderBy:
    """Numbers as numbers, text as text; records without a value come last."""
    value = KeyTransform(key, F("custom"))
    return OrderBy(value, descending=down, nulls_last=True)


def filled(
    resource: Resource, names: Sequence[str], keys: Sequence[int], user: User
) -> list[tuple[str, tables.Column]]:
    """The columns for these records, in a query or two whatever their number."""
    columns: list[tuple[str, tables.Column]] = []
    if TAGS in names:
        tags = {pk: _badges(carried) for pk, carried in _tags(resource, keys, user).items()}
        columns.append((TAGS, ByKey(_("Tags"), tags, orderable=False)))
    for one, texts in _texts(resource, names, keys, user):
        attrs = NUMBER if FieldType(one.type) is FieldType.NUMBER else {}
        columns.append((f"{FILTER_PREFIX}{one.key}", ByKey(one.label, _linked(one, texts), attrs=attrs)))
    return columns


def written(
    resource: Resource, names: Sequence[str], keys: Sequence[int], user: User
) -> Mapping[str, Mapping[int, str]]:
    """The same as plain text for a file: by column, by key."""
    cells = {f"{FILTER_PREFIX}{one.key}": texts for one, texts in _texts(resource, names, keys, user)}
    if TAGS in names:
        tags = _tags(resource, keys, user)
        cells[TAGS] = {pk: BETWEEN.join(tag.name for tag in carried) for pk, carried in tags.items()}
    return cells


def own_fields(model: type[Model]) -> Sequence[CustomField]:
    return custom_fields(model) if has_own(model) else ()


def _may_be_own(resource: Resource, name: str) -> bool:
    key = name.removeprefix(FILTER_PREFIX)
    return name != key and key.isidentifier() and has_own(resource.model)


def _texts(
    resource: Resource, names: Sequence[str], keys: Sequence[int], user: User
) -> Iterator[tuple[CustomField, Mapping[int, str]]]:
    if not any(name.startswith(FILTER_PREFIX) for name in names):
        return
    fields = [one for one in own_fields(resource.model) if f"{FILTER_PREFIX}{one.key}" in names]
    values = dict(resource.model._base_manager.filter(pk__in=keys).values_list("pk", "custom"))
    refers = any(FieldType(one.type) in REFERENCES for one in fields)
    references = References.of(user) if refers else None
    for one in fields:
        yield one, {pk: shown(one, custom.get(one.key), references) for pk, custom in values.items()}


def _linked(field: CustomField, texts: Mapping[int, str]) -> Cells:
    if FieldType(field.type) is not FieldType.LINK:
        return texts
    return {
        pk: format_html('<a href="{}" rel="noreferrer">{}</a>', text, text)
        for pk, text in texts.items()
        if text
    }


def _tags(resource: Resource, keys: Sequence[int], user: User) -> Mapping[int, Sequence[Tag]]:
    """Only where the account may see tags."""
    seen = resource.reached(user, VIEW_TAGS).filter(pk__in=keys).order_by().values_list("pk", flat=True)
    return tags_by_object(resource.key, list(seen))


def _badges(tags: Sequence[Tag]) -> SafeString:
    return format_html_join(
        " ", '<span class="tag tag-{}">{}</span>', ((tag.colour, tag.name) for tag in tags)
    )
