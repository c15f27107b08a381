"""What a past day looked like at one endpoint: generated evidence that fits how the thing behaves. Pure."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from random import Random
from typing import Any, NamedTuple

from inventory.marks.facts import Witness
from inventory.marks.kind import Kind
from itops.organisation.hours import OfficeHours
from itops.site.demonstration.words import Behaviour, PlannedEndpoint

WHOLE_DAY = 1_440.0
STEP = timedelta(minutes=5)
ALWAYS_ON = frozenset(
    {
        Kind.NETWORK_LINK,
        Kind.NETWORK_DEVICE,
        Kind.SERVER,
        Kind.UPS,
        Kind.VIDEO_ENDPOINT,
        Kind.NOTICE_BOARD,
        Kind.BUSINESS_SYSTEM,
        Kind.MACHINE_ROOM,
    }
)
HEARD_NEVER = frozenset({Behaviour.NEVER_OBSERVED, Behaviour.MAC_ONLY})


@dataclass(frozen=True, slots=True, kw_only=True)
class Outage:
    """A township's line was down, from an hour of a past day on."""

    days_ago: int
    from_hour: int
    hours: int

    def covers(self, moment: datetime) -> bool:
        return self.from_hour <= moment.hour < self.from_hour + self.hours


@dataclass(frozen=True, slots=True, kw_only=True)
class PastDay:
    """A day of one place: open minutes, and the minutes (open, in all) during which its line was up."""

    day: date
    days_ago: int
    open_minutes: float
    open_and_up: float
    up: float


class Evidence(NamedTuple):
    """One row of inventory_evidenceday without endpoint and day, in the order in which it is copied."""

    witness: str
    open_minutes: float
    observable_minutes: float
    seen_minutes: float
    asked_minutes: float
    users: int | None = None
    used_minutes: float | None = None
    calls: int | None = None
    pages: int | None = None
    content_changes: int | None = None
    display_on_minutes: float | None = None
    line_share_p95: int | None = None


Signs = Mapping[str, Any]  # fields of Evidence
NO_SIGNS: Signs = {}


@cache
def outages_of(place: str, watched_days: int) -> tuple[Outage, ...]:
    """Two or three in the last ninety days; none where the line has only just come."""
    if watched_days < 30:
        return ()
    rng = Random(f"outages:{place}")
    days = rng.sample(range(4, 86), k=rng.choice((2, 3)))
    return tuple(
        Outage(days_ago=days_ago, from_hour=rng.randint(0, 10), hours=rng.choice((3, 6, 14)))
        for days_ago in days
    )


def past_day(hours: OfficeHours, day: date, days_ago: int, outages: tuple[Outage, ...]) -> PastDay:
    """The day as its calendar and the line's outages made it."""
    open_minutes = float(hours.open_minutes(day))
    down = [outage for outage in outages if outage.days_ago == days_ago]
    if not down:
        return PastDay(
            day=day, days_ago=days_ago, open_minutes=open_minutes, open_and_up=open_minutes, up=WHOLE_DAY
        )
    begin = datetime.combine(day, time())
    moments = [begin + n * STEP for n in range(int(WHOLE_DAY / 5))]
    up = [moment for moment in moments if not any(outage.covers(moment) for outage in down)]
    return PastDay(
        day=day,
        days_ago=days_ago,
        open_minutes=open_minutes,
        open_and_up=5.0 * sum(hours.open_at(moment) for moment in up),
        up=5.0 * len(up),
    )


def evidence_of(endpoint: PlannedEndpoint, day: PastDay, witness: str, rng: Random) -> tuple[Evidence, ...]:
    """One row by its own probe, and for what answers nothing one by the switch's MAC table."""
    leads = not endpoint.behind  # a line's own silence is observed; behind it nothing is
    observable = day.open_minutes if leads else day.open_and_up
    asked = WHOLE_DAY if leads else day.up
    seen = _seen_minutes(endpoint, day, rng)
    heard = 0.0 if endpoint.behaviour in HEARD_NEVER else seen
    own = Evidence(
        witness=witness,
        open_minutes=day.open_minutes,
        observable_minutes=observable,
        seen_minutes=heard,
        asked_minutes=asked,
        **(SIGNS.get(endpoint.kind, _no_signs)(endpoint, day, heard, rng) if heard else NO_SIGNS),
    )
    if endpoint.behaviour is not Behaviour.MAC_ONLY:
        return (own,)
    by_switch = Evidence(
        witness=Witness.MAC_TABLE,
        open_minutes=day.open_minutes,
        observable_minutes=observable,
        seen_minutes=seen,
        asked_minutes=asked,
    )
    return own, by_switch


