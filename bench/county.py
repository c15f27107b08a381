"""A county of many devices, each with a probe, all served by the fast agent."""

from collections.abc import Sequence
from datetime import datetime

from bench.agent import V2C
from inventory.models import Endpoint, Network, NetworkKind
from itops.organisation.models import Level, Office, Place, WorkCalendar
from monitoring.models import Credential, Probe, State

TOWNSHIPS = 23


def build(addresses: Sequence[str], profile: str, interval_s: int, port: int, due: datetime) -> None:
    """Endpoints at these addresses, spread over the townships, behind nothing, all due at once.

    Their texts count as asked: that is done once a day, and what is measured is the cycle.
    """
    places = [_township(number) for number in range(TOWNSHIPS)]
    network = Network.objects.create(name="bench", kind=NetworkKind.EXTRANET)
    credential = Credential.objects.create(name="bench", version=V2C.version.value, community=V2C.community)
    endpoints = Endpoint.objects.bulk_create(
        Endpoint(place=places[at % TOWNSHIPS], network=network, address=address)
        for at, address in enumerate(addresses)
    )
    Probe.objects.bulk_create(
        Probe(
            endpoint=one,
            profile=profile,
            interval_s=interval_s,
            credential=credential,
            snmp_port=port,
            ping=False,
        )
        for one in endpoints
    )
    State.objects.bulk_create(State(endpoint=one, cycle=due, texts_at=due) for one in endpoints)


def _township(number: int) -> Place:
    calendar, _ = WorkCalendar.objects.get_or_create(name="office")
    place = Place.objects.create(
        path=f"43.{number}", level=Level.TOWNSHIP, code=f"4309231{number:02}", name=f"{number} 镇"
    )
    Office.objects.create(place=place, name="民政所", calendar=calendar, staff=10)
    return place
