"""Put the invented county into the database: once; a second call changes nothing but the ports."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from inventory.models import Asset, Endpoint
from itops.database.actor import acting
from itops.organisation.models import Level, Place
from itops.site.demonstration.load_decisions import load_requests
from itops.site.demonstration.load_endpoints import load_endpoints
from itops.site.demonstration.load_equipment import load_equipment
from itops.site.demonstration.load_funding import load_funding
from itops.site.demonstration.load_organisation import load_organisation
from itops.site.demonstration.load_people import load_people
from itops.site.demonstration.load_project import load_project, write_off_replaced
from itops.site.demonstration.load_records import load_records, load_stocktake
from itops.site.demonstration.load_systems import load_systems
from itops.site.demonstration.load_training import load_training
from itops.site.demonstration.wake import Ports
from itops.site.demonstration.words import County
from monitoring.models import Probe

BY = "demonstration"


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """What stands in the database; `fresh` when this call put it there."""

    fresh: bool
    assets: int
    endpoints: int


def load(county: County, ports: Ports, *, now: datetime | None = None) -> Loaded:
    """All of it in one transaction but what was written off since; "days ago" count from the day of `now`."""
    moment = now or timezone.now()
    with acting(BY), transaction.atomic():
        fresh = not is_loaded(county)
        if fresh:
            _load(county, ports, moment)
        else:
            _point_probes(county, ports)
    with acting(BY), transaction.atomic():
        write_off_replaced()
    return Loaded(
        fresh=fresh, assets=sum(1 for _ in county.assets()), endpoints=sum(1 for _ in county.endpoints())
    )


def is_loaded(county: County) -> bool:
    first = next(county.assets())
    return Asset.objects.filter(tag=first.tag).exists()


def endpoint_ids(county: County) -> dict[str, int]:
    """The ids of the county's endpoints by address."""
    addresses = [endpoint.address for endpoint in county.endpoints()]
    return dict(Endpoint.objects.filter(address__in=addresses).values_list("address", "id"))


def _load(county: County, ports: Ports, now: datetime) -> None:
    organisation = load_organisation(county, by=BY)
    equipment = load_equipment(county, organisation)
    load_endpoints(county, organisation, equipment, ports, now=now)
    today = timezone.localdate(now)
    load_records(county, organisation, equipment, today=today)
    load_stocktake(county, organisation, equipment, today=today)
    load_people(organisation, equipment, today=today)
    load_training(county, organisation, equipment, today=today, by=BY)
    load_funding(today)
    load_project(Place.objects.filter(level=Level.COUNTY).earliest("pk"), today)
    load_systems(organisation, equipment, today=today, by=BY)
    load_requests()


def _point_probes(county: County, ports: Ports) -> None:
    """The field answers at other ports than last time."""
    ours = Probe.objects.filter(endpoint__in=endpoint_ids(county).values())
    ours.exclude(snmp_port=ports.snmp).update(snmp_port=ports.snmp)
    ours.filter(http_port__isnull=False).exclude(http_port=ports.http).update(http_port=ports.http)
