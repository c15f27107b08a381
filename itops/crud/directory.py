"""Pages of offices and people: they belong to the organisation, which the kernel itself stands on."""

import django_filters as filters
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from itops.crud import staff_numbers
from itops.crud.attached import attached
from itops.crud.filters import ArchivableFilter
from itops.crud.resource import Personal, Resource
from itops.crud.tables import DayColumn, NameColumn, RecordTable, YesColumn
from itops.organisation.models import Establishment, Level, Office, Person, Place
from itops.organisation.pinyin import person_sort_key
from itops.organisation.scope import signed_in, visible
from itops.organisation.subjects import Subject

OFFICE = Subject(model=Office, page="directory:office")
PERSON = Subject(model=Person, place="office__place", page="directory:person")


def townships(request: HttpRequest | None) -> QuerySet[Place]:
    """Counties and townships in scope, in official order: what lists can be narrowed to."""
    everywhere = Place.objects.filter(level__in=(Level.COUNTY, Level.TOWNSHIP)).order_by("position", "code")
    return (
        visible(everywhere, signed_in(request), "organisation.view_place", place="")
        if request
        else everywhere
    )


class OfficeTable(RecordTable):
    name = NameColumn("directory:office")
    archived = YesColumn()

    class Meta(RecordTable.Meta):
        model = Office
        fields = ("name", "place", "staff", "calendar", "archived")


class OfficeFilter(ArchivableFilter):
    searched = ("name", "name_en", "place__name", "place__name_en")

    place = filters.ModelChoiceFilter(label=_("Township"), queryset=townships, method="by_place")

    class Meta:
        model = Office
        fields: tuple[str, ...] = ()

    def by_place(self, queryset: QuerySet[Office], name: str, value: Place) -> QuerySet[Office]:
        return queryset.filter(place__path__under=value.path)


class PersonTable(RecordTable):
    name = NameColumn("directory:person", order_by=("pinyin",))
    joined_on, left_on = DayColumn(), DayColumn()
    archived = YesColumn()

    class Meta(RecordTable.Meta):
        model = Person
        fields = (
            *("name", "office", "post", "establishment", "rank", "technical_title", "field_of_study"),
            *("joined_on", "left_on", "archived"),
        )


class PersonFilter(ArchivableFilter):
    searched = ("name", "pinyin", "post", "office__name", "office__place__name", "field_of_study")

    establishment = filters.ChoiceFilter(label=_("Establishment type"), choices=Establishment.choices)
    place = filters.ModelChoiceFilter(label=_("Township"), queryset=townships, method="by_place")

    class Meta:
        model = Person
        fields: tuple[str, ...] = ()

    def by_place(self, queryset: QuerySet[Person], name: str, value: Place) -> QuerySet[Person]:
        return queryset.filter(office__place__path__under=value.path)


OFFICES = Resource(
    model=Office,
    path="offices",
    namespace="directory",
    table=OfficeTable,
    filters=OfficeFilter,
    fields=("place", "name", "name_en", "staff", "calendar"),
    natural=("name", "name_en"),
    place="place",
    usual=("name", "place", "staff"),
    bulk=("calendar", "staff"),
    related=("place", "calendar"),
    parts=("organisation.officestaff",),
    panels=(staff_numbers.PANEL, *attached(OFFICE)),
)


def _sorts_by(person: Person) -> None:
    person.pinyin = person_sort_key(person.name)


PEOPLE = Resource(
    model=Person,
    path="people",
    namespace="directory",
    table=PersonTable,
    filters=PersonFilter,
    fields=(
        *("office", "name", "post", "establishment", "rank", "technical_title", "field_of_study"),
        *("joined_on", "left_on"),
    ),
    natural=("name",),
    place="office__place",
    usual=("name", "office", "post"),
    bulk=("office", "post", "establishment", "left_on"),
    related=("office__place",),
    refers=(OFFICES,),
    derive=_sorts_by,
    derived=("pinyin",),
    personal=Personal(many="people", one="person"),
    panels=attached(PERSON),
)
