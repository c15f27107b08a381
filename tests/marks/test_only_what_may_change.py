"""What lets most assets go unasked: quiet ones, the first day on which time changes something, and bearings."""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from inventory.marks.bearing import OF_DAYS, Told, tell, written
from inventory.marks.case import open_case
from inventory.marks.due import next_day
from inventory.marks.facts import AssetFacts
from inventory.marks.findings import Judgement
from inventory.marks.judge import judge, of_facts, verdict
from inventory.marks.judging import Judged
from inventory.marks.kind import Condition, Kind
from inventory.marks.policy import policy_for
from inventory.marks.quiet import may_be_quiet, quiet
from inventory.marks.signs import grid_of, read
from inventory.marks.window import Asked, look_back
from tests.marks.building import TODAY, asset, office_days
from tests.marks.test_properties import ASSETS

POLICY = policy_for(TODAY)


def is_quiet(facts: AssetFacts) -> bool:
    grid = grid_of(facts.days, TODAY - timedelta(days=POLICY.window_days - 1), POLICY.window_days)
    asked = Asked(facts.kind, POLICY, POLICY.kinds[facts.kind])
    [found] = quiet(read(grid, POLICY), grid.numbers, asked).tolist()
    return bool(found) and may_be_quiet(facts)


def fitness(facts: AssetFacts, day: date) -> tuple[object, ...]:
    """What the rules of fitness say, but for the end of the window, which is always today."""
    judgement = verdict(of_facts(open_case(facts, POLICY, day)), open_case(facts, POLICY, day))
    findings = [
        (one.rule, one.marking, one.numbers, one.since, judgement.waiver(one)) for one in judgement.findings
    ]
    return findings, judgement.lacks


@given(ASSETS)
def test_of_a_quiet_asset_the_rules_of_presence_and_use_say_nothing(facts: AssetFacts) -> None:
    if is_quiet(facts) and facts.condition is not Condition.RETIRED:
        judgement = judge(facts, POLICY, TODAY)
        assert not {one.mark for one in judgement.findings} & set(OF_DAYS)
        assert not {one.mark for one in judgement.lacks} & set(OF_DAYS)
        assert {one.mark for one in judgement.passes} >= set(OF_DAYS)


def test_an_asset_that_is_used_every_day_is_quiet_and_a_silent_one_is_not() -> None:
    assert is_quiet(asset(Kind.COMPUTER, days=office_days(60, users=1)))
    assert not is_quiet(asset(Kind.COMPUTER, days=office_days(60, users=0)))
    assert not is_quiet(asset(Kind.COMPUTER, days=office_days(60, seen=0)))


@given(ASSETS, st.integers(0, 800))
def test_until_the_day_that_is_due_time_alone_changes_nothing(facts: AssetFacts, more: int) -> None:
    last = facts.last_maintenance_on
    repairs = facts.repairs_12_months if last else 0
    last = min(last, TODAY) if last else None
    facts = replace(facts, days=(), last_maintenance_on=last, repairs_12_months=repairs)
    due = next_day(facts, POLICY, TODAY)
    assert due > TODAY
    day = min(TODAY + timedelta(days=more), due - timedelta(days=1))
    if policy_for(day) is POLICY and facts.kind is not Kind.NETWORK_LINK:
        assert fitness(facts, day) == fitness(facts, TODAY)


def test_the_end_of_support_is_due_on_the_day_after() -> None:
    facts = asset(Kind.PRINTER, model_end_of_support=TODAY + timedelta(days=9))
    due = next_day(facts, POLICY, TODAY)
    assert due == TODAY + timedelta(days=10)
    assert fitness(facts, due) != fitness(facts, TODAY)


@given(ASSETS)
def test_a_bearing_and_a_window_say_all_that_bears_on_presence_and_use(facts: AssetFacts) -> None:
    window = look_back(facts.days, facts.kind, TODAY, POLICY)
    judgement = judge(facts, POLICY, TODAY)
    told = tell(written(facts), POLICY, TODAY, window)
    whole = Told.of(judgement, Judged.of(judgement).answers)
    assert (told.shape, told.said) == (whole.shape, whole.said)


@given(ASSETS)
def test_other_numbers_are_said_otherwise_in_the_same_shape(facts: AssetFacts) -> None:
    judgement = judge(facts, POLICY, TODAY)
    findings = tuple(replace(one, numbers={**one.numbers, "more": 1}) for one in judgement.findings)
    answers = Judged.of(judgement).answers
    one = Told.of(judgement, answers)
    other = Told.of(Judgement(findings, judgement.lacks, judgement.passes, judgement.waivers), answers)
    assert one.shape == other.shape
    assert (one.said == other.said) is not any(finding.mark in OF_DAYS for finding in findings)


def test_signs_of_days_on_which_nobody_spoke_are_none() -> None:
    grid = grid_of((), TODAY, 3)
    assert not np.any(read(grid, POLICY))
