"""A scenario is solved as needs and money stand; what is published is frozen, once."""

import hashlib
import re
from collections import Counter

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from itops.organisation.models import Level, Place
from planning.actions.scenarios import publish, short_sources, spent_by_source, work_out
from planning.models import (
    FundingSource,
    LedgerLine,
    MustDo,
    Plan,
    PlanLine,
    RemedyTerms,
    Scenario,
    ScenarioFloor,
)
from tests.support.county import County
from tests.support.pages import Visit, text_of
from tests.support.records import project_at

pytestmark = pytest.mark.django_db
YEAR = timezone.localdate().year


@pytest.fixture
def scenario(county: County) -> Scenario:
    for kind, price in (("computer", 480_000), ("notice_board", 650_000), ("network_link", 1_800_000)):
        RemedyTerms.objects.create(
            kind=kind,
            price_fen=price,
            freight_fen=10_000,
            train_fen=20_000,
            repair_fen=60_000,
            upkeep_fen=1_000,
        )
    source = FundingSource.objects.create(
        name="项目资金", type="project", document="一号", year=YEAR, limit_fen=2_000_000
    )
    made = Scenario.objects.create(name="方案甲", first_year=YEAR)
    made.sources.add(source)
    return made


@pytest.fixture
def plan(scenario: Scenario) -> Plan:
    made = work_out(scenario, by="tests")
    assert made is not None
    return made


def test_every_figure_of_a_plan_is_the_sum_of_its_lines(plan: Plan) -> None:
    lines = list(plan.lines.all())
    chosen = [line for line in lines if line.chosen]
    assert chosen
    assert len(chosen) < len(lines)
    assert plan.cost_fen == sum(line.fen for line in chosen) <= plan.budget_fen
    assert plan.worth == sum(line.worth for line in chosen) <= plan.bound
    assert plan.saved_fen == sum(line.numbers["saved"] for line in chosen if line.code == "saves")
    assert plan.gap_ppm == 0
    paid = Counter(fen for line in chosen for _source, fen in line.paid_by)
    assert (
        sum(fen * times for fen, times in paid.items())
        == plan.cost_fen
        == sum(spent_by_source(plan).values())
    )
    assert plan.fingerprint == hashlib.sha256(plan.inputs.encode()).hexdigest()


def test_rules_of_thumb_and_less_money_never_do_more(plan: Plan) -> None:
    assert all(worth <= plan.bound for _rule, worth, _fen, _needs in plan.compared)
    reached = [worth for _budget, worth in plan.frontier]
    assert reached == sorted(reached)
    assert plan.worth in reached


