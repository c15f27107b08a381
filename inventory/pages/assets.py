"""Assets as a resource: what people write of them; the roof adds what monitoring knows."""

import django_filters as filters
from django.db.models import Sum
from django.utils.translation import gettext_lazy as _

from inventory.models import Asset, AssetCount
from inventory.models.catalogue import KIND_CHOICES
from inventory.pages.catalogue import DEVICE_MODELS, NETWORKS
from inventory.queries.confidential import CONFIDENTIAL
from itops.crud.directory import OFFICES, PEOPLE
from itops.crud.filters import ArchivableFilter
from itops.crud.resource import Resource
from itops.crud.tables import NameColumn, RecordTable
from itops.organisation.models import User
from itops.organisation.scope import visible


class PlainAssetTable(RecordTable):
    tag = NameColumn("inventory:asset")

    class Meta(RecordTable.Meta):
        model = Asset
        fields = ("tag", "name", "kind", "place", "condition")


class PlainAssetFilter(ArchivableFilter):
    searched = ("tag", "name", "serial")

    kind = filters.ChoiceFilter(label=_("Kind"), choices=KIND_CHOICES)

    class Meta:
        model = Asset
        fields: tuple[str, ...] = ()


def _how_many_told(user: User) -> int:
    counts = visible(AssetCount.objects.all(), user, "inventory.view_asset")
    pieces = counts.aggregate(pieces=Sum("pieces"))["pieces"] or 0
    kept_in = visible(Asset.objects.filter(CONFIDENTIAL, archived=False), user, "inventory.view_asset")
    return pieces - kept_in.order_by().count() if pieces else 0


ASSETS = Resource(
    model=Asset,
    path="assets",
    namespace="inventory",
    table=PlainAssetTable,
    filters=PlainAssetFilter,
    fields=(
        *("tag", "name", "kind", "place", "office", "location", "whole", "device_model", "network", "serial"),
        *("condition", "responsible", "bought_on", "in_service_on", "cost_fen", "minimum_years", "note"),
    ),
    natural=("tag",),
    place="place",
    bulk=(
        *("name", "kind", "place", "office", "location", "whole", "device_model", "network", "condition"),
        *("responsible", "bought_on", "in_service_on", "cost_fen", "minimum_years"),
    ),
    related=("place", "office", "responsible", "device_model__manufacturer", "network"),
    refers=(DEVICE_MODELS, NETWORKS, OFFICES, PEOPLE),
    known=_how_many_told,
    parts=("inventory.standing", "inventory.trialchange"),
    kept_in=CONFIDENTIAL,
    distinguishing=("serial",),
)
