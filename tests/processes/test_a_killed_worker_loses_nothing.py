"""kill -9 of a worker in mid-cycle: the next one finishes, each endpoint and cycle is stored once."""

import socket
from contextlib import ExitStack, suppress
from datetime import timedelta

import pytest
from django.db.models import Count
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.exceptions import AlreadyEnqueued

from itops.site.schedule import TASKS
from monitoring.models import Credential, Probe, Reading, State
from tests.monitoring.building import endpoint, township
from tests.processes.programs import eventually, kill, program

pytestmark = pytest.mark.usefixtures("committing")
TASK = "monitoring.jobs.probe_due"
SILENT = 30
PORT = 16699


@pytest.fixture
def slow_field():
    """Sockets on loopback that swallow what is asked: a sweep of them takes seconds."""
    county = township(computers=0, due=timezone.now())
    Probe.objects.all().delete()
    State.objects.all().delete()
    credential = Credential.objects.create(name="public", community="public")
    due = timezone.now() - timedelta(seconds=1)
    made = [
        endpoint(county.place, county.network, f"127.66.0.{n + 1}", "any_agent", due) for n in range(SILENT)
    ]
    Probe.objects.update(ping=False, credential=credential, snmp_port=PORT)
    with ExitStack() as sockets:
        for one in made:
            sockets.enter_context(socket.socket(socket.AF_INET, socket.SOCK_DGRAM)).bind((one.address, PORT))
        yield made


def in_mid_cycle():
    return State.objects.filter(leased_until__gt=timezone.now()).exists() and not Reading.objects.exists()


def test_the_next_worker_finishes_what_a_killed_one_had_begun(committing, slow_field, tmp_path):
    log = tmp_path / "log"
    TASKS[TASK].defer()
    with program("worker", environ=committing.environ, log=log) as worker:
        eventually(in_mid_cycle, "the worker to be in mid-cycle", log)
        kill(worker)
    assert not Reading.objects.exists()
    State.objects.update(leased_until=timezone.now())  # the lease of a dead worker ends
    TASKS[TASK].defer()
    with program("worker", environ=committing.environ, log=log):
        eventually(lambda: Reading.objects.count() >= SILENT, "the next worker to finish", log)
    twice = Reading.objects.values("endpoint_id", "cycle").annotate(n=Count("*")).filter(n__gt=1)
    assert not twice.exists()
    assert Reading.objects.values("endpoint_id").distinct().count() == SILENT
    assert not State.objects.filter(leased_until__isnull=False).exists()


def test_the_jobs_of_a_killed_worker_are_put_back_on_the_queue(committing, slow_field, tmp_path):
    log = tmp_path / "log"
    job = TASKS[TASK].defer()
    with program("worker", environ=committing.environ, log=log) as worker:
        eventually(in_mid_cycle, "the worker to be in mid-cycle", log)
        kill(worker)
    assert ProcrastinateJob.objects.get(pk=job).status == "doing"
    with program("worker", environ=committing.environ, log=log):
        eventually(lambda: taken_up(job), "the stalled job to be taken up", log)


def taken_up(job):
    with suppress(AlreadyEnqueued):
        TASKS["itops.site.jobs.requeue_stalled"].defer()
    return ProcrastinateJob.objects.get(pk=job).status in {"todo", "succeeded"}