def test_a_published_plan_is_frozen(county: County, plan: Plan) -> None:
    publish(plan, by=county.users["county_administrator"])
    for change in (
        lambda: Plan.objects.filter(pk=plan.pk).update(cost_fen=1),
        lambda: PlanLine.objects.filter(plan=plan).update(fen=1),
        lambda: PlanLine.objects.filter(plan=plan).delete(),
        lambda: PlanLine.objects.create(
            plan=plan,
            need="x",
            place=county.xianxi,
            kind="computer",
            chosen=True,
            way="buy",
            fen=1,
            worth=1,
            code="must",
        ),
        lambda: Plan.objects.filter(pk=plan.pk).update(published_at=None, published_by=None),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()


def test_of_two_who_publish_the_second_is_told(county: County, scenario: Scenario, plan: Plan) -> None:
    other = work_out(scenario, by="tests")
    assert other is not None
    publish(plan, by=county.users["county_administrator"])
    with pytest.raises(ValidationError) as refused:
        publish(other, by=county.users["leadership"])
    assert refused.value.code == "published"


def test_a_plan_whose_source_was_cut_or_spent_meanwhile_is_not_published(county: County, plan: Plan) -> None:
    source = FundingSource.objects.get(document="一号")
    left = source.limit_fen - plan.cost_fen + 1
    LedgerLine.objects.create(
        project=project_at(county.xianxi), source=source, category="computer", entry="allocation",
        day=timezone.localdate(), fen=left, document="拨款单",
    )  # fmt: skip
    with pytest.raises(ValidationError) as refused:
        publish(plan, by=county.users["county_administrator"])
    assert refused.value.code == "short"


def test_demands_that_clash_are_named(county: County, scenario: Scenario, visit: Visit) -> None:
    ScenarioFloor.objects.create(scenario=scenario, place=county.xianxi, fen=10**9)
    assert work_out(scenario, by="tests") is None
    page = text_of(visit("leadership", f"/planning/scenarios/{scenario.pk}/", language="en"))
    assert "What stands in the way" in page
    assert "gets at least" in page


def test_a_must_do_that_is_no_need_is_told(scenario: Scenario) -> None:
    MustDo.objects.create(scenario=scenario, need="asset:NOT-THERE")
    assert work_out(scenario, by="tests") is None
    scenario.refresh_from_db()
    assert "NOT-THERE" in scenario.trouble


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_its_pages_open(plan: Plan, visit: Visit, language: str) -> None:
    for path in (
        "scenarios/",
        f"scenarios/{plan.scenario_id}/",
        f"plans/{plan.pk}/",
        f"plans/{plan.pk}/?show=refused",
    ):
        assert visit("auditor", f"/planning/{path}", language=language).status_code == 200


@pytest.mark.parametrize(
    ("role", "publishes", "plans"),
    [
        ("county_administrator", 302, 302),
        ("leadership", 302, 403),
        ("it_staff", 403, 302),
        ("auditor", 403, 403),
        ("township_officer", 403, 403),
    ],
)
def test_who_plans_and_who_publishes(plan: Plan, visit: Visit, role: str, publishes: int, plans: int) -> None:
    form = {"name": "方案乙", "first_year": str(YEAR), "years": "1", "delay_bp": "500", "floor_needs": "0"}
    source = str(FundingSource.objects.get(document="一号").pk)
    assert visit(role, "/planning/scenarios/add/", data={**form, "sources": source}).status_code == plans
    assert visit(role, f"/planning/plans/{plan.pk}/publish/", data={}).status_code == publishes


def test_a_source_of_another_year_is_refused(plan: Plan, visit: Visit) -> None:
    source = str(FundingSource.objects.get(document="一号").pk)
    form = {
        "name": "方案乙",
        "first_year": str(YEAR + 1),
        "years": "1",
        "delay_bp": "500",
        "floor_needs": "0",
    }
    answer = visit("county_administrator", "/planning/scenarios/add/", data={**form, "sources": source})
    assert answer.status_code == 422


def form(**more: str) -> dict[str, str]:
    source = FundingSource.objects.get(document="一号")
    given = {"name": "方案乙", "first_year": str(YEAR), "years": "1", "delay_bp": "500", "floor_needs": "2"}
    return {**given, "floor_fen": "1,000", "sources": str(source.pk), **more}


def test_single_townships_have_floors_of_their_own(county: County, scenario: Scenario, visit: Visit) -> None:
    """Two needs and 1,000 yuan everywhere, five needs in Xianxi; then nothing in Yanxi."""
    given = form(**{f"needs-{county.xianxi.pk}": "5"})
    assert visit("it_staff", "/planning/scenarios/add/", data=given).status_code == 302
    made = Scenario.objects.get(name="方案乙")
    usual = dict.fromkeys(Place.objects.filter(level=Level.TOWNSHIP), (2, 1_000_00))
    floors = {one.place: (one.needs, one.fen) for one in made.floors.all()}
    assert floors == {**usual, county.xianxi: (5, 0)}
    path = f"/planning/scenarios/{made.pk}/"
    again = text_of(visit("it_staff", f"{path}edit/"))
    assert 'name="floor_needs" value="2"' in again
    assert f'name="needs-{county.xianxi.pk}" value="5"' in again
    assert f'name="needs-{county.yanxi.pk}" value=""' in again
    page = text_of(visit("it_staff", path, language="en"))
    assert "At least 5 needs and ¥0 in 1 township" in re.sub(r"\s+", " ", page)
    visit("it_staff", f"{path}edit/", data=form(**{f"needs-{county.yanxi.pk}": "0"}))
    floors = {one.place: (one.needs, one.fen) for one in made.floors.all()}
    del usual[county.yanxi]
    assert floors == usual


@pytest.mark.parametrize(
    ("field", "typed"), [("needs", "many"), ("needs", "-1"), ("yuan", "-5"), ("yuan", "1.234")]
)
def test_floors_that_are_none_are_refused(
    county: County, scenario: Scenario, visit: Visit, field: str, typed: str
) -> None:
    given = form(**{f"{field}-{county.xianxi.pk}": typed})
    answer = visit("it_staff", "/planning/scenarios/add/", data=given)
    assert answer.status_code == 422
    assert "field-error" in text_of(answer)
    assert not Scenario.objects.filter(name="方案乙").exists()


def test_must_dos_are_found_among_the_needs_of_today(
    county: County, scenario: Scenario, visit: Visit
) -> None:
    path = f"/planning/scenarios/{scenario.pk}/"
    text = text_of(visit("it_staff", f"{path}?q=xianxi+lacking", language="en"))
    keys = re.findall(r'name="need" value="([^"]+)"', text)
    assert keys
    assert all(key.startswith(f"short:{county.xianxi.pk}:") for key in keys)
    assert visit("it_staff", f"{path}must-do/", data={"need": keys[0], "q": "x"}).status_code == 302
    assert [one.need for one in scenario.musts.all()] == [keys[0]]
    plan = work_out(scenario, by="tests")
    assert plan is not None
    assert plan.lines.get(need=keys[0]).chosen
    visit("it_staff", f"{path}must-do/", data={"need": "asset:NOT-THERE"})
    assert scenario.musts.count() == 1
    visit("it_staff", f"{path}must-do/remove/", data={"need": keys[0]})
    assert not scenario.musts.exists()


@pytest.mark.parametrize("role", ["leadership", "auditor", "township_officer"])
def test_who_changes_no_scenario_puts_no_must_do_in(scenario: Scenario, visit: Visit, role: str) -> None:
    for path in ("must-do/", "must-do/remove/"):
        answer = visit(role, f"/planning/scenarios/{scenario.pk}/{path}", data={"need": "x"})
        assert answer.status_code == 403


@pytest.mark.parametrize("published", [False, True])
def test_a_source_that_was_cut_afterwards_is_told_in_plain_words(
    county: County, plan: Plan, visit: Visit, published: bool
) -> None:
    path = f"/planning/plans/{plan.pk}/"
    if published:
        publish(plan, by=county.users["county_administrator"])
    assert "was cut or given to something else" not in text_of(visit("leadership", path, language="en"))
    FundingSource.objects.filter(document="一号").update(limit_fen=plan.cost_fen - 1_00)
    text = re.sub(r"\s+", " ", text_of(visit("leadership", path, language="en")))
    said = f"it should give ¥{plan.cost_fen // 100:,}, ¥{plan.cost_fen // 100 - 1:,} are left."
    assert said in text
    assert f"after this plan was {'published' if published else 'made'}" in text


def test_what_goes_to_the_plans_own_projects_is_not_called_cut(county: County, plan: Plan) -> None:
    project = project_at(county.xianxi)
    line = LedgerLine(
        project=project, source=FundingSource.objects.get(document="一号"), category="computer",
        entry="allocation", day=timezone.localdate(), fen=2_000_000, document="拨款单",
    )  # fmt: skip
    line.save()
    [short] = short_sources(plan)
    assert (short.taken, short.left) == (plan.cost_fen, 0)
    project.plan = plan
    project.save()
    assert short_sources(plan) == []


def test_every_line_of_a_long_plan_is_on_some_page(
    plan: Plan, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("planning.pages.plans.SHOWN", 3)
    count, seen = plan.lines.count(), 0
    for number in range(1, -(-count // 3) + 1):
        text = text_of(visit("leadership", f"/planning/plans/{plan.pk}/?page={number}", language="en"))
        seen += len(re.findall(r'class="take take-', text))
        assert f"/ {count}</span>" in text
    assert seen == count


def test_the_scenario_says_what_rules_of_thumb_would_reach(plan: Plan, visit: Visit) -> None:
    text = text_of(visit("leadership", f"/planning/scenarios/{plan.scenario_id}/", language="en"))
    for rule, worth, _fen, _needs in plan.compared:
        name = "the oldest first" if rule == "oldest_first" else "the worst first"
        assert f"{name} {round(100 * worth / plan.everything)}%" in text
    assert f"this plan <b>{round(100 * plan.worth / plan.everything)}%</b>" in text
