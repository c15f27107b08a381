"""Papers and target indicators as resources: what is asked, and what counts how much."""

import django_filters as filters
from django.utils.translation import gettext_lazy as _

from itops.crud.filters import ArchivableFilter, RecordFilter
from itops.crud.resource import Resource
from itops.crud.tables import NameColumn, RecordTable, YesColumn
from workforce.models import Paper, TargetIndicator
from workforce.pages.skills import SKILLS


class PaperTable(RecordTable):
    name = NameColumn("workforce:paper")
    archived = YesColumn()

    class Meta(RecordTable.Meta):
        model = Paper
        fields = ("name", "form", "skill", "level", "pass_mark", "highest", "archived")


class PaperFilter(ArchivableFilter):
    searched = ("name", "name_en", "questions")

    form = filters.ChoiceFilter(label=_("Form"), choices=Paper.Form.choices, field_name="form")

    class Meta:
        model = Paper
        fields: tuple[str, ...] = ()


class TargetIndicatorTable(RecordTable):
    name = NameColumn("workforce:targetindicator")

    class Meta(RecordTable.Meta):
        model = TargetIndicator
        fields = ("name", "year", "weight", "standard")


class TargetIndicatorFilter(RecordFilter):
    searched = ("name", "standard")

    year = filters.NumberFilter(label=_("Year"))

    class Meta:
        model = TargetIndicator
        fields: tuple[str, ...] = ()


PAPERS = Resource(
    model=Paper,
    path="assessment-papers",
    namespace="workforce",
    table=PaperTable,
    filters=PaperFilter,
    fields=("name", "name_en", "form", "skill", "level", "highest", "pass_mark", "questions"),
    natural=("name", "name_en"),
    place=None,
    usual=("name", "form", "skill", "pass_mark", "highest"),
    bulk=("skill", "level"),
    related=("skill",),
    refers=(SKILLS,),
)
TARGET_INDICATORS = Resource(
    model=TargetIndicator,
    path="target-indicators",
    namespace="workforce",
    table=TargetIndicatorTable,
    filters=TargetIndicatorFilter,
    fields=("year", "name", "weight", "standard", "position"),
    natural=("name",),
    place=None,
)
