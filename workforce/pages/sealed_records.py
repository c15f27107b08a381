"""What stands in the sealed log as lists: searched, exported, answered over REST; written by other pages alone."""

import django_filters as filters
from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from itops.crud.directory import PEOPLE
from itops.crud.filters import RecordFilter
from itops.crud.resource import Personal, Resource
from itops.crud.tables import DayColumn, MomentColumn, NameColumn, RecordTable
from workforce.models import Attempt, Attendance, Certificate
from workforce.models.scheme import CATEGORY_CHOICES
from workforce.pages.papers import PAPERS
from workforce.pages.sessions import TRAINING_SESSIONS
from workforce.pages.skills import SKILLS

WHERE = "person__office__place"
OF_WHOM = Personal(many="training", one="training")
DAY = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


def _day(field: str, lookup: str, label: object) -> filters.DateFilter:
    return filters.DateFilter(field_name=field, lookup_expr=lookup, label=label, widget=DAY)


class AttendanceTable(RecordTable):
    person = NameColumn("workforce:attendance")
    day = DayColumn()
    signed_at, approved_at, reversed_at = MomentColumn(), MomentColumn(), MomentColumn()

    class Meta(RecordTable.Meta):
        model = Attendance
        fields = (
            "person",
            "session",
            "day",
            "hours",
            "category",
            "entry",
            "signed_at",
            "approved_at",
            "reversed_at",
        )


class AttendanceFilter(RecordFilter):
    searched = ("person__name", "person__pinyin", "session__course__name")

    category = filters.ChoiceFilter(label=_("Category"), choices=CATEGORY_CHOICES)
    day_after = _day("day", "gte", pgettext_lazy("days", "From"))
    day_before = _day("day", "lte", pgettext_lazy("days", "To"))

    class Meta:
        model = Attendance
        fields: tuple[str, ...] = ()


class AttemptTable(RecordTable):
    person = NameColumn("workforce:attempt")
    day = DayColumn()
    reversed_at = MomentColumn()

    class Meta(RecordTable.Meta):
        model = Attempt
        fields = ("person", "paper", "number", "day", "score", "pass_mark", "entry", "reversed_at")


class AttemptFilter(RecordFilter):
    searched = ("person__name", "person__pinyin", "paper__name", "paper__name_en")

    day_after = _day("day", "gte", pgettext_lazy("days", "From"))
    day_before = _day("day", "lte", pgettext_lazy("days", "To"))

    class Meta:
        model = Attempt
        fields: tuple[str, ...] = ()


class CertificateTable(RecordTable):
    person = NameColumn("workforce:certificate")
    issued_on, expires = DayColumn(), DayColumn()
    reversed_at = MomentColumn()

    class Meta(RecordTable.Meta):
        model = Certificate
        fields = (
            "person",
            "name",
            "issuer",
            "issued_on",
            "expires",
            "skill",
            "level",
            "entry",
            "reversed_at",
        )


class CertificateFilter(RecordFilter):
    searched = ("person__name", "person__pinyin", "name", "issuer")

    expires_before = _day("expires", "lte", _("runs out until"))

    class Meta:
        model = Certificate
        fields: tuple[str, ...] = ()


ATTENDANCES = Resource(
    model=Attendance,
    path="training-entries",
    namespace="workforce",
    table=AttendanceTable,
    filters=AttendanceFilter,
    fields=(
        *("person", "session", "day", "hours", "category", "recorded_at", "entry"),
        *(
            "signed_at",
            "signed_entry",
            "approved_at",
            "approved_entry",
            "reversed_at",
            "reversed_entry",
            "reason",
        ),
    ),
    natural=("id",),
    place=WHERE,
    usual=("person", "session", "day", "hours", "entry", "approved_at"),
    related=("person", "session__course"),
    refers=(PEOPLE, TRAINING_SESSIONS),
    personal=OF_WHOM,
    read_only=True,
)
ATTEMPTS = Resource(
    model=Attempt,
    path="attempts",
    namespace="workforce",
    table=AttemptTable,
    filters=AttemptFilter,
    fields=(
        *("person", "paper", "number", "day", "score", "pass_mark", "recorded_at", "entry"),
        *("reversed_at", "reversed_entry", "reason"),
    ),
    natural=("id",),
    place=WHERE,
    related=("person", "paper"),
    refers=(PEOPLE, PAPERS),
    personal=OF_WHOM,
    read_only=True,
)
CERTIFICATES = Resource(
    model=Certificate,
    path="certificate-records",
    namespace="workforce",
    table=CertificateTable,
    filters=CertificateFilter,
    fields=(
        *(
            "person",
            "name",
            "number",
            "issuer",
            "issued_on",
            "expires",
            "skill",
            "level",
            "recorded_at",
            "entry",
        ),
        *("reversed_at", "reversed_entry", "reason"),
    ),
    natural=("id",),
    place=WHERE,
    related=("person", "skill"),
    refers=(PEOPLE, SKILLS),
    personal=OF_WHOM,
    read_only=True,
)
