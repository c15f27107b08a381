"""Training sessions and who is enrolled, as resources."""

import django_filters as filters
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from inventory.pages.assets import ASSETS
from itops.crud.attached import attached
from itops.crud.directory import PEOPLE, townships
from itops.crud.filters import RecordFilter
from itops.crud.resource import Personal, Resource
from itops.crud.tables import DayColumn, NameColumn, RecordTable
from itops.organisation.models import Place
from itops.organisation.subjects import Subject
from workforce.models import Course, Enrolment, SessionState, TrainingSession
from workforce.pages.courses import COURSES, TRAINING_PLANS

TRAINING_SESSION = Subject(model=TrainingSession, place="place", page="workforce:trainingsession")


DAY = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class TrainingSessionTable(RecordTable):
    course = NameColumn("workforce:trainingsession")
    day = DayColumn()

    class Meta(RecordTable.Meta):
        model = TrainingSession
        fields = ("course", "day", "place", "location", "hours", "provider", "state")


class TrainingSessionFilter(RecordFilter):
    searched = ("course__name", "course__name_en", "provider", "teacher", "location", "place__name")

    place = filters.ModelChoiceFilter(label=_("Township"), queryset=townships, method="by_place")
    course = filters.ModelChoiceFilter(label=_("Course"), queryset=Course.objects.all())
    state = filters.ChoiceFilter(label=_("State"), choices=SessionState.choices)
    day_after = filters.DateFilter(
        field_name="day", lookup_expr="gte", label=pgettext_lazy("days", "From"), widget=DAY
    )
    day_before = filters.DateFilter(
        field_name="day", lookup_expr="lte", label=pgettext_lazy("days", "To"), widget=DAY
    )

    class Meta:
        model = TrainingSession
        fields: tuple[str, ...] = ()

    def by_place(
        self, queryset: QuerySet[TrainingSession], name: str, value: Place
    ) -> QuerySet[TrainingSession]:
        return queryset.filter(place__path__under=value.path)


class EnrolmentTable(RecordTable):
    person = NameColumn("workforce:enrolment")

    class Meta(RecordTable.Meta):
        model = Enrolment
        fields = ("person", "session")


class EnrolmentFilter(RecordFilter):
    searched = ("person__name", "person__pinyin", "session__course__name")

    class Meta:
        model = Enrolment
        fields: tuple[str, ...] = ()


TRAINING_SESSIONS = Resource(
    model=TrainingSession,
    path="training-sessions",
    namespace="workforce",
    table=TrainingSessionTable,
    filters=TrainingSessionFilter,
    fields=(
        *("course", "plan", "place", "location", "room", "day", "starts", "ends", "hours"),
        *("provider", "teacher", "cost_fen"),
    ),
    natural=("location",),
    place="place",
    usual=("course", "day", "place", "hours", "state"),
    bulk=("provider", "teacher", "plan"),
    related=("course", "place"),
    refers=(COURSES, TRAINING_PLANS, ASSETS),
    tells_of=("room",),
    panels=attached(TRAINING_SESSION),
)
ENROLMENTS = Resource(
    model=Enrolment,
    path="enrolments",
    namespace="workforce",
    table=EnrolmentTable,
    filters=EnrolmentFilter,
    fields=("session", "person"),
    natural=("id",),
    place="session__place",
    related=("person", "session__course"),
    refers=(TRAINING_SESSIONS, PEOPLE),
    personal=Personal(many="training", one="training"),
)
