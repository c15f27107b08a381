"""A plan whose sums nobody looks at: the lines are what tests add to it."""

from django.utils import timezone

from planning.models import Plan, Scenario


def plan_of(scenario: str) -> Plan:
    return Plan.objects.create(
        scenario=Scenario.objects.create(name=scenario, first_year=2027),
        made_at=timezone.now(),
        made_by="tests",
        fingerprint="f" * 64,
        inputs="{}",
        budget_fen=1,
        cost_fen=1,
        saved_fen=0,
        worth=1,
        bound=1,
        everything=2,
        gap_ppm=0,
    )
