"""The first list of business systems is taken into the register; mismatches of figures are explained."""

from collections.abc import Sequence

from django.db import transaction

from inventory.models import BusinessSystem, Network, NetworkKind
from inventory.systems.first_list import Listed, first_list
from itops.database.actor import acting

CONFIDENTIAL_NETWORK = "涉密网络"


def load_first_list(*, by: str) -> Sequence[BusinessSystem]:
    """Those that were added; one whose name is there stays as people made it."""
    known = set(BusinessSystem.objects.values_list("name", flat=True))
    missing = [one for one in first_list() if one.name not in known]
    with acting(by), transaction.atomic():
        networks = _networks(missing)
        return BusinessSystem.objects.bulk_create(_system(one, networks) for one in missing)


def _networks(listed: Sequence[Listed]) -> dict[str, Network]:
    """By kind. The confidential one is made where there is none: without it such a system could be probed."""
    found = {one.kind: one for one in Network.objects.filter(archived=False).order_by("-pk")}
    if NetworkKind.CONFIDENTIAL not in found and any(
        one.network == NetworkKind.CONFIDENTIAL for one in listed
    ):
        found[NetworkKind.CONFIDENTIAL] = Network.objects.create(
            name=CONFIDENTIAL_NETWORK, kind=NetworkKind.CONFIDENTIAL
        )
    return found


def _system(listed: Listed, networks: dict[str, Network]) -> BusinessSystem:
    return BusinessSystem(
        name=listed.name,
        name_en=listed.name_en,
        short=listed.short,
        stage=listed.stage,
        run_by=listed.run_by,
        network=networks.get(listed.network),
        note=listed.note,
    )
