"""What is taught as resources: courses, plans, and the schemes that ask for hours."""

import django_filters as filters
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from inventory.models.catalogue import KIND_CHOICES
from itops.crud.directory import townships
from itops.crud.filters import ArchivableFilter, RecordFilter
from itops.crud.resource import Resource
from itops.crud.tables import DayColumn, NameColumn, RecordTable, YesColumn
from itops.organisation.models import Place
from workforce.models import Course, SchemeShare, TrainingPlan, TrainingScheme
from workforce.models.scheme import AUDIENCE_CHOICES, CATEGORY_CHOICES
from workforce.pages.plan_panel import PLAN_PANEL
from workforce.pages.skills import SKILLS


class CourseTable(RecordTable):
    name = NameColumn("workforce:course")
    archived = YesColumn()

    class Meta(RecordTable.Meta):
        model = Course
        fields = ("name", "category", "skill", "kind", "hours", "archived")


class CourseFilter(ArchivableFilter):
    searched = ("name", "name_en", "content")

    category = filters.ChoiceFilter(label=_("Category"), choices=CATEGORY_CHOICES)
    kind = filters.ChoiceFilter(label=_("Equipment it is about"), choices=KIND_CHOICES)

    class Meta:
        model = Course
        fields: tuple[str, ...] = ()


class TrainingPlanTable(RecordTable):
    name = NameColumn("workforce:trainingplan")
    archived = YesColumn()

    class Meta(RecordTable.Meta):
        model = TrainingPlan
        fields = ("name", "place", "year", "source", "archived")


class TrainingPlanFilter(ArchivableFilter):
    searched = ("name", "place__name", "source")

    place = filters.ModelChoiceFilter(label=_("Township"), queryset=townships, method="by_place")
    year = filters.NumberFilter(label=_("Year"))

    class Meta:
        model = TrainingPlan
        fields: tuple[str, ...] = ()

    def by_place(self, queryset: QuerySet[TrainingPlan], name: str, value: Place) -> QuerySet[TrainingPlan]:
        return queryset.filter(place__path__under=value.path)


class ConfirmedColumn(YesColumn):
    """Says in words that nobody has."""

    def render(self, value: bool) -> str:
        return super().render(value) if value else gettext("to be confirmed by the county")


class TrainingSchemeTable(RecordTable):
    name = NameColumn("workforce:trainingscheme")
    starts = DayColumn()
    confirmed = ConfirmedColumn()

    class Meta(RecordTable.Meta):
        model = TrainingScheme
        fields = ("name", "audience", "hours", "years", "starts", "source", "confirmed")


class TrainingSchemeFilter(RecordFilter):
    searched = ("name", "source")

    audience = filters.ChoiceFilter(label=_("For whom"), choices=AUDIENCE_CHOICES)

    class Meta:
        model = TrainingScheme
        fields: tuple[str, ...] = ()


class SchemeShareTable(RecordTable):
    category = NameColumn("workforce:schemeshare")

    class Meta(RecordTable.Meta):
        model = SchemeShare
        fields = ("category", "scheme", "parts", "of")


class SchemeShareFilter(RecordFilter):
    searched = ("scheme__name",)

    category = filters.ChoiceFilter(label=_("Category"), choices=CATEGORY_CHOICES)

    class Meta:
        model = SchemeShare
        fields: tuple[str, ...] = ()


COURSES = Resource(
    model=Course,
    path="courses",
    namespace="workforce",
    table=CourseTable,
    filters=CourseFilter,
    fields=("name", "name_en", "category", "skill", "kind", "hours", "content"),
    natural=("name", "name_en"),
    place=None,
    usual=("name", "category", "skill", "kind", "hours"),
    bulk=("category", "skill", "kind", "hours"),
    related=("skill",),
    refers=(SKILLS,),
)
TRAINING_PLANS = Resource(
    model=TrainingPlan,
    path="training-plans",
    namespace="workforce",
    table=TrainingPlanTable,
    filters=TrainingPlanFilter,
    fields=("place", "year", "name", "budget_fen", "source"),
    natural=("name",),
    place="place",
    bulk=("source",),
    related=("place",),
    panels=(PLAN_PANEL,),
)
TRAINING_SCHEMES = Resource(
    model=TrainingScheme,
    path="training-schemes",
    namespace="workforce",
    table=TrainingSchemeTable,
    filters=TrainingSchemeFilter,
    fields=("name", "audience", "starts", "hours", "years", "anchor_year", "source", "confirmed"),
    natural=("name",),
    place=None,
)
SCHEME_SHARES = Resource(
    model=SchemeShare,
    path="training-scheme-shares",
    namespace="workforce",
    table=SchemeShareTable,
    filters=SchemeShareFilter,
    fields=("scheme", "category", "parts", "of"),
    natural=("category",),
    place=None,
    related=("scheme",),
    refers=(TRAINING_SCHEMES,),
)
