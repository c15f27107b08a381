"""Monitoring's work in the background."""

from datetime import timedelta

from django.utils import timezone
from procrastinate.contrib.django import app

from itops.organisation.calendars import office_hours
from itops.organisation.hours import OfficeHours
from monitoring.actions.lines import record_line_shares
from monitoring.actions.poll import poll_due
from monitoring.actions.systems import watch_systems


@app.task(queue="probes", queueing_lock="monitoring.probe_due")
def probe_due() -> None:
    """Ask whatever is due."""
    poll_due()


@app.task(queue="marks", queueing_lock="monitoring.plan_systems")
def plan_systems() -> None:
    """Business systems whose address is new or has changed are asked there from now on."""
    watch_systems()


@app.task(queue="marks", queueing_lock="monitoring.line_shares")
def line_shares() -> None:
    """How full the lines were yesterday and are today."""
    hours = next(iter(office_hours().values()), OfficeHours())
    today = timezone.localdate()
    for day in (today - timedelta(days=1), today):
        record_line_shares(day, hours)
