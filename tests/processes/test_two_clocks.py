"""Two clocks may run: each piece of work is deferred once, and when one is killed the other goes on."""

from datetime import timedelta

import pytest
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from itops.jobs.clock import keep_schedules, tick
from itops.jobs.models import Schedule
from itops.site.schedule import INTERVALS, TASKS
from tests.processes.programs import eventually, kill, program


@pytest.mark.django_db
def test_what_is_due_is_deferred_once_and_is_due_again_an_interval_later():
    keep_schedules(INTERVALS)
    assert set(tick(TASKS)) == set(TASKS)
    assert tick(TASKS) == []
    assert ProcrastinateJob.objects.count() == len(TASKS)


@pytest.mark.django_db
def test_work_that_still_waits_in_the_queue_is_not_put_there_twice():
    keep_schedules(INTERVALS)
    tick(TASKS)
    Schedule.objects.update(due=timezone.now())
    tick(TASKS)
    assert ProcrastinateJob.objects.count() == len(TASKS)


@pytest.mark.django_db
def test_an_interval_that_a_person_changed_stays():
    keep_schedules(INTERVALS)
    Schedule.objects.filter(task="inventory.jobs.mark_today").update(every_s=86_400)
    keep_schedules(INTERVALS)
    assert Schedule.objects.get(task="inventory.jobs.mark_today").every_s == 86_400


def test_when_one_clock_is_killed_the_other_goes_on(committing, tmp_path):
    log = tmp_path / "log"

    def tick_after(moment):
        return lambda: Schedule.objects.filter(task="monitoring.jobs.probe_due", due__gt=moment).exists()

    with (
        program("clock", environ=committing.environ, log=log) as first,
        program("clock", environ=committing.environ, log=log),
    ):
        eventually(tick_after(timezone.now()), "the first tick", log)
        kill(first)
        later = timezone.now() + timedelta(seconds=2)
        eventually(tick_after(later), "the other clock to tick", log)
