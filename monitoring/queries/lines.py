"""The townships' lines: which are down now, and how each day of the last month went."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from inventory.actions.observed import seen
from inventory.marks.kind import Kind
from inventory.models import Asset, Binding
from itops.database.kept import Kept
from itops.organisation.models import User
from itops.organisation.scope import in_scope, visible_when_asked
from monitoring.models import Incident, StateCode
from monitoring.queries.states import PERMISSION, Now, states

STRIP_DAYS = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class LineDay:
    """One day: `down_minutes` of incidents in it; None when nothing was observed that day."""

    day: date
    down_minutes: float | None
    generated: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of a place, its state and its days, the oldest first."""

    asset: Asset
    now: Now | None
    days: Sequence[LineDay]


def down_in(user: User) -> set[int]:
    """Places of which a line is confirmed down now."""
    return set(DOWN.all(**in_scope(user, PERMISSION)))


DOWN: Kept[int] = Kept(
    lambda: (
        visible_when_asked(Binding.objects.current(), place="endpoint__place")
        .filter(asset__kind=Kind.NETWORK_LINK.value, endpoint__state__code=StateCode.DOWN)
        .values_list("asset__place", flat=True)
    )
)


def lines_of(assets: QuerySet[Asset], user: User) -> list[Line]:
    """The lines among these assets; their incidents and evidence lie on the endpoints bound to them."""
    listed = list(assets.filter(kind=Kind.NETWORK_LINK.value))
    now = states([asset.pk for asset in listed], user)
    return [
        Line(asset=asset, now=here, days=days(here.endpoint) if here else ())
        for asset in listed
        for here in [now.get(asset.pk)]
    ]


def days(endpoint: int) -> list[LineDay]:
    """The last thirty days of a line; a day without evidence and without incident was not observed."""
    today = timezone.localdate()
    first = today - timedelta(days=STRIP_DAYS - 1)
    told = [one for one in seen(first, today, [endpoint]) if one.asked_minutes > 0]
    observed = {one.day: one.generated for one in told}
    incidents = list(Incident.objects.filter(endpoint=endpoint).exclude(closed__lt=_starts(first)))
    strip = []
    for back in range(STRIP_DAYS):
        day = first + timedelta(days=back)
        down = sum(_minutes_in(day, incident.opened, incident.closed) for incident in incidents)
        known = day in observed or down > 0
        strip.append(
            LineDay(day=day, down_minutes=down if known else None, generated=observed.get(day, False))
        )
    return strip


def _minutes_in(day: date, opened: datetime, closed: datetime | None) -> float:
    """How much of the day lies between the two; now ends what is still open."""
    start, end = _starts(day), min(_starts(day + timedelta(days=1)), timezone.now())
    lasted = min(end, closed or end) - max(start, opened)
    return max(lasted.total_seconds() / 60, 0.0)


def _starts(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))
