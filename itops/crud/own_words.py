"""Pages of tags and of the county's own fields."""

import django_filters as filters
from django.utils.translation import gettext_lazy as _

from itops.crud.filters import ArchivableFilter, RecordFilter
from itops.crud.resource import Resource
from itops.crud.tables import NameColumn, RecordTable, YesColumn
from itops.extras.models import CUSTOMISABLE, CustomField, Tag


class TagTable(RecordTable):
    name = NameColumn("own:tag")

    class Meta(RecordTable.Meta):
        model = Tag
        fields = ("name", "slug", "colour")


class TagFilter(RecordFilter):
    searched = ("name", "slug")

    class Meta:
        model = Tag
        fields: tuple[str, ...] = ()


class CustomFieldTable(RecordTable):
    key = NameColumn("own:customfield")
    required, archived = YesColumn(), YesColumn()

    class Meta(RecordTable.Meta):
        model = CustomField
        fields = ("key", "model", "label_zh", "label_en", "type", "required", "position", "archived")


class CustomFieldFilter(ArchivableFilter):
    searched = ("key", "label_zh", "label_en")

    model = filters.ChoiceFilter(label=_("Of"), choices=CUSTOMISABLE)

    class Meta:
        model = CustomField
        fields: tuple[str, ...] = ()


TAGS = Resource(
    model=Tag,
    path="tags",
    namespace="own",
    table=TagTable,
    filters=TagFilter,
    fields=("name", "slug", "colour"),
    natural=("name", "slug"),
    place=None,
    bulk=("colour",),
)
CUSTOM_FIELDS = Resource(
    model=CustomField,
    path="custom-fields",
    namespace="own",
    table=CustomFieldTable,
    filters=CustomFieldFilter,
    fields=(
        *("model", "key", "label_zh", "label_en", "type"),
        *("required", "choices", "default", "help", "position"),
    ),
    natural=("key",),
    place=None,
    usual=("key", "model", "label_zh", "type", "required"),
    bulk=("required", "position"),
)
