"""A small county for monitoring's tests: a line, a switch behind it, computers behind that."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from django.utils import timezone
from psycopg.types.range import TimestamptzRange

from inventory.models import Asset, Binding, Endpoint, Network, NetworkKind
from itops.organisation.models import Level, Office, Place, WorkCalendar
from monitoring.actions.claim import Claim
from monitoring.models import Probe, State
from monitoring.probes.answer import Answer, MacSighting, Reason
from monitoring.probes.profile import Profile
from monitoring.probes.profiles_file import profile_named

MONDAY = datetime(2026, 11, 16, 2, 0, tzinfo=UTC)  # ten in the morning in Shanghai, an office day


@dataclass(frozen=True, slots=True)
class Township:
    """`line` is behind nothing, `switch` behind the line, `computers` behind the switch."""

    place: Place
    network: Network
    line: Endpoint
    switch: Endpoint
    computers: list[Endpoint]

    @property
    def all(self) -> list[Endpoint]:
        return [self.line, self.switch, *self.computers]


def township(*, computers: int = 2, due: datetime = MONDAY, name: str = "仙溪镇") -> Township:
    calendar, _ = WorkCalendar.objects.get_or_create(name="office")
    place = Place.objects.create(
        path=f"9{Place.objects.count()}", level=Level.TOWNSHIP, code="430923103", name=name
    )
    Office.objects.create(place=place, name="民政所", calendar=calendar, staff=10)
    network, _ = Network.objects.get_or_create(name="政务外网", defaults={"kind": NetworkKind.EXTRANET})
    line = endpoint(place, network, "127.9.0.1", "line", due)
    switch = endpoint(place, network, "127.9.0.2", "switch", due, behind=line)
    found = [
        endpoint(place, network, f"127.9.0.{10 + n}", "computer", due, behind=switch)
        for n in range(computers)
    ]
    return Township(place, network, line, switch, found)


def endpoint(
    place: Place, network: Network, address: str, profile: str, due: datetime, behind: Endpoint | None = None
) -> Endpoint:
    made = Endpoint.objects.create(place=place, network=network, address=address, behind=behind)
    Probe.objects.create(endpoint=made, profile=profile, interval_s=profile_named(profile).interval_s)
    State.objects.create(endpoint=made, cycle=due)
    return made


def asset(place: Place, tag: str, kind: str = "computer", **more: object) -> Asset:
    return Asset.objects.create(tag=tag, kind=kind, name=tag, place=place, **more)


def bound(endpoint: Endpoint, thing: Asset, since: datetime | None = None) -> Binding:
    during = TimestamptzRange(since or timezone.now() - timedelta(days=200), None)
    return Binding.objects.create(endpoint=endpoint, asset=thing, during=during, by="test")


def answered(claim: Claim, *, texts: dict[str, str] | None = None, **numbers: float) -> Answer:
    """An answer with these numbers; the others are not offered."""
    profile = claim.target.profile
    values = tuple(numbers.get(name) for name in profile.layout)
    return replace(
        _empty(claim, profile), answered=True, reason=Reason.NONE, values=values, texts=texts or {}
    )


def silent(claim: Claim) -> Answer:
    return _empty(claim, claim.target.profile)


def with_macs(answer: Answer, *macs: str) -> Answer:
    return replace(answer, macs=tuple(MacSighting(mac, 1) for mac in macs))


def _empty(claim: Claim, profile: Profile) -> Answer:
    return Answer(
        key=claim.target.key,
        profile=profile,
        answered=False,
        reason=Reason.SILENT,
        values=(),
        texts={},
        macs=(),
        interfaces=(),
        uptime_s=None,
        asked_at=claim.cycle.timestamp(),
        seconds=0.1,
    )
