"""What one published plan counts on is not counted on by another; together they say what is funded."""

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from itops.organisation.models import Place
from planning.actions.needs import needs_on
from planning.actions.scenarios import archive, as_asked, publish, short_sources, work_out
from planning.models import FundingSource, LedgerLine, Plan, PlanLine, RemedyTerms, Scenario, ScenarioFloor
from planning.queries.funding import funding_on, planned_on
from tests.support.county import County
from tests.support.pages import Visit, text_of
from tests.support.records import project_at

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.fixture
def source(county: County) -> FundingSource:
    """Enough for three computers or a little less."""
    RemedyTerms.objects.create(kind="computer", price_fen=480_000)
    return FundingSource.objects.create(
        name="项目资金", type="project", document="一号", year=TODAY.year, limit_fen=1_000_000
    )


def scenario(source: FundingSource, name: str, at_least: Place | None = None) -> Scenario:
    made = Scenario.objects.create(name=name, first_year=TODAY.year)
    made.sources.add(source)
    if at_least is not None:
        ScenarioFloor.objects.create(scenario=made, place=at_least, needs=1)
    return made


def planned(source: FundingSource, name: str, at_least: Place | None = None) -> Plan:
    made = work_out(scenario(source, name, at_least), by="tests")
    assert made is not None
    return made


def taken(plan: Plan, source: FundingSource) -> int:
    return sum(fen for line in plan.lines.all() for key, fen in line.paid_by if key == source.pk)


def test_money_that_a_published_plan_counts_on_is_not_spent_twice(
    county: County, source: FundingSource
) -> None:
    first, second = planned(source, "甲"), planned(source, "乙")
    assert taken(first, source) > source.limit_fen // 2
    assert taken(second, source) == taken(first, source)
    publish(first, by=county.users["leadership"])
    with pytest.raises(ValidationError) as refused:
        publish(second, by=county.users["county_administrator"])
    assert refused.value.code == "short"
    [short] = short_sources(second)
    assert (short.source, short.left) == (source, source.limit_fen - taken(first, source))


def test_the_next_plan_takes_what_is_left(county: County, source: FundingSource, visit: Visit) -> None:
    first = publish(planned(source, "甲"), by=county.users["leadership"])
    other = scenario(source, "乙")
    left = source.limit_fen - taken(first, source)
    [asked] = as_asked(other, needs_on(TODAY)).sources
    assert asked.limit == left
    page = text_of(visit("leadership", f"/planning/scenarios/{other.pk}/", language="en"))
    assert f"¥{left // 100:,} of ¥10,000 are free" in page
    made = work_out(other, by="tests")
    assert made is not None
    publish(made, by=county.users["leadership"])
    assert taken(first, source) + taken(made, source) <= source.limit_fen


def test_what_went_to_the_plans_own_project_counts_once(county: County, source: FundingSource) -> None:
    first = publish(planned(source, "甲"), by=county.users["leadership"])
    project = project_at(county.xianxi)
    type(project).objects.filter(pk=project.pk).update(plan=first)
    LedgerLine.objects.create(
        project=project,
        source=source,
        category="computer",
        entry="allocation",
        day=TODAY,
        fen=400_000,
        document="拨款单",
    )
    [asked] = as_asked(scenario(source, "乙"), needs_on(TODAY)).sources
    assert asked.limit == source.limit_fen - taken(first, source)


def test_an_archived_scenario_gives_its_money_back(
    county: County, source: FundingSource, visit: Visit
) -> None:
    first, second = planned(source, "甲"), planned(source, "乙")
    publish(first, by=county.users["leadership"])
    path = f"/planning/scenarios/{first.scenario_id}/archive/"
    assert visit("leadership", path, data={}).status_code == 403
    assert visit("county_administrator", path, data={}).status_code == 302
    assert Scenario.objects.get(pk=first.scenario_id).archived
    publish(second, by=county.users["leadership"])
    archive(first.scenario, archived=False, by=county.users["county_administrator"])
    assert [one.source for one in short_sources(first)] == [source]  # said on its page, not hidden


def test_together_they_say_what_is_funded(county: County, source: FundingSource) -> None:
    user = county.users["leadership"]
    first = publish(planned(source, "甲", county.yanxi), by=user)
    FundingSource.objects.filter(pk=source.pk).update(limit_fen=1_500_000)
    other = publish(planned(source, "乙", county.xianxi), by=user)
    funding = funding_on(user, TODAY)
    assert funding is not None
    assert funding.plans == 2
    met = met_by(first, county) | met_by(other, county)
    assert met > met_by(first, county) > set()
    assert funding.met == len(met)
    assert {need for need, one in planned_on(user, TODAY).items() if one.funded} == met
    lines = PlanLine.objects.filter(plan__in=[first, other], place__in=[county.xianxi, county.yanxi])
    assert funding.open == len(set(lines.values_list("need", flat=True)) - met)


def test_the_plan_of_another_year_speaks_until_this_year_has_one(
    county: County, source: FundingSource
) -> None:
    user = county.users["leadership"]
    first = publish(planned(source, "甲", county.yanxi), by=user)
    Scenario.objects.filter(pk=first.scenario_id).update(first_year=TODAY.year - 1)
    funding = funding_on(user, TODAY)
    assert funding is not None
    assert funding.met == len(met_by(first, county)) > 0
    archive(first.scenario, archived=True, by=user)
    assert funding_on(user, TODAY) is None


def met_by(plan: Plan, county: County) -> set[str]:
    """In the townships that the account sees."""
    lines = plan.lines.filter(chosen=True, place__in=[county.xianxi, county.yanxi])
    return set(lines.values_list("need", flat=True))
