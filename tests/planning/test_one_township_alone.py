"""Whoever works for one township alone sees its needs and figures, and not what is planned and added up for all."""

import pytest

from itops.organisation.actions.accounts import grant
from itops.organisation.models import Role, User
from planning.models import PlanLine
from tests.support.county import County
from tests.support.pages import Visit, text_of
from tests.support.plans import plan_of
from tests.support.records import monthly_at

pytestmark = pytest.mark.django_db


@pytest.fixture
def planner(county: County) -> User:
    """The account without grants, now of the business section of Xianxi."""
    role = Role.objects.get(code="business_section")
    grant(by="tests", user=county.users["nobody"], role=role, place=county.xianxi)
    return county.users["nobody"]


@pytest.fixture
def plan(county: County) -> str:
    plan = plan_of("全县方案")
    PlanLine.objects.create(
        plan=plan, need=f"asset:{county.assets['cut'].tag}", place=county.yanxi, kind="computer",
        chosen=True, way="buy", year=2027, fen=5, worth=1, code="worth", paid_by=[],
    )  # fmt: skip
    return f"/planning/plans/{plan.pk}/"


def test_plans_and_scenarios_are_the_countys(county: County, planner: User, plan: str, visit: Visit) -> None:
    for path in (plan, "/planning/scenarios/"):
        assert visit("business_section", path).status_code == 200
        assert visit("nobody", path).status_code == 403


def test_no_way_leads_there(planner: User, visit: Visit) -> None:
    for path in ("/planning/needs/", "/records/", "/planning/leadership/"):
        assert "/planning/scenarios/" not in text_of(visit("nobody", path)), path
        assert "/planning/plans/" not in text_of(visit("nobody", path)), path


def test_files_that_add_up_the_county_are_not_offered_nor_given(
    county: County, planner: User, visit: Visit
) -> None:
    figure = monthly_at(county.xianxi)
    month = f"{figure.month:%Y-%m}"
    page = text_of(visit("nobody", f"/planning/statistics/?month={month}"))
    assert str(figure.indicator) in page
    for file in ("figures.xlsx", "city/", "report/"):
        path = f"/planning/statistics/{figure.county_id}/{month}/{file}"
        assert path not in page
        assert visit("nobody", path).status_code == 403
