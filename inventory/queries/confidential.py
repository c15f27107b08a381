"""What is confidential equipment, and which changes are about it: neither is told to anybody outside."""

from collections.abc import Iterable, Sequence

from django.db.models import Q

from inventory.models import Asset, BusinessSystem, Network, NetworkKind
from itops.audit.models import Change

ON_CONFIDENTIAL = Q(network__kind=NetworkKind.CONFIDENTIAL)
# Each half is found by its own index.
CONFIDENTIAL = Q(
    pk__in=Asset.objects.filter(ON_CONFIDENTIAL)
    .order_by()
    .values("pk")
    .union(
        Asset.objects.filter(whole__network__kind=NetworkKind.CONFIDENTIAL).order_by().values("pk"), all=True
    )
)
SYSTEM = ON_CONFIDENTIAL | Q(asset__network__kind=NetworkKind.CONFIDENTIAL)
NAMES_A_SYSTEM = ("system_id", "source_id", "target_id")


def about_confidential(changes: Sequence[Change]) -> set[int]:
    """Numbers of the changes whose asset or business system is, was or becomes one of a confidential network."""
    networks = set(Network.objects.filter(kind=NetworkKind.CONFIDENTIAL).values_list("pk", flat=True))
    assets = _assets({change.of_id for change in changes if change.of_model == "inventory.asset"})
    systems = set(BusinessSystem.objects.filter(SYSTEM).values_list("pk", flat=True))
    return {
        change.pk
        for change in changes
        if _of(change, assets) or _names(change, networks) or _about_system(change, systems)
    }


def _assets(among: Iterable[int]) -> set[int]:
    return set(Asset.objects.filter(CONFIDENTIAL, pk__in=list(among)).values_list("pk", flat=True))


def _of(change: Change, assets: set[int]) -> bool:
    return change.of_model == "inventory.asset" and change.of_id in assets


def _about_system(change: Change, systems: set[int]) -> bool:
    """The system itself, its uses, figures, and what passes into it or out of it."""
    named = {(values or {}).get(key) for values in (change.before, change.after) for key in NAMES_A_SYSTEM}
    of = {change.of_id} if change.of_model == "inventory.businesssystem" else set()
    return not systems.isdisjoint(named | of)


def _names(change: Change, networks: set[int]) -> bool:
    """The change itself says a confidential network, before or after."""
    return any((values or {}).get("network_id") in networks for values in (change.before, change.after))
