"""Which changes are about confidential equipment: they are never told to anybody outside."""

from collections.abc import Iterable, Sequence

from django.db.models import Q

from inventory.models import Asset, Network, NetworkKind
from itops.audit.models import Change


def about_confidential(changes: Sequence[Change]) -> set[int]:
    """Numbers of the changes whose asset is, was or becomes one of a confidential network."""
    networks = set(Network.objects.filter(kind=NetworkKind.CONFIDENTIAL).values_list("pk", flat=True))
    assets = _assets({change.of_id for change in changes if change.of_model == "inventory.asset"})
    return {change.pk for change in changes if _of(change, assets) or _names(change, networks)}


def _assets(among: Iterable[int]) -> set[int]:
    confidential = Q(network__kind=NetworkKind.CONFIDENTIAL) | Q(
        whole__network__kind=NetworkKind.CONFIDENTIAL
    )
    return set(Asset.objects.filter(confidential, pk__in=list(among)).values_list("pk", flat=True))


def _of(change: Change, assets: set[int]) -> bool:
    return change.of_model == "inventory.asset" and change.of_id in assets


def _names(change: Change, networks: set[int]) -> bool:
    """The change itself says a confidential network, before or after."""
    return any((values or {}).get("network_id") in networks for values in (change.before, change.after))
