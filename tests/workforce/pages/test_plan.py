"""A plan's page says what became of it."""

import pytest
from django.utils import timezone

from tests.support.county import County
from tests.support.pages import Visit, text_of
from tests.workforce.building import held, planned, recorded, staff
from workforce.actions.attendance import approve, sign
from workforce.actions.sessions import call_off
from workforce.models import TrainingPlan, TrainingSession

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(county: County) -> TrainingPlan:
    return TrainingPlan.objects.create(place=county.xianxi, year=2026, name="年度计划", budget_fen=1_000_00)


def shown(plan: TrainingPlan, visit: Visit, who: str = "it_staff") -> str:
    return text_of(visit(who, f"/workforce/training-plans/{plan.pk}/", language="en"))


def test_sessions_hours_and_cost(county: County, plan: TrainingPlan, visit: Visit) -> None:
    people = staff(county)
    row = recorded(held(county, people, plan=plan), people)
    sign(row, by=people.account)
    assert '<td class="num">1</td><td class="num">0</td>' in shown(plan, visit)
    approve(row, by=people.approver)
    planned(county, timezone.localdate(), plan=plan)
    call_off(planned(county, timezone.localdate(), plan=plan), by=people.recorder, reason="无会议室")
    TrainingSession.objects.filter(pk=row.session_id).update(cost_fen=1_200_00)
    page = shown(plan, visit)
    assert "1 held, 1 planned, 1 called off" in page
    assert '<td class="num">1</td><td class="num">4.0</td>' in page
    assert "<b>Cost so far ¥1,200" in page


def test_a_plan_without_sessions_or_budget(county: County, plan: TrainingPlan, visit: Visit) -> None:
    TrainingPlan.objects.update(budget_fen=None)
    page = shown(plan, visit, "township_officer")
    assert "No session belongs to the plan." in page
    assert "the plan names no budget" in page
