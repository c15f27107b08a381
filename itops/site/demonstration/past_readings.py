"""A week of generated readings of one endpoint, every quarter of an hour, so that charts have a line."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from random import Random

from inventory.marks.kind import Kind
from itops.organisation.hours import OfficeHours
from itops.site.demonstration.past import outages_of
from itops.site.demonstration.rhythm import CALL_BPS, IDLE_BPS, VIDEO_IDLE_BPS
from itops.site.demonstration.words import Behaviour, PlannedEndpoint
from monitoring.models import Outcome
from monitoring.probes.answer import Reason

READING_DAYS = 7
EVERY = timedelta(minutes=15)
A_DAY = int(timedelta(days=1) / EVERY)


@dataclass(frozen=True, slots=True, kw_only=True)
class PastReading:
    """`numbers` by the names of the profile's layout; None when nothing answered."""

    cycle: datetime
    outcome: Outcome
    reason: str = ""
    numbers: Mapping[str, float] | None = None


def reading_rows(
    endpoint: PlannedEndpoint, hours: OfficeHours, today: date, zone: tzinfo
) -> Iterator[PastReading]:
    """From seven days ago to the end of yesterday, in local days."""
    rng = Random(f"readings:{endpoint.address}")
    outages = outages_of(endpoint.place, endpoint.watched_days)
    for days_ago in range(READING_DAYS, 0, -1):
        begin = datetime.combine(today - timedelta(days=days_ago), time())
        down = [outage for outage in outages if outage.days_ago == days_ago]
        for turn in range(A_DAY):
            moment = begin + turn * EVERY
            is_cut = any(outage.covers(moment) for outage in down)
            yield _reading(endpoint, moment, zone, is_open=hours.open_at(moment), is_cut=is_cut, rng=rng)


def _reading(
    endpoint: PlannedEndpoint, moment: datetime, zone: tzinfo, *, is_open: bool, is_cut: bool, rng: Random
) -> PastReading:
    cycle, silent = moment.replace(tzinfo=zone), Reason.SILENT.value
    if is_cut:
        outcome = Outcome.UNREACHABLE if endpoint.behind else Outcome.SILENT
        return PastReading(cycle=cycle, outcome=outcome, reason=silent)
    if endpoint.kind is Kind.COMPUTER and not is_open:
        return PastReading(cycle=cycle, outcome=Outcome.SILENT, reason=silent)
    uptime = (moment - datetime(2026, 1, 1)).total_seconds() % (30 * 86_400)  # noqa: DTZ001 -- a local clock
    numbers = {"uptime_s": uptime, **_numbers(endpoint, moment, is_open, rng)}
    return PastReading(cycle=cycle, outcome=Outcome.ANSWERED, numbers=numbers)


def _numbers(endpoint: PlannedEndpoint, moment: datetime, is_open: bool, rng: Random) -> dict[str, float]:
    if endpoint.kind is Kind.COMPUTER:
        return {
            "users": float(endpoint.behaviour is not Behaviour.NO_USERS and rng.random() < 0.85),
            "processes": float(rng.randint(95, 140)),
            "memory_mb": float(endpoint.memory_mb),
            "load_percent": float(rng.randint(4, 45)),
            **_traffic(rng.uniform(40_000, 600_000)),
        }
    if endpoint.kind is Kind.VIDEO_ENDPOINT:
        calls = endpoint.behaviour is not Behaviour.NO_CALLS and is_open and _meeting(endpoint, moment)
        calling = {"calls": float(calls), "conferences": float(calls), "device_status": 1.0}
        return calling | _traffic((CALL_BPS if calls else VIDEO_IDLE_BPS) * rng.uniform(0.85, 1.1))
    return {"discontinuity_s": 0.0, **_traffic(_line_bps(endpoint, moment, is_open, rng))}


def _meeting(endpoint: PlannedEndpoint, moment: datetime) -> bool:
    """A meeting of an hour and a half, on some mornings or afternoons."""
    rng = Random(f"{endpoint.address}:{moment.date()}")
    begins = rng.choice((9.0, 10.0, 14.5, 15.5))
    return rng.random() < 0.4 and begins <= moment.hour + moment.minute / 60 < begins + 1.5


def _line_bps(endpoint: PlannedEndpoint, moment: datetime, is_open: bool, rng: Random) -> float:
    """A hump over the office day, a tenth of it at night."""
    capacity = float(endpoint.capacity_bps or 0)
    if endpoint.behaviour is Behaviour.IDLE_LINE:
        return IDLE_BPS * rng.uniform(0.8, 1.2)
    if endpoint.behaviour is Behaviour.SATURATED_LINE and is_open:
        return capacity * rng.uniform(0.84, 0.97)
    hump = math.sin(math.pi * min(max((moment.hour - 7) / 12, 0.0), 1.0)) if is_open else 0.0
    return capacity * (0.03 + 0.35 * hump) * rng.uniform(0.7, 1.2)


def _traffic(bps: float) -> dict[str, float]:
    return {"in_bps": round(bps, 1), "out_bps": round(bps / 3, 1)}
