"""The strip of days on an asset's page says of each day what the rules made of it."""

from datetime import date

from hypothesis import given, settings

from inventory.marks.daily import DayState, days_shown
from inventory.marks.facts import AssetFacts, Day
from inventory.marks.kind import Kind
from inventory.marks.policy import policy_for
from inventory.marks.signs import USE_RULES
from tests.marks.building import TODAY, asset, office_days, one_day, outcomes, then, verdict
from tests.marks.test_properties import ASSETS

POLICY = policy_for(TODAY)


def states(facts: AssetFacts) -> dict[date, DayState]:
    return {shown.day: shown.state for shown in days_shown(facts, POLICY, TODAY)}


def test_each_day_of_the_window_has_one_state() -> None:
    days = then(
        {"count": 3, "calls": 0},
        {"count": 1, "calls": 1},
        {"count": 1},
        {"count": 1, "observable_minutes": 9},
    )
    shown = states(asset(Kind.VIDEO_ENDPOINT, days=days))
    assert len(shown) == 90
    assert shown[date(2026, 11, 13)] is DayState.IDLE
    assert shown[date(2026, 11, 15)] is DayState.REST
    assert shown[date(2026, 11, 18)] is DayState.USED
    assert shown[date(2026, 11, 19)] is DayState.UNMEASURED
    assert shown[date(2026, 11, 20)] is DayState.UNOBSERVABLE
    assert shown[date(2026, 9, 1)] is DayState.UNOBSERVABLE


def test_use_on_a_day_off_is_use() -> None:
    sunday = Day(day=date(2026, 11, 15), calls=1)
    assert states(asset(Kind.VIDEO_ENDPOINT, days=(sunday,)))[sunday.day] is DayState.USED


def test_generated_days_are_told_apart() -> None:
    days = (*office_days(1, until=date(2026, 11, 19), pages=1, generated=True), one_day(TODAY, pages=1))
    told = {shown.day: shown.generated for shown in days_shown(asset(Kind.PRINTER, days=days), POLICY, TODAY)}
    assert (told[date(2026, 11, 19)], told[TODAY]) == (True, False)


@given(ASSETS)
@settings(max_examples=50)
def test_the_strip_and_the_verdict_count_the_same_idle_days(facts: AssetFacts) -> None:
    rule = next(iter(USE_RULES.get(facts.kind, ())), None)
    if rule is None:
        return
    idle = sum(state is DayState.IDLE for state in states(facts).values())
    judgement = verdict(facts)
    for outcome in outcomes(judgement):
        if outcome.rule == f"unused.{facts.kind}.{rule.what}":
            assert outcome.numbers["idle_days"] == idle
