"""Odd prices, odd limits, thirds to match: lines add up, no limit is passed by a fen, no match falls short."""

import random
from collections import Counter
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from planning.optimiser.plan import Plan
from planning.optimiser.scenario import Floor, Scenario, Source
from planning.optimiser.solve import solve
from tests.optimiser.cases import YEARS, buy, county, move, need, planned, scenario

CATEGORIES = ("terminal", "room", "link")


def odd(seed: int, size: int) -> Scenario:
    """Nothing divides by anything, and money is short."""
    chance = random.Random(seed)
    needs = [
        need(
            f"N{number:03}",
            buy(
                chance.randrange(1, 999_999),
                chance.randrange(1, 100),
                chance.choice(CATEGORIES),
                recurring=chance.choice([0, chance.randrange(1, 9_999)]),
                recurring_category=chance.choice(["", "upkeep"]),
            ),
            *([move(chance.randrange(1, 999), 50, f"S{number // 2}")] if number % 5 == 0 else []),
            place=f"T{number % 4}",
        )
        for number in range(size)
    ]
    special = Source(
        key="special",
        years=YEARS,
        limit=chance.randrange(1, 9_999_999),
        categories=frozenset(["terminal", "link"]),
        match=3333,
        matched_by="county",
    )
    project = Source(
        key="project",
        years=YEARS[1:],
        limit=chance.randrange(1, 9_999_999),
        categories=frozenset(["room", "link"]),
        match=1,
        matched_by="county",
    )
    own = county(chance.randrange(1, 9_999_999), years=YEARS)
    return Scenario(years=YEARS, needs=tuple(needs), sources=(own, special, project))


@settings(max_examples=30, deadline=None)
@given(some.integers(0, 10**6), some.integers(1, 20))
def test_every_choice_is_paid_by_whom_may_within_every_limit(seed: int, size: int):
    asked = odd(seed, size)
    plan = planned(asked)
    _lines_add_up(plan, asked)
    _limits_hold(plan, asked)
    _matches_suffice(plan, asked)


def _lines_add_up(plan: Plan, asked: Scenario) -> None:
    paid: Counter[str] = Counter()
    for line in plan.lines:
        assert 0 <= line.matched <= line.fen
        paid[line.need] += line.fen
    assert paid == {
        choice.need: choice.remedy.purchase + choice.remedy.recurring * (YEARS[-1] - choice.year + 1)
        for choice in plan.choices
    }


def _limits_hold(plan: Plan, asked: Scenario) -> None:
    sources = {source.key: source for source in asked.sources}
    spent: Counter[str] = Counter()
    for line in plan.lines:
        source = sources[line.source]
        assert line.year in source.years
        assert source.categories is None or line.category in source.categories
        spent[line.source] += line.fen - line.matched
        spent[line.matched_by] += line.matched
    assert all(spent[key] <= source.limit for key, source in sources.items())
    assert set(spent) <= {*sources, ""}
    assert not spent[""]


def _matches_suffice(plan: Plan, asked: Scenario) -> None:
    for source in asked.sources:
        lines = [line for line in plan.lines if line.source == source.key]
        share = Fraction(source.match, 10_000)
        assert sum(line.matched for line in lines) >= share * sum(line.fen for line in lines)


def test_a_budget_that_is_exactly_enough_is_used_to_the_last_fen():
    needs = [need(f"N{number}", buy(33_333 + number, 1)) for number in range(30)]
    whole = sum(one.remedies[0].purchase for one in needs)
    enough, short = scenario(*needs, sources=(county(whole),)), scenario(*needs, sources=(county(whole - 1),))
    assert planned(enough).fen == whole
    assert len(planned(short).choices) == 29


@pytest.mark.parametrize("match", [1, 3333, 5000, 6667, 9999])
def test_source_and_match_together_buy_what_costs_both(match: int):
    price = 1_000_003
    owed = -(-price * match // 10_000)
    enough, short = _both(price, match, owed + 1), _both(price, match, owed - 1)
    assert planned(enough).fen == price
    _limits_hold(planned(enough), enough)
    _matches_suffice(planned(enough), enough)
    assert not planned(short).choices


def _both(price: int, match: int, owed: int) -> Scenario:
    """A source with its part and a fen for rounding, and the county with so much."""
    part = price - -(-price * match // 10_000) + 1
    special = Source(key="special", years=YEARS[:1], limit=part, match=match, matched_by="county")
    return scenario(need("N", buy(price, 1)), sources=(special, county(owed)))


def test_the_match_is_only_owed_where_the_matching_source_may_pay():
    special = Source(key="special", years=YEARS[:1], limit=10**6, match=2000, matched_by="county")
    closed = county(10**6, categories=frozenset(["room"]))
    assert not planned(scenario(need("N", buy(100, 1)), sources=(special, closed))).choices


def test_upkeep_is_due_each_year_from_the_purchase_on():
    bought = need("N", buy(1_000, 1, recurring=10, recurring_category="upkeep"))
    plan = planned(scenario(bought, years=YEARS, sources=(county(10**6, years=YEARS),)))
    assert {(line.category, line.year, line.fen) for line in plan.lines} == {
        ("terminal", 2027, 1_000),
        ("upkeep", 2027, 10),
        ("upkeep", 2028, 10),
    }


def test_earmarked_money_is_spent_before_the_countys_own():
    special = Source(key="special", years=YEARS[:1], limit=800, categories=frozenset(["terminal"]))
    plan = planned(scenario(need("N", buy(1_000, 1)), sources=(county(10_000), special)))
    assert {line.source: line.fen for line in plan.lines} == {"special": 800, "county": 200}


def test_floors_hold_to_the_fen():
    dear, cheap = need("dear", buy(10_001, 1)), need("cheap", buy(10_000, 99))
    asked = scenario(
        dear, cheap, sources=(county(10_001),), floors=(Floor(place="Xianxi", year=2027, fen=10_001),)
    )
    assert [choice.need for choice in planned(asked).choices] == ["dear"]


def test_nothing_to_decide_is_a_plan_too():
    assert planned(scenario(sources=(county(100),))).choices == ()
    assert planned(scenario(need("N", buy(100, 1)), sources=())).choices == ()
    assert isinstance(solve(scenario(need("N", buy(0, 1)), sources=())), Plan)