def _seen_minutes(endpoint: PlannedEndpoint, day: PastDay, rng: Random) -> float:
    """Minutes at any hour. What is switched off after work is seen in office hours alone."""
    if endpoint.behaviour is Behaviour.NEVER_OBSERVED or 0 < day.days_ago <= endpoint.silent_days:
        return 0.0
    if endpoint.kind in ALWAYS_ON:
        return day.up
    if not day.open_minutes:
        return 30.0 if rng.random() < 0.04 and day.up else 0.0  # somebody came in on a day off
    present = rng.random() >= 0.06  # the desk's owner is away now and then
    return float(int(day.open_and_up * rng.uniform(0.8, 1.0))) if present else 0.0


def _computer(endpoint: PlannedEndpoint, day: PastDay, seen: float, rng: Random) -> Signs:
    if endpoint.behaviour is Behaviour.NO_USERS:
        return {"users": 0, "used_minutes": 0.0}
    return {"users": rng.choice((1, 1, 1, 2)), "used_minutes": float(int(seen * rng.uniform(0.5, 0.9)))}


def _server(endpoint: PlannedEndpoint, day: PastDay, seen: float, rng: Random) -> Signs:
    return {"users": rng.choice((0, 0, 1))}


def _video(endpoint: PlannedEndpoint, day: PastDay, seen: float, rng: Random) -> Signs:
    meets = bool(day.open_and_up) and rng.random() < 0.3
    if endpoint.behaviour is Behaviour.NO_CALLS or not meets:
        return {"calls": 0, "used_minutes": 0.0}
    return {"calls": rng.choice((1, 1, 2)), "used_minutes": 5.0 * rng.randint(6, 24)}


def _board(endpoint: PlannedEndpoint, day: PastDay, seen: float, rng: Random) -> Signs:
    changes = rng.randint(1, 6) if day.open_and_up and rng.random() < 0.5 else 0
    shown = {"content_changes": 0 if endpoint.behaviour is Behaviour.CONTENT_UNCHANGED else changes}
    if endpoint.speaks != "novastar":
        return shown
    lit = 0.0 if endpoint.behaviour is Behaviour.PANEL_OFF else min(seen, 600.0)
    return shown | {"display_on_minutes": lit, "used_minutes": lit}


def _line(endpoint: PlannedEndpoint, day: PastDay, seen: float, rng: Random) -> Signs:
    if endpoint.behaviour is Behaviour.IDLE_LINE:
        low, high, used = 1, 4, 0.0
    elif endpoint.behaviour is Behaviour.SATURATED_LINE:
        low, high, used = 8_300, 9_700, seen
    else:
        low, high, used = 900, 5_200, seen
    share = rng.randint(low, high) if day.open_and_up else None
    return {"used_minutes": used, "line_share_p95": share}


def _ups(endpoint: PlannedEndpoint, day: PastDay, seen: float, rng: Random) -> Signs:
    return {"used_minutes": 0.0 if endpoint.behaviour is Behaviour.NO_LOAD else seen}


def _printer(endpoint: PlannedEndpoint, day: PastDay, seen: float, rng: Random) -> Signs:
    prints = endpoint.behaviour is not Behaviour.NO_PAGES and rng.random() < 0.85
    return {"pages": rng.randint(3, 90) if prints else 0}


def _no_signs(endpoint: PlannedEndpoint, day: PastDay, seen: float, rng: Random) -> Signs:
    return NO_SIGNS


SIGNS: Mapping[Kind, Callable[[PlannedEndpoint, PastDay, float, Random], Signs]] = {
    Kind.COMPUTER: _computer,
    Kind.SERVER: _server,
    Kind.VIDEO_ENDPOINT: _video,
    Kind.NOTICE_BOARD: _board,
    Kind.NETWORK_LINK: _line,
    Kind.UPS: _ups,
    Kind.PRINTER: _printer,
}
