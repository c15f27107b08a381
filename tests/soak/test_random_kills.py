"""`make soak`: parts of the running demonstration are killed at random; nothing is lost or counted twice."""

import os
import random
import signal
import time
from datetime import UTC, datetime

import pytest

from itops.database.supervisor import running
from tests.processes.programs import eventually, program
from tests.processes.test_one_command_runs_everything import LINK, postmaster, processes, said

pytestmark = pytest.mark.soak
MINUTES = float(os.environ.get("SOAK_MINUTES", "5"))
PARTS = (" clock", " worker", "granian", "postgres")

# Two rows of an endpoint further apart than its interval, with nothing between them that says why.
HOLES = """
    SELECT count(*) FROM (
        SELECT r.endpoint_id, r.cycle, lead(r.cycle) OVER (PARTITION BY r.endpoint_id ORDER BY r.cycle) AS next
        FROM monitoring_reading r WHERE r.cycle >= %(began)s
    ) pairs JOIN monitoring_probe p USING (endpoint_id)
    WHERE next - cycle > make_interval(secs => p.interval_s + 1)
"""
# Minutes of evidence that are not the readings' minutes.
MISCOUNTED = """
    SELECT count(*) FROM (
        SELECT endpoint_id, count(*) FILTER (WHERE outcome IN (1, 2)) AS asked
        FROM monitoring_reading WHERE cycle >= %(began)s GROUP BY endpoint_id
    ) r JOIN monitoring_probe p USING (endpoint_id)
    JOIN (
        SELECT endpoint_id, sum(asked_minutes) AS minutes FROM inventory_evidenceday
        WHERE NOT generated AND witness <> 'mac_table' GROUP BY endpoint_id
    ) e USING (endpoint_id)
    WHERE abs(e.minutes - r.asked * p.interval_s / 60.0) > 0.01
"""
TWICE = """
    SELECT count(*) FROM (
        SELECT 1 FROM inventory_mark WHERE closed IS NULL GROUP BY asset_id, place_id, kind, rule HAVING count(*) > 1
    ) marks
"""


def kill_something(var):
    part = random.choice(PARTS)
    if part == "postgres":
        os.kill(postmaster(var), signal.SIGKILL)
        return
    victims = [pid for pid, command in processes(str(var)).items() if part in command]
    if victims:
        os.kill(random.choice(victims), signal.SIGKILL)


def test_nothing_is_lost_or_counted_twice(tmp_path):
    log, var = tmp_path / "log", tmp_path / "var"
    environ = {"ITOPS_DEMO_VAR": str(var), "DATABASE_URL": "", "DATABASE_APP_URL": ""}
    began = time.time()
    with program("demo", "--port", "8490", environ=environ, log=log) as demo:
        eventually(lambda: bool(said(log, LINK)), "the demonstration to run", log)
        while time.time() - began < MINUTES * 60:
            time.sleep(random.uniform(4, 10))
            kill_something(var)
        eventually(lambda: (var / "postgres" / "data" / "postmaster.pid").exists(), "the database", log)
        time.sleep(120)  # longer than a lease: whatever a dead worker held is asked again
        demo.send_signal(signal.SIGINT)
        assert demo.wait(60) == 0
    with running(var / "postgres") as database:
        since = {"began": datetime.fromtimestamp(began, UTC)}
        assert database.execute(HOLES, since).fetchone() == (0,)
        assert database.execute(MISCOUNTED, since).fetchone() == (0,)
        assert database.execute(TWICE).fetchone() == (0,)
