"""Planning's work in the background: scenarios take seconds to solve, promises come due, months are counted."""

from django.utils import timezone
from procrastinate.contrib.django import app

from planning.actions import statistics
from planning.actions.measuring import measure_due
from planning.actions.scenarios import break_off, work_out
from planning.models import Scenario
from planning.statistics.months import month_of


@app.task(queue="plans")
def solve_scenario(scenario: int, by: str) -> None:
    """A second time makes a second plan of the same scenario and changes nothing else."""
    found = Scenario.objects.filter(pk=scenario, archived=False).first()
    if found is None:
        return
    try:
        work_out(found, by=by)
    except Exception:
        break_off(found)
        raise


@app.task(queue="reports", queueing_lock="planning.count_months")
def count_months() -> None:
    """This month so far, and the last one until all of it is confirmed."""
    month = month_of(timezone.localdate())
    for one in (month.before, month):
        if not statistics.settled(one):
            statistics.count(one, by="count_months")


@app.task(queue="upkeep", queueing_lock="planning.measure_promises")
def measure_promises() -> None:
    """What projects promised is measured 3, 6 and 12 months after their things came, once each."""
    measure_due(timezone.localdate())
