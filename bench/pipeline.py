"""How many devices a second one process claims, asks, understands and stores, with state and evidence.

`make bench-pipeline`. The agents, PostgreSQL and the product share two cores. Each device is asked one GET of fifteen
objects by the product's own rounds (`poll_due`). The median of cycles; the first one, which meets each device for the
first time, is not counted. Afterwards every device must have exactly one reading for each cycle.
"""

import os
import sys
from statistics import median
from typing import cast

from django.utils import timezone

from bench import own_django
from bench.agent import running
from bench.county import build
from bench.ground import ROUNDS, Absent, sized
from bench.questions import FIFTEEN, FIFTEEN_SCALARS, loopback
from bench.report import Figure, LeftOut, report
from itops.database.statements import rows, run
from monitoring.actions.poll import poll_due
from monitoring.probes.profile import Profile
from monitoring.probes.profiles_file import profiles

NAME, GOAL = "pipeline.devices_per_s", 5000
DEVICES = sized(20_000, 200)
BUDGET_S = 600.0
WRONG = """
    SELECT endpoint_id, count(*) FROM monitoring_reading r
    JOIN monitoring_layout l ON l.id = r.layout_id AND l.profile = %(profile)s
    WHERE outcome = 1 AND cardinality("values") = %(values)s
    GROUP BY endpoint_id HAVING count(*) <> %(cycles)s
"""
STORED = "SELECT count(*), count(DISTINCT endpoint_id), count(DISTINCT cycle) FROM monitoring_reading"


def main() -> int:
    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:2])
    try:
        with running() as port, own_django.empty_database():
            speed = _measured(port)
    except Absent as absent:
        report([LeftOut(NAME, str(absent))])
        return 0
    report([Figure(NAME, speed, "devices/s", GOAL, "higher")])
    return 0


def _measured(port: int) -> float:
    cast(dict[str, Profile], profiles())[FIFTEEN_SCALARS.name] = FIFTEEN_SCALARS  # as if it were a file
    build(loopback(DEVICES), FIFTEEN_SCALARS.name, FIFTEEN_SCALARS.interval_s, port, timezone.now())
    seconds = [_cycle() for _ in range(1 + ROUNDS)]
    _check(len(seconds))
    return DEVICES / median(seconds[1:])


def _cycle() -> float:
    """Seconds for one cycle of all devices."""
    run("UPDATE monitoring_state SET cycle = %(now)s", {"now": timezone.now()})
    polled = poll_due(budget_s=BUDGET_S)
    if (polled.answered, polled.recorded) != (DEVICES, DEVICES):
        raise SystemExit(f"Of {DEVICES} devices not all answered, or were stored: {polled}")
    return polled.seconds


def _check(cycles: int) -> None:
    """Exactly one reading of each device in each cycle, with all its values."""
    wrong = rows(WRONG, {"profile": FIFTEEN_SCALARS.name, "values": len(FIFTEEN), "cycles": cycles})
    stored = rows(STORED, {})
    if wrong or stored != [(DEVICES * cycles, DEVICES, cycles)]:
        raise SystemExit(f"Readings are missing or double: {stored}, {wrong[:3]}")


if __name__ == "__main__":
    sys.exit(main())
