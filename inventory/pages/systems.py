"""Business systems as resources: who uses them where, what passes between them, what is typed in by hand."""

from collections.abc import Mapping
from decimal import Decimal

import django_filters as filters
import django_tables2 as tables
from django.db.models import Q, QuerySet, Sum
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from inventory.models import BusinessSystem, ManualEntry, Network, SystemExchange, SystemUse
from inventory.models.system import WAY_NAMES, RunBy, Stage
from inventory.pages.assets import ASSETS
from inventory.pages.catalogue import NETWORKS
from inventory.queries.confidential import ON_CONFIDENTIAL
from inventory.queries.manual_entry import entered
from itops.crud.directory import OFFICES, townships
from itops.crud.filters import ArchivableFilter, RecordFilter
from itops.crud.resource import Panel, Resource
from itops.crud.tables import NameColumn, RecordTable, YesColumn
from itops.organisation.models import Place
from itops.organisation.scope import signed_in, visible

WAYS = [(way.value, name) for way, name in WAY_NAMES.items()]


class NumberColumn(tables.Column):  # type: ignore[misc]
    """Figures stand to the right."""

    attrs = {"td": {"class": "num"}, "th": {"class": "num"}}


class WideColumn(tables.Column):  # type: ignore[misc]
    """Left out on a phone."""

    attrs = {"td": {"class": "no-phone"}, "th": {"class": "no-phone"}}


class BusinessSystemTable(RecordTable):
    name = NameColumn("inventory:businesssystem")
    run_by, network, office = WideColumn(), WideColumn(), WideColumn()
    archived = YesColumn()

    class Meta(RecordTable.Meta):
        model = BusinessSystem
        fields = ("name", "short", "stage", "run_by", "network", "address", "office", "archived")


class BusinessSystemFilter(ArchivableFilter):
    searched = ("name", "name_en", "short")

    stage = filters.ChoiceFilter(label=pgettext_lazy("system", "Stage"), choices=Stage.choices)
    run_by = filters.ChoiceFilter(label=_("Run by"), choices=RunBy.choices)
    network = filters.ModelChoiceFilter(label=_("Network"), queryset=Network.objects.all())

    class Meta:
        model = BusinessSystem
        fields: tuple[str, ...] = ()


class SystemUseTable(RecordTable):
    system = NameColumn("inventory:systemuse")
    office__place, network = WideColumn(verbose_name=_("Township")), WideColumn()
    users = NumberColumn()

    class Meta(RecordTable.Meta):
        model = SystemUse
        fields = ("system", "office", "office__place", "users", "network")


class SystemUseFilter(RecordFilter):
    searched = ("system__name", "system__name_en", "system__short", "office__name", "office__place__name")

    place = filters.ModelChoiceFilter(label=_("Township"), queryset=townships, method="by_place")
    system = filters.ModelChoiceFilter(label=_("Business system"), queryset=BusinessSystem.objects.all())

    class Meta:
        model = SystemUse
        fields: tuple[str, ...] = ()

    def by_place(self, queryset: QuerySet[SystemUse], name: str, value: Place) -> QuerySet[SystemUse]:
        return queryset.filter(office__place__path__under=value.path)


class SystemExchangeTable(RecordTable):
    name = NameColumn("inventory:systemexchange")
    archived = YesColumn()

    class Meta(RecordTable.Meta):
        model = SystemExchange
        fields = ("name", "source", "target", "way", "archived")


class SystemExchangeFilter(ArchivableFilter):
    searched = ("name", "source__name", "source__short", "target__name", "target__short")

    way = filters.ChoiceFilter(label=pgettext_lazy("exchange", "Way"), choices=WAYS)
    system = filters.ModelChoiceFilter(
        label=_("Business system"), queryset=BusinessSystem.objects.all(), method="by_system"
    )

    class Meta:
        model = SystemExchange
        fields: tuple[str, ...] = ()

    def by_system(
        self, queryset: QuerySet[SystemExchange], name: str, value: BusinessSystem
    ) -> QuerySet[SystemExchange]:
        return queryset.filter(Q(source=value) | Q(target=value))


