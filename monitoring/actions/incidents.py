"""Incidents: one for each thing that others depend on and that is confirmed down."""

from collections.abc import Sequence

from itops.database.statements import run
from monitoring.models import StateCode

OPEN = """
    INSERT INTO monitoring_incident (endpoint_id, opened, confirmed, explains)
    SELECT s.endpoint_id, coalesce(s.last_answer, s.since), s.last_cycle, 0
    FROM monitoring_state s
    LEFT JOIN inventory_endpoint e ON e.id = s.endpoint_id
    LEFT JOIN monitoring_state up ON up.endpoint_id = e.behind_id
    WHERE s.endpoint_id = ANY(%(flipped)s) AND s.code = %(down)s
      AND (up.code IS NULL OR up.code = %(up)s)
      AND EXISTS (SELECT FROM inventory_endpoint child WHERE child.behind_id = s.endpoint_id)
    ON CONFLICT DO NOTHING
"""
CLOSE = """
    UPDATE monitoring_incident i SET closed = s.last_cycle
    FROM monitoring_state s
    WHERE i.endpoint_id = s.endpoint_id AND i.closed IS NULL
      AND s.endpoint_id = ANY(%(flipped)s) AND s.code = %(up)s
"""
EXPLAINS = """
    WITH RECURSIVE behind AS (
        SELECT i.id AS incident, e.id AS endpoint
        FROM monitoring_incident i JOIN inventory_endpoint e ON e.behind_id = i.endpoint_id
        WHERE i.closed IS NULL
        UNION ALL
        SELECT behind.incident, e.id FROM behind JOIN inventory_endpoint e ON e.behind_id = behind.endpoint
    ), counted AS (SELECT incident, count(*) AS explained FROM behind GROUP BY incident)
    UPDATE monitoring_incident i SET explains = counted.explained
    FROM counted WHERE counted.incident = i.id AND i.explains <> counted.explained
"""


def update_incidents(flipped: Sequence[int]) -> None:
    """Open and close incidents for endpoints whose state has just flipped."""
    if not flipped:
        return
    parameters = {"flipped": list(flipped), "down": StateCode.DOWN, "up": StateCode.UP}
    opened = run(OPEN, parameters)
    run(CLOSE, parameters)
    if opened:
        run(EXPLAINS, {})
