"""Planning's work in the background: a scenario takes seconds to solve."""

from procrastinate.contrib.django import app

from planning.actions.scenarios import work_out
from planning.models import Scenario


@app.task(queue="plans")
def solve_scenario(scenario: int, by: str) -> None:
    """A second time makes a second plan of the same scenario and changes nothing else."""
    found = Scenario.objects.filter(pk=scenario, archived=False).first()
    if found is not None:
        work_out(found, by=by)
