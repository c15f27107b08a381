"""How full a line was on a day: the 95th percentile of its traffic in office hours, against its capacity."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.conf import settings

from itops.database.statements import run
from itops.organisation.hours import OfficeHours

# `values` positions come from the layout; the larger direction counts.
SHARE = """
    WITH traffic AS (
        SELECT r.endpoint_id, p.capacity_bps,
            greatest(r."values"[array_position(l.names, 'in_bps')],
                     r."values"[array_position(l.names, 'out_bps')]) AS bps
        FROM monitoring_reading r
        JOIN monitoring_probe p ON p.endpoint_id = r.endpoint_id AND p.capacity_bps > 0
        JOIN monitoring_layout l ON l.id = r.layout_id AND 'in_bps' = ANY(l.names)
        WHERE r.cycle >= %(opens)s AND r.cycle < %(closes)s AND r.outcome = 1
    ), shares AS (
        SELECT endpoint_id, (10000 * percentile_cont(0.95) WITHIN GROUP (ORDER BY bps) / capacity_bps)::int AS share
        FROM traffic WHERE bps IS NOT NULL GROUP BY endpoint_id, capacity_bps
    )
    UPDATE inventory_evidenceday e SET line_share_p95 = shares.share
    FROM shares WHERE e.endpoint_id = shares.endpoint_id AND e.day = %(day)s AND e.witness = 'snmp'
"""


def record_line_shares(day: date, hours: OfficeHours) -> int:
    """Write each line's share for an office day into its evidence; returns how many lines."""
    if not hours.open_on(day):
        return 0
    zone = ZoneInfo(settings.TIME_ZONE)
    parameters = {"day": day, "opens": _at(day, hours.opens, zone), "closes": _at(day, hours.closes, zone)}
    return run(SHARE, parameters)


def _at(day: date, hour: time, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, hour, tzinfo=zone)
