"""Planning's work in the background: a scenario takes seconds to solve; promises come due."""

from django.utils import timezone
from procrastinate.contrib.django import app

from planning.actions.measuring import measure_due
from planning.actions.scenarios import work_out
from planning.models import Scenario


@app.task(queue="plans")
def solve_scenario(scenario: int, by: str) -> None:
    """A second time makes a second plan of the same scenario and changes nothing else."""
    found = Scenario.objects.filter(pk=scenario, archived=False).first()
    if found is not None:
        work_out(found, by=by)


@app.task(queue="upkeep", queueing_lock="planning.measure_promises")
def measure_promises() -> None:
    """What projects promised is measured 3, 6 and 12 months after their things came, once each."""
    measure_due(timezone.localdate())
