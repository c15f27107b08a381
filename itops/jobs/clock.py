"""The clock's one tick: whatever the schedules say is due is put on the queue, by one clock at a time."""

import logging
from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

from django.db import connection, transaction
from django.utils import timezone
from procrastinate.exceptions import AlreadyEnqueued
from procrastinate.tasks import Task

from itops.jobs.models import Schedule

log = logging.getLogger(__name__)
LOCK = 0x636C6F63  # "cloc": one clock acts

Tasks = Mapping[str, "Task[Any, Any, Any]"]


def keep_schedules(intervals: Iterable[tuple[str, int]]) -> None:
    """Make sure that each task has a schedule; one that a person changed stays as it is."""
    now = timezone.now()
    rows = [Schedule(task=task, every_s=every_s, due=now) for task, every_s in intervals]
    Schedule.objects.bulk_create(rows, ignore_conflicts=True)


@transaction.atomic
def tick(tasks: Tasks) -> list[str]:
    """Defer what is due; returns the tasks' names. Nothing when another clock is at it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        if not cursor.fetchone()[0]:
            return []
    now = timezone.now()
    due = list(Schedule.objects.select_for_update().filter(enabled=True, due__lte=now, task__in=tasks))
    for schedule in due:
        schedule.due = now + timedelta(seconds=schedule.every_s)
        _defer(tasks[schedule.task])
    Schedule.objects.bulk_update(due, ["due"])
    return [schedule.task for schedule in due]


def _defer(task: "Task[Any, Any, Any]") -> None:
    try:
        with transaction.atomic():
            task.defer()
    except AlreadyEnqueued:
        log.debug("%s still waits in the queue", task.name)
