"""How anybody hands in what was seen: monitoring, a stock-take, an inspection, a report (DESIGN §3)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection, transaction
from django.utils import timezone

from inventory.models import Asset, Sighting
from itops.organisation.models import Person, Place

MAC_EVIDENCE = """
    INSERT INTO inventory_evidenceday AS e
        (endpoint_id, day, witness, open_minutes, observable_minutes, seen_minutes, asked_minutes, last_cycle,
        generated)
    SELECT pc.id, %(day)s, 'mac_table', %(open)s, %(open)s,
        CASE WHEN bool_or(k.value = ANY(%(macs)s)) THEN %(minutes)s ELSE 0 END, %(minutes)s,
        %(cycle)s, false
    FROM inventory_endpoint pc
    JOIN inventory_endpointkey k ON k.endpoint_id = pc.id AND k.kind = 'mac' AND k.until IS NULL
    WHERE pc.behind_id = %(switch)s
    GROUP BY pc.id
    ON CONFLICT (endpoint_id, day, witness) DO UPDATE SET
        open_minutes = e.open_minutes + excluded.open_minutes,
        observable_minutes = e.observable_minutes + excluded.observable_minutes,
        seen_minutes = e.seen_minutes + excluded.seen_minutes,
        asked_minutes = e.asked_minutes + excluded.asked_minutes,
        last_cycle = greatest(e.last_cycle, excluded.last_cycle)
"""
FIRST_OBSERVED = (
    "UPDATE inventory_endpoint SET first_observed = %s WHERE id = ANY(%s) AND first_observed IS NULL"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class MacTable:
    """What one switch had learned in one cycle: `open_minutes` is 0 outside office hours."""

    switch: int
    day: date
    cycle: datetime
    minutes: float
    open_minutes: float
    macs: Sequence[str]


def record_mac_tables(tables: Iterable[MacTable]) -> None:
    """Evidence for everything with a known MAC behind these switches: seen, or observable and not seen."""
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(
                MAC_EVIDENCE,
                {
                    "day": table.day,
                    "cycle": table.cycle,
                    "open": table.open_minutes,
                    "minutes": table.minutes,
                    "macs": list(table.macs),
                    "switch": table.switch,
                },
            )


def record_first_observed(endpoints: Sequence[int], at: datetime) -> None:
    """These endpoints have answered; the first time is kept."""
    with connection.cursor() as cursor:
        cursor.execute(FIRST_OBSERVED, [at, list(endpoints)])


@transaction.atomic
def record_sighting(
    asset: Asset,
    *,
    found: bool,
    by: str,
    on: date | None = None,
    sort: Sighting.Sort = Sighting.Sort.INSPECTION,
    person: Person | None = None,
    place: Place | None = None,
    note: str = "",
) -> Sighting:
    """A person looked for the asset and found it, or did not."""
    return Sighting.objects.create(
        asset=asset,
        found=found,
        by=by,
        on=on or timezone.localdate(),
        sort=sort,
        person=person,
        place=place,
        note=note,
    )
