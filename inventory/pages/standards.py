"""Standards as resources: their versions, what each asks for, and the exceptions with their reasons."""

import django_filters as filters
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from inventory.models import Standard, StandardItem, StandardOverride
from inventory.models.catalogue import KIND_CHOICES
from itops.crud.directory import OFFICES, townships
from itops.crud.filters import RecordFilter
from itops.crud.resource import Panel, Resource
from itops.crud.tables import DayColumn, NameColumn, RecordTable
from itops.organisation.models import Place
from itops.organisation.scope import granted_paths, signed_in


class StandardTable(RecordTable):
    name = NameColumn("inventory:standard")
    starts = DayColumn()

    class Meta(RecordTable.Meta):
        model = Standard
        fields = ("name", "starts", "source")


class StandardFilter(RecordFilter):
    searched = ("name", "source")

    class Meta:
        model = Standard
        fields: tuple[str, ...] = ()


class StandardItemTable(RecordTable):
    kind = NameColumn("inventory:standarditem")

    class Meta(RecordTable.Meta):
        model = StandardItem
        fields = ("kind", "standard", "fixed", "per_office", "percent_of_staff", "cap")


class StandardItemFilter(RecordFilter):
    searched = ("standard__name",)

    standard = filters.ModelChoiceFilter(label=_("Standard"), queryset=Standard.objects.all())
    kind = filters.ChoiceFilter(label=_("Kind"), choices=KIND_CHOICES)

    class Meta:
        model = StandardItem
        fields: tuple[str, ...] = ()


class StandardOverrideTable(RecordTable):
    kind = NameColumn("inventory:standardoverride")
    starts, ends = DayColumn(), DayColumn()

    class Meta(RecordTable.Meta):
        model = StandardOverride
        fields = ("kind", "place", "office", "quantity", "reason", "starts", "ends")


class StandardOverrideFilter(RecordFilter):
    searched = ("place__name", "office__name", "reason")

    place = filters.ModelChoiceFilter(label=_("Township"), queryset=townships, method="by_place")
    kind = filters.ChoiceFilter(label=_("Kind"), choices=KIND_CHOICES)

    class Meta:
        model = StandardOverride
        fields: tuple[str, ...] = ()

    def by_place(
        self, queryset: QuerySet[StandardOverride], name: str, value: Place
    ) -> QuerySet[StandardOverride]:
        return queryset.filter(place__path__under=value.path)


def asked_for(request: HttpRequest, standard: Standard) -> dict[str, object] | None:
    """What a version asks, also one that is not yet in force."""
    may = granted_paths(signed_in(request), "inventory.view_standarditem")
    return {"items": standard.items.all()} if may else None


STANDARDS = Resource(
    model=Standard,
    path="standard-versions",
    namespace="inventory",
    table=StandardTable,
    filters=StandardFilter,
    fields=("name", "starts", "source"),
    natural=("name",),
    place=None,
    panels=(Panel("inventory/standard_items.html", asked_for),),
)
STANDARD_ITEMS = Resource(
    model=StandardItem,
    path="standard-items",
    namespace="inventory",
    table=StandardItemTable,
    filters=StandardItemFilter,
    fields=("standard", "kind", "fixed", "per_office", "percent_of_staff", "cap"),
    natural=("kind",),
    place=None,
    bulk=("fixed", "per_office", "percent_of_staff", "cap"),
    related=("standard",),
    refers=(STANDARDS,),
)
STANDARD_OVERRIDES = Resource(
    model=StandardOverride,
    path="standard-exceptions",
    namespace="inventory",
    table=StandardOverrideTable,
    filters=StandardOverrideFilter,
    fields=("place", "office", "kind", "quantity", "reason", "starts", "ends"),
    natural=("kind",),
    place="place",
    bulk=("quantity", "ends"),
    related=("place", "office"),
    refers=(OFFICES,),
)
