"""Many assets judged together have the judgements that each has alone."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from inventory.marks import judging
from inventory.marks.facts import AssetFacts
from inventory.marks.judge import judge
from inventory.marks.judging import Judging
from inventory.marks.mark import Mark
from inventory.marks.policy import policy_for
from inventory.marks.window import look_back
from tests.marks.building import TODAY
from tests.marks.test_properties import ASSETS

POLICY = policy_for(TODAY)


@given(st.lists(ASSETS, min_size=1, max_size=4))
def test_each_is_judged_as_if_it_were_alone(several: list[AssetFacts]) -> None:
    together = Judging(TODAY)
    for facts in [*several, *several]:
        window = look_back(facts.days, facts.kind, TODAY, POLICY)
        judged = together.judge(facts, POLICY, window)
        alone = judge(facts, POLICY, TODAY)
        assert judged.judgement == alone
        assert judged.answers == tuple(alone.answer(mark) for mark in Mark)


def test_what_is_kept_in_mind_has_a_limit() -> None:
    known = {number: number for number in range(judging.MOST)}
    assert not judging._kept(known)


@given(ASSETS)
def test_days_before_the_window_say_nothing(facts: AssetFacts) -> None:
    start = TODAY - timedelta(days=POLICY.window_days - 1)
    within = tuple(day for day in facts.days if start <= day.day <= TODAY)
    assert look_back(facts.days, facts.kind, TODAY, POLICY) == look_back(within, facts.kind, TODAY, POLICY)
