"""manage.py clock: put scheduled work on the queue when it comes due."""

import logging

from apscheduler.schedulers.blocking import BlockingScheduler
from django.core.management.base import BaseCommand
from django.db import Error, close_old_connections

from itops.jobs.clock import keep_schedules, tick
from itops.site.schedule import INTERVALS, TASKS

log = logging.getLogger("itops.clock")
TICK_S = 1


class Command(BaseCommand):
    help = "Run the clock. Any number may run; one acts at a time."
    requires_system_checks = ()  # it serves no pages

    def handle(self, **options: object) -> None:
        keep_schedules(INTERVALS)
        ticker = BlockingScheduler()
        ticker.add_job(_tick, "interval", seconds=TICK_S, coalesce=True, max_instances=1)
        ticker.start()


def _tick() -> None:
    try:
        tick(TASKS)
    except Error as trouble:
        log.warning("the database did not answer; trying again: %s", trouble)
    finally:
        close_old_connections()
