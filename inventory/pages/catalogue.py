"""The catalogue's pages: manufacturers, device models, classes and networks."""

import django_filters as filters
from django.utils.translation import gettext_lazy as _

from inventory.models import AssetClass, DeviceModel, Manufacturer, Network
from inventory.models.catalogue import KIND_CHOICES, NetworkKind
from itops.crud.attached import attached
from itops.crud.filters import ArchivableFilter, RecordFilter
from itops.crud.resource import Resource
from itops.crud.tables import DayColumn, NameColumn, RecordTable, YesColumn
from itops.organisation.subjects import Subject


class ManufacturerTable(RecordTable):
    name = NameColumn("inventory:manufacturer")
    archived = YesColumn()

    class Meta(RecordTable.Meta):
        model = Manufacturer
        fields = ("name", "name_en", "slug", "archived")


class ManufacturerFilter(ArchivableFilter):
    searched = ("name", "name_en", "slug")

    class Meta:
        model = Manufacturer
        fields: tuple[str, ...] = ()


class AssetClassTable(RecordTable):
    code = NameColumn("inventory:assetclass")

    class Meta(RecordTable.Meta):
        model = AssetClass
        fields = ("code", "name", "name_en", "edition", "kind")


class AssetClassFilter(RecordFilter):
    searched = ("code", "name", "name_en", "edition")

    kind = filters.ChoiceFilter(label=_("Kind"), choices=KIND_CHOICES)

    class Meta:
        model = AssetClass
        fields: tuple[str, ...] = ()


class DeviceModelTable(RecordTable):
    name = NameColumn("inventory:devicemodel")
    released_on, end_of_sale, end_of_support = DayColumn(), DayColumn(), DayColumn()
    archived = YesColumn()

    class Meta(RecordTable.Meta):
        model = DeviceModel
        fields = (
            *("name", "manufacturer", "kind", "part_number", "asset_class", "minimum_years"),
            *("released_on", "end_of_sale", "end_of_support", "archived"),
        )


class DeviceModelFilter(ArchivableFilter):
    searched = ("name", "part_number", "slug", "manufacturer__name", "manufacturer__name_en")

    manufacturer = filters.ModelChoiceFilter(label=_("Manufacturer"), queryset=Manufacturer.objects.all())
    kind = filters.ChoiceFilter(label=_("Kind"), choices=KIND_CHOICES)

    class Meta:
        model = DeviceModel
        fields: tuple[str, ...] = ()


class NetworkTable(RecordTable):
    name = NameColumn("inventory:network")
    archived = YesColumn()

    class Meta(RecordTable.Meta):
        model = Network
        fields = ("name", "kind", "archived")


class NetworkFilter(ArchivableFilter):
    searched = ("name",)

    kind = filters.ChoiceFilter(label=_("Kind"), choices=NetworkKind.choices)

    class Meta:
        model = Network
        fields: tuple[str, ...] = ()


DEVICE_MODEL = Subject(model=DeviceModel, place=None, page="inventory:devicemodel")
MANUFACTURERS = Resource(
    model=Manufacturer,
    path="manufacturers",
    namespace="inventory",
    table=ManufacturerTable,
    filters=ManufacturerFilter,
    fields=("name", "name_en", "slug"),
    natural=("name", "name_en", "slug"),
    place=None,
    usual=("name", "name_en"),
)
ASSET_CLASSES = Resource(
    model=AssetClass,
    path="asset-classes",
    namespace="inventory",
    table=AssetClassTable,
    filters=AssetClassFilter,
    fields=("code", "edition", "name", "name_en", "kind"),
    natural=("code", "name"),
    place=None,
)
DEVICE_MODELS = Resource(
    model=DeviceModel,
    path="device-models",
    namespace="inventory",
    table=DeviceModelTable,
    filters=DeviceModelFilter,
    fields=(
        *("manufacturer", "name", "slug", "part_number", "kind", "asset_class", "minimum_years"),
        *("released_on", "end_of_sale", "end_of_support", "specification", "note"),
    ),
    natural=("name", "part_number", "slug"),
    place=None,
    usual=("name", "manufacturer", "kind", "minimum_years", "end_of_support"),
    bulk=("manufacturer", "kind", "asset_class", "minimum_years", "end_of_sale", "end_of_support"),
    related=("manufacturer", "asset_class"),
    refers=(MANUFACTURERS, ASSET_CLASSES),
    panels=attached(DEVICE_MODEL),
)
NETWORKS = Resource(
    model=Network,
    path="networks",
    namespace="inventory",
    table=NetworkTable,
    filters=NetworkFilter,
    fields=("name", "kind"),
    natural=("name",),
    place=None,
    bulk=("kind",),
)
