"""How many devices a second two workers claim, ask, understand and store, with state and evidence.

`make bench-pipeline`. The workers (`make run` starts as many as --workers says), the agents and PostgreSQL share two
cores. Each device is asked one GET of fifteen objects by the product's own rounds (`poll_due`). The median of cycles;
the first one, which meets each device for the first time, is not counted. Afterwards every device must have exactly
one reading for each cycle.
"""

import os
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from statistics import median
from typing import cast

from django.utils import timezone

from bench import own_django
from bench.agent import running
from bench.county import build
from bench.ground import ROUNDS, Absent, seconds, sized
from bench.questions import FIFTEEN, FIFTEEN_SCALARS, loopback
from bench.report import Figure, LeftOut, report
from itops.database.statements import rows, run
from monitoring.actions.poll import Polled, poll_due
from monitoring.probes.profile import Profile
from monitoring.probes.profiles_file import profiles

NAME, GOAL = "pipeline.devices_per_s", 5000
DEVICES = sized(20_000, 200)
WORKERS = 2
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
        with running() as port, own_django.empty_database(), workers() as pool:
            build(loopback(DEVICES), FIFTEEN_SCALARS.name, FIFTEEN_SCALARS.interval_s, port, timezone.now())
            taken = [_cycle(pool) for _ in range(1 + ROUNDS)]
            _check(len(taken))
    except Absent as absent:
        report([LeftOut(NAME, str(absent))])
        return 0
    report([Figure(NAME, DEVICES / median(taken[1:]), "devices/s", GOAL, "higher")])
    return 0


@contextmanager
def workers() -> Iterator[ProcessPoolExecutor]:
    """Processes as fresh as those of `manage.py worker`."""
    with ProcessPoolExecutor(WORKERS, get_context("spawn"), know_profile) as pool:
        yield pool


def know_profile() -> None:
    """As if it were a file of monitoring/profiles."""
    cast(dict[str, Profile], profiles())[FIFTEEN_SCALARS.name] = FIFTEEN_SCALARS


def poll(_: int) -> Polled:
    return poll_due(budget_s=BUDGET_S)


def _cycle(pool: ProcessPoolExecutor) -> float:
    """Seconds for one cycle of all devices, each worker taking what is due."""
    polled: list[Polled] = []
    run("UPDATE monitoring_state SET cycle = %(now)s", {"now": timezone.now()})
    taken = seconds(lambda: polled.extend(pool.map(poll, range(WORKERS))))
    if {sum(one.answered for one in polled), sum(one.recorded for one in polled)} != {DEVICES}:
        raise SystemExit(f"Of {DEVICES} devices not all answered, or were stored: {polled}")
    return taken


def _check(cycles: int) -> None:
    """Exactly one reading of each device in each cycle, with all its values."""
    wrong = rows(WRONG, {"profile": FIFTEEN_SCALARS.name, "values": len(FIFTEEN), "cycles": cycles})
    stored = rows(STORED, {})
    if wrong or stored != [(DEVICES * cycles, DEVICES, cycles)]:
        raise SystemExit(f"Readings are missing or double: {stored}, {wrong[:3]}")


if __name__ == "__main__":
    sys.exit(main())