class ManualEntryTable(RecordTable):
    exchange = NameColumn("inventory:manualentry")
    exchange__target = WideColumn(verbose_name=_("Typed into"))
    office__place = WideColumn(verbose_name=_("Township"))
    hours = NumberColumn()

    class Meta(RecordTable.Meta):
        model = ManualEntry
        fields = ("exchange", "exchange__target", "office", "office__place", "hours")


class ManualEntryFilter(RecordFilter):
    searched = ("exchange__name", "office__name", "office__place__name")

    place = filters.ModelChoiceFilter(label=_("Township"), queryset=townships, method="by_place")
    system = filters.ModelChoiceFilter(
        label=_("Typed into"), queryset=BusinessSystem.objects.all(), field_name="exchange__target"
    )

    class Meta:
        model = ManualEntry
        fields: tuple[str, ...] = ()

    def by_place(self, queryset: QuerySet[ManualEntry], name: str, value: Place) -> QuerySet[ManualEntry]:
        return queryset.filter(office__place__path__under=value.path)


def passing(request: HttpRequest, system: BusinessSystem) -> Mapping[str, object] | None:
    """What it needs of others, what others need of it, and how many offices work with it."""
    user = signed_in(request)
    uses = visible(system.uses.all(), user, "inventory.view_systemuse", "office__place")
    places = visible(Place.objects.all(), user, "inventory.view_manualentry", "").values_list("pk", flat=True)
    typed = [one for one in entered(places) if one.system == system.pk]
    return {
        "system": system,
        "receives": system.receives.filter(archived=False).select_related("source"),
        "sends": system.sends.filter(archived=False).select_related("target"),
        "offices": uses.count(),
        "people": uses.aggregate(people=Sum("users"))["people"],
        "hours": sum((one.hours for one in typed), Decimal(0)),
    }


BUSINESS_SYSTEMS = Resource(
    model=BusinessSystem,
    path="business-systems",
    namespace="inventory",
    table=BusinessSystemTable,
    filters=BusinessSystemFilter,
    fields=("name", "name_en", "short", "stage", "run_by", "network", "address", "office", "asset", "note"),
    natural=("name", "short", "name_en"),
    place=None,
    usual=("name", "stage", "run_by", "network", "address"),
    bulk=("stage", "run_by"),
    related=("network", "office", "asset__network"),
    refers=(NETWORKS, OFFICES, ASSETS),
    kept_in=ON_CONFIDENTIAL,
    tells_of=("asset",),
    panels=(Panel("inventory/system_panel.html", passing),),
)
SYSTEM_USES = Resource(
    model=SystemUse,
    path="system-uses",
    namespace="inventory",
    table=SystemUseTable,
    filters=SystemUseFilter,
    fields=("system", "office", "users", "network"),
    natural=("users",),
    place="office__place",
    bulk=("network",),
    related=("system", "office__place", "network"),
    refers=(BUSINESS_SYSTEMS, OFFICES, NETWORKS),
    kept_in=ON_CONFIDENTIAL,
    tells_of=("system",),
)
SYSTEM_EXCHANGES = Resource(
    model=SystemExchange,
    path="data-connections",
    namespace="inventory",
    table=SystemExchangeTable,
    filters=SystemExchangeFilter,
    fields=("name", "source", "target", "way", "note"),
    natural=("name",),
    place=None,
    bulk=("way",),
    related=("source", "target"),
    refers=(BUSINESS_SYSTEMS,),
    tells_of=("source", "target"),
)
MANUAL_ENTRIES = Resource(
    model=ManualEntry,
    path="manual-entries",
    namespace="inventory",
    table=ManualEntryTable,
    filters=ManualEntryFilter,
    fields=("exchange", "office", "hours"),
    natural=("hours",),
    place="office__place",
    bulk=("hours",),
    related=("exchange__target", "office__place"),
    refers=(SYSTEM_EXCHANGES, OFFICES),
    tells_of=("exchange",),
)
