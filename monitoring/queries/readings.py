"""Single readings with the names of their values, and an endpoint's days of evidence."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from inventory.actions.observed import Seen, seen
from inventory.models import Endpoint
from monitoring.models import Layout, Outcome, Reading
from monitoring.probes.answer import Reason

MOST = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One cycle of one endpoint: its numbers by name, or why there are none."""

    endpoint: int
    cycle: datetime
    outcome: Outcome
    reason: Reason
    profile: str
    numbers: Sequence[tuple[str, float | None]]


def on_day(endpoint: int, day: date) -> list[Told]:
    """The readings of a local day, the latest first, at most MOST."""
    start = timezone.make_aware(datetime.combine(day, time()))
    found = Reading.objects.filter(endpoint=endpoint, cycle__gte=start, cycle__lt=start + timedelta(days=1))
    readings = list(found.order_by("-cycle")[:MOST])
    layouts = Layout.objects.in_bulk({reading.layout_id for reading in readings if reading.layout_id})
    return [_told(reading, layouts.get(reading.layout_id or 0)) for reading in readings]


def one(endpoint: int, cycle: datetime) -> Told | None:
    """The reading of exactly that cycle."""
    reading = Reading.objects.filter(endpoint=endpoint, cycle=cycle).first()
    if reading is None:
        return None
    return _told(reading, Layout.objects.filter(pk=reading.layout_id or 0).first())


def evidence(endpoints: Iterable[Endpoint], back: int) -> list[tuple[Endpoint, Seen]]:
    """The last days of evidence of these endpoints, the latest first."""
    today = timezone.localdate()
    known = {endpoint.pk: endpoint for endpoint in endpoints}
    found = seen(today - timedelta(days=back - 1), today, known)
    found.sort(key=lambda one: one.day, reverse=True)
    return [(known[one.endpoint], one) for one in found]


def _told(reading: Reading, layout: Layout | None) -> Told:
    names = layout.names if layout else []
    return Told(
        endpoint=reading.endpoint_id,
        cycle=reading.cycle,
        outcome=Outcome(reading.outcome),
        reason=Reason(reading.reason) if reading.reason in set(Reason) else Reason.UNKNOWN,
        profile=layout.profile if layout else "",
        numbers=list(zip(names, reading.values or [], strict=False)),
    )
