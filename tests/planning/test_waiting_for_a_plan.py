"""Whoever waits for a plan sees how far it is, and is told in words what keeps it from being made."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.utils import timezone

from planning.actions import scenarios
from planning.actions.scenarios import ask, work_out
from planning.jobs import solve_scenario
from planning.models import FundingSource, MustDo, RemedyTerms, Scenario
from planning.optimiser.faults import Wrong
from planning.optimiser.frontier import points
from planning.pages.troubles import FAULTS
from tests.support.county import County
from tests.support.pages import Visit, text_of

pytestmark = pytest.mark.django_db
YEAR = timezone.localdate().year


@pytest.fixture
def scenario(county: County) -> Scenario:
    RemedyTerms.objects.create(kind="computer", price_fen=480_000, freight_fen=10_000)
    source = FundingSource.objects.create(
        name="项目资金", type="project", document="一号", year=YEAR, limit_fen=2_000_000
    )
    made = Scenario.objects.create(name="方案甲", first_year=YEAR)
    made.sources.add(source)
    return made


def page(visit: Visit, scenario: Scenario, language: str = "en") -> str:
    return text_of(visit("leadership", f"/planning/scenarios/{scenario.pk}/", language=language))


def test_how_far_it_is_grows_until_it_is_there(
    county: County, scenario: Scenario, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[int] = []

    def watched(*given: Any, **more: Any) -> Iterator[Any]:
        for point in points(*given, **more):
            seen.append(Scenario.objects.get(pk=scenario.pk).done)
            yield point

    monkeypatch.setattr("planning.actions.scenarios.points", watched)
    ask(scenario, by=county.users["it_staff"])
    assert work_out(scenario, by="tests") is not None
    assert len(seen) == len(set(seen)) == len(scenarios.STEPS)
    assert seen == sorted(seen)
    assert 0 < seen[0] < seen[-1] < 100
    scenario.refresh_from_db()
    assert (scenario.asked_at, scenario.done) == (None, 0)


def test_the_page_looks_again_by_itself_while_it_is_being_made(
    county: County, scenario: Scenario, visit: Visit
) -> None:
    assert "progressbar" not in page(visit, scenario)
    ask(scenario, by=county.users["it_staff"])
    Scenario.objects.filter(pk=scenario.pk).update(done=55)
    text = page(visit, scenario)
    assert 'aria-valuenow="55"' in text
    assert 'hx-trigger="every 1s"' in text
    work_out(scenario, by="tests")
    text = page(visit, scenario)
    assert "every 1s" not in text
    assert "is spent, moves save" in text
    assert "this plan <b>" in text


def test_a_fault_of_the_program_ends_the_waiting(
    county: County, scenario: Scenario, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_given: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(scenarios, "solve", fail)
    ask(scenario, by=county.users["it_staff"])
    with pytest.raises(ZeroDivisionError):
        solve_scenario(scenario=scenario.pk, by="tests")
    text = page(visit, scenario)
    assert "It was broken off by a fault of the program. Make the plan again" in text
    assert "every 1s" not in text


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", f"{YEAR - 1} 项目资金 is of a year that the scenario does not have: take it out"),
        ("zh-hans", f"{YEAR - 1} 项目资金的年度不在情景的年度之内：请把它移出情景，或修改年度。"),
    ],
)
def test_a_source_of_another_year_is_named_with_what_to_do(
    scenario: Scenario, visit: Visit, language: str, said: str
) -> None:
    FundingSource.objects.update(year=YEAR - 1)
    assert work_out(scenario, by="tests") is None
    text = page(visit, scenario, language)
    assert said in text
    assert "years_unknown" not in text


def test_a_source_without_its_match_is_named(scenario: Scenario, visit: Visit) -> None:
    other = FundingSource.objects.create(
        name="县级配套", type="matching", document="二号", year=YEAR, limit_fen=1_000
    )
    FundingSource.objects.exclude(pk=other.pk).update(match_bp=5_000, matched_by=other)
    assert work_out(scenario, by="tests") is None
    assert "项目资金 must be matched by a source that is in the scenario" in page(visit, scenario)


def test_a_must_do_that_is_no_need_says_what_to_do(scenario: Scenario, visit: Visit) -> None:
    MustDo.objects.create(scenario=scenario, need="asset:NOT-THERE")
    assert work_out(scenario, by="tests") is None
    assert "NOT-THERE must be done, but is no need today: take it out of the must-dos." in page(
        visit, scenario
    )


def test_what_is_no_need_is_not_put_in_silently(scenario: Scenario, visit: Visit) -> None:
    path = f"/planning/scenarios/{scenario.pk}/must-do/"
    visit("it_staff", path, language="en", data={"need": "asset:NOT-THERE"})
    assert not scenario.musts.exists()
    assert "This is no need today any more: nothing was put in." in text_of(
        visit("it_staff", f"/planning/scenarios/{scenario.pk}/", language="en")
    )


def test_every_fault_has_words() -> None:
    assert set(FAULTS) == set(Wrong)
