"""Ninety past days of generated evidence, and a week of generated readings of a few endpoints, by COPY.

Nothing is written for today, which is real. Evidence says of itself that it is generated; readings cannot, so
whoever shows readings of days whose evidence is generated must say so. A second call writes nothing.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from random import Random
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from inventory.actions.partitions import ensure_days
from inventory.marks.kind import Kind
from inventory.models import EvidenceDay
from inventory.models.evidence import EvidenceBlock
from itops.organisation.calendars import office_hours
from itops.organisation.hours import OfficeHours
from itops.organisation.models import Office
from itops.site.demonstration.load import endpoint_ids
from itops.site.demonstration.past import PastDay, evidence_of, outages_of, past_day
from itops.site.demonstration.past_readings import READING_DAYS, reading_rows
from itops.site.demonstration.words import HISTORY_DAYS, Behaviour, County, PlannedEndpoint
from monitoring.actions.layouts import layout_id
from monitoring.probes.profiles_file import profile_named

EVIDENCE = """COPY inventory_evidenceday (endpoint_id, day, witness, open_minutes, observable_minutes, seen_minutes,
    asked_minutes, users, used_minutes, calls, pages, content_changes, display_on_minutes, line_share_p95, generated)
    FROM STDIN"""
COMPUTERS = 2  # of each township have readings
READINGS = 'COPY monitoring_reading (endpoint_id, cycle, layout_id, outcome, reason, "values") FROM STDIN'


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """How many rows this call wrote."""

    evidence: int
    readings: int


def write_history(county: County, *, today: date | None = None) -> Written:
    """From yesterday back, for each endpoint as many days as it has been watched."""
    day = today or timezone.localdate()
    ids = endpoint_ids(county)
    if _is_written(ids):
        return Written(evidence=0, readings=0)
    ensure_days(day - timedelta(days=n) for n in range(HISTORY_DAYS + 1))
    hours, layouts = _hours(county), _layouts(county)
    with transaction.atomic():
        return Written(
            evidence=_copy(EVIDENCE, _evidence(county, ids, hours, day)),
            readings=_copy(READINGS, _readings(county, ids, hours, layouts, day)),
        )


def _is_written(ids: dict[str, int]) -> bool:
    """Closed days are packed after a while: then no row of them is left."""
    rows = EvidenceDay.objects.filter(endpoint__in=ids.values(), generated=True)
    return rows.exists() or EvidenceBlock.objects.filter(generated=True).exists()


def _hours(county: County) -> dict[str, OfficeHours]:
    """Each township's office hours, by its name."""
    by_calendar = office_hours()
    offices = Office.objects.filter(place__code__in=[township.code for township in county.townships])
    return {name: by_calendar[calendar] for name, calendar in offices.values_list("place__name", "calendar")}


def _layouts(county: County) -> dict[str, int]:
    """By profile; looked up beforehand, for the connection is busy while it copies."""
    profiles = {endpoint.profile: profile_named(endpoint.profile) for endpoint in examples(county)}
    return {name: layout_id(profile) for name, profile in profiles.items()}


def _evidence(
    county: County, ids: dict[str, int], hours: dict[str, OfficeHours], today: date
) -> Iterator[Sequence[object]]:
    days_of: dict[tuple[str, int], list[PastDay]] = {}
    for endpoint in county.endpoints():
        watched = endpoint.place, endpoint.watched_days
        days = days_of.get(watched) or _days(*watched, hours[endpoint.place], today)
        days_of[watched] = days
        rng, witness = Random(f"past:{endpoint.address}"), profile_named(endpoint.profile).witness
        for day in days:
            for row in evidence_of(endpoint, day, witness, rng):
                yield (ids[endpoint.address], day.day, *row, True)


def _days(place: str, watched_days: int, hours: OfficeHours, today: date) -> list[PastDay]:
    outages = outages_of(place, watched_days)
    return [
        past_day(hours, today - timedelta(days=days_ago), days_ago, outages)
        for days_ago in range(watched_days, 0, -1)
    ]


def _readings(
    county: County, ids: dict[str, int], hours: dict[str, OfficeHours], layouts: dict[str, int], today: date
) -> Iterator[Sequence[object]]:
    zone = ZoneInfo(settings.TIME_ZONE)
    for endpoint in examples(county):
        profile = profile_named(endpoint.profile)
        for row in reading_rows(endpoint, hours[endpoint.place], today, zone):
            values = [row.numbers.get(name) for name in profile.layout] if row.numbers else None
            yield (
                ids[endpoint.address],
                row.cycle,
                layouts[profile.name],
                int(row.outcome),
                row.reason,
                values,
            )


def examples(county: County) -> Iterator[PlannedEndpoint]:
    """The endpoints that get readings: each township's lines, its video endpoints and two of its computers."""
    for township in county.townships:
        if township.watched_days < READING_DAYS:
            continue
        bound = [asset.endpoint for asset in township.assets if asset.endpoint]
        yield from (one for one in bound if one.kind in {Kind.NETWORK_LINK, Kind.VIDEO_ENDPOINT})
        computers = (one for one in bound if one.kind is Kind.COMPUTER and one.behaviour is Behaviour.HEALTHY)
        yield from islice(computers, COMPUTERS)


def _copy(statement: str, rows: Iterable[Sequence[object]]) -> int:
    written = 0
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for written, row in enumerate(rows, 1):  # noqa: B007 -- the last number is the count
            copy.write_row(row)
    return written
