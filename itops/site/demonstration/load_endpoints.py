"""The invented county's endpoints with what is known of them: keys, bindings, probes and where each stands."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import groupby

from django.utils import timezone
from psycopg.types.range import TimestamptzRange

from inventory.models import Binding, Endpoint, EndpointKey, KeyKind, Network
from itops.site.demonstration.load_equipment import Equipment
from itops.site.demonstration.load_organisation import Organisation
from itops.site.demonstration.shapes import EXTRANET
from itops.site.demonstration.wake import Ports
from itops.site.demonstration.words import (
    COMMUNITY,
    HISTORY_DAYS,
    Behaviour,
    County,
    PlannedEndpoint,
)
from monitoring.models import Credential, Probe, State, StateCode
from monitoring.probes.answer import Reason
from monitoring.probes.profiles_file import profile_named
from monitoring.probes.target import SnmpVersion

CREDENTIAL = "SNMP v2c（演示）"
ON_THE_BOOKS = timedelta(days=400)  # since when an endpoint has been known to be its asset
FAILURES_A_DAY = 288

Endpoints = dict[str, Endpoint]  # by address


def load_endpoints(
    county: County, organisation: Organisation, equipment: Equipment, ports: Ports, *, now: datetime
) -> Endpoints:
    """Due at once: the first cycle asks all of them."""
    planned, known_since = list(county.endpoints()), now - ON_THE_BOOKS
    endpoints = _endpoints(planned, organisation, now)
    EndpointKey.objects.bulk_create(
        EndpointKey(endpoint=endpoints[one.address], kind=KeyKind.MAC, value=one.mac, since=known_since)
        for one in planned
        if one.watched_days and one.mac
    )
    Binding.objects.bulk_create(
        Binding(
            endpoint=endpoints[asset.endpoint.address],
            asset=equipment[asset.tag],
            during=TimestamptzRange(known_since, None),
            by="demonstration",
        )
        for asset in county.assets()
        if asset.endpoint
    )
    _probes(planned, endpoints, ports)
    State.objects.bulk_create(_state(one, endpoints[one.address], now) for one in planned)
    return endpoints


def first_observed(endpoint: PlannedEndpoint, now: datetime) -> datetime | None:
    """None for what never answered; else before the first day of its evidence."""
    if not _has_answered(endpoint):
        return None
    days = HISTORY_DAYS * 4 if endpoint.watched_days >= HISTORY_DAYS else endpoint.watched_days
    return _morning(now, days)


def _endpoints(planned: Sequence[PlannedEndpoint], organisation: Organisation, now: datetime) -> Endpoints:
    """By depth, for each must know what it is behind."""
    network = Network.objects.get(name=EXTRANET)
    depths: dict[str, int] = {}
    for one in planned:
        depths[one.address] = depths[one.behind] + 1 if one.behind else 0
    made: Endpoints = {}
    by_depth = sorted(planned, key=lambda one: depths[one.address])
    for _, group in groupby(by_depth, key=lambda one: depths[one.address]):
        fresh = Endpoint.objects.bulk_create(
            Endpoint(
                network=network,
                place=organisation.places[one.place],
                address=one.address,
                behind=made[one.behind] if one.behind else None,
                first_observed=first_observed(one, now),
            )
            for one in group
        )
        made |= {endpoint.address: endpoint for endpoint in fresh}
    return made


def _probes(planned: Sequence[PlannedEndpoint], endpoints: Endpoints, ports: Ports) -> None:
    """Without ping: on loopback every address answers it, whether or not anything is there."""
    credential, _ = Credential.objects.get_or_create(
        name=CREDENTIAL, defaults={"version": SnmpVersion.V2C, "community": COMMUNITY}
    )
    profiles = {one.profile: profile_named(one.profile) for one in planned}
    Probe.objects.bulk_create(
        Probe(
            endpoint=endpoints[one.address],
            profile=one.profile,
            interval_s=profiles[one.profile].interval_s,
            credential=credential if profiles[one.profile].snmp else None,
            snmp_port=ports.snmp,
            http_port=ports.http if profiles[one.profile].http else None,
            ping=False,
            capacity_bps=one.capacity_bps,
        )
        for one in planned
    )


def _state(endpoint: PlannedEndpoint, row: Endpoint, now: datetime) -> State:
    """As the last cycle of yesterday left it."""
    if not _has_answered(endpoint):
        return State(endpoint=row, cycle=now)
    yesterday = _morning(now, 0) - timedelta(hours=8)
    if not endpoint.silent_days:
        code, since, answered = StateCode.UP, row.first_observed, yesterday
    else:
        code, since = StateCode.DOWN, _morning(now, endpoint.silent_days)
        answered = since
    return State(
        endpoint=row,
        cycle=now,
        code=code,
        since=since,
        last_answer=answered,
        last_cycle=yesterday,
        failures=endpoint.silent_days * FAILURES_A_DAY,
        reason=Reason.SILENT.value if endpoint.silent_days else "",
    )


def _has_answered(endpoint: PlannedEndpoint) -> bool:
    silent = endpoint.behaviour in {Behaviour.NEVER_OBSERVED, Behaviour.MAC_ONLY}
    return bool(endpoint.watched_days) and not silent


def _morning(now: datetime, days_ago: int) -> datetime:
    local = timezone.localtime(now)
    return local.replace(hour=7, minute=50, second=0, microsecond=0) - timedelta(days=days_ago)
