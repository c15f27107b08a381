"""The probe plan of business systems: what has an address is asked over HTTP, a confidential one never."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from inventory.actions.identity import bind, unbind
from inventory.models import Binding, BusinessSystem, Endpoint, Network, NetworkKind
from inventory.systems.address import WebAddress
from itops.database.actor import acting
from itops.organisation.models import Level, Place
from monitoring.models import Probe, State
from monitoring.probes.profiles_file import profile_named

BY = "system_watch"
PLAIN, OVER_TLS = "web_system", "web_system_tls"
ON_A_CONFIDENTIAL_NETWORK = Q(network__kind=NetworkKind.CONFIDENTIAL) | Q(
    asset__network__kind=NetworkKind.CONFIDENTIAL
)


def watch_systems() -> int:
    """Every system with an address gets its probe; how many were planned anew. Doing it twice changes nothing."""
    with acting(BY), transaction.atomic():
        asked = [(one, one.network, WebAddress.read(one.address)) for one in _to_be_asked() if one.network]
        unplanned = [one for one in asked if _differs(one[0], one[2])]
        for system, network, address in unplanned:
            _plan(system, network, address)
    return len(unplanned)


def _to_be_asked() -> Iterable[BusinessSystem]:
    """An asset of the books that is probed already answers for its system."""
    addressed = BusinessSystem.objects.current().exclude(address="").exclude(network=None)
    open_ones = addressed.exclude(ON_A_CONFIDENTIAL_NETWORK)
    bound = Binding.objects.filter(during__upper_inf=True, asset__isnull=False)
    elsewhere = Q(asset__in=bound.values("asset"), endpoint=None)
    found = open_ones.exclude(elsewhere).select_for_update(no_key=True, of=("self",))
    return found.select_related("asset__place", "office__place", "network", "endpoint__probe")


def _differs(system: BusinessSystem, address: WebAddress) -> bool:
    endpoint = system.endpoint
    if endpoint is None or endpoint.archived or endpoint.network_id != system.network_id:
        return True
    probe = endpoint.probe
    asked = endpoint.address, probe.http_port, probe.http_path or "/", probe.profile
    return asked != (address.host, address.port, address.path, _profile(address))


def _plan(system: BusinessSystem, network: Network, address: WebAddress) -> None:
    """The endpoint, its probe and when it is due; readings of an earlier address stay where they are."""
    if system.endpoint is not None:
        unbind(system.endpoint)
        Endpoint.objects.filter(pk=system.endpoint.pk).update(archived=True)
    endpoint = Endpoint.objects.create(network=network, place=_place(system), address=address.host)
    profile = profile_named(_profile(address))
    Probe.objects.create(
        endpoint=endpoint,
        profile=profile.name,
        interval_s=profile.interval_s,
        http_port=address.port,
        http_path=address.path,
        ping=False,
    )
    State.objects.create(endpoint=endpoint, cycle=timezone.now())
    BusinessSystem.objects.filter(pk=system.pk).update(endpoint=endpoint)
    if system.asset is not None:
        bind(endpoint, system.asset, by=BY)


def _profile(address: WebAddress) -> str:
    return OVER_TLS if address.tls else PLAIN


def _place(system: BusinessSystem) -> Place:
    """Where it is looked after; else the county."""
    if system.office is not None:
        return system.office.place
    if system.asset is not None:
        return system.asset.place
    return Place.objects.filter(level__gte=Level.COUNTY).order_by("level", "position", "code")[0]
