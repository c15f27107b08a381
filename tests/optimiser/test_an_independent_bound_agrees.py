"""A bound found without HiGHS lies above every plan and close to it: prices of money, moved until they fit."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from planning.optimiser.need import Remedy
from planning.optimiser.scenario import Scenario, Source
from planning.optimiser.solve import solve
from tests.optimiser.cases import WAN, YEARS, buy, county, matched, need, planned, scenario, unmatched

SIZE = 300


def many(seed: int) -> Scenario:
    """Three hundred needs, an earmarked source to match and two of the county's own."""
    chance = random.Random(seed)
    needs = [
        need(
            f"N{number:03}",
            *(
                buy(chance.randrange(10_000, 5_000_000), chance.randrange(1, 1_000), category)
                for category in chance.sample(["terminal", "room", "link"], chance.randrange(1, 3))
            ),
        )
        for number in range(SIZE)
    ]
    special = Source(key="special", years=YEARS, limit=60 * WAN, categories=frozenset(["room", "link"]),
                     match=3_000, matched_by="county")  # fmt: skip
    own = Source(key="own", years=YEARS[1:], limit=40 * WAN, categories=frozenset(["terminal"]))
    return Scenario(years=YEARS, needs=tuple(needs), sources=(special, own, county(90 * WAN, years=YEARS)))


def bound(asked: Scenario, prices: dict[str, float]) -> tuple[float, dict[str, float]]:
    """What no plan can pass if money had these prices (points a fen), and what each source would be asked for."""
    spent = dict.fromkeys(prices, 0.0)
    total = sum(prices[source.key] * source.limit for source in asked.sources)
    for one in asked.needs:
        offers = [
            (_worth(remedy, position, asked) - remedy.purchase * _price(source, prices), remedy, source)
            for remedy in one.remedies
            for position, year in enumerate(asked.years)
            for source in asked.sources
            if year in source.years and (source.categories is None or remedy.category in source.categories)
        ]
        gain, remedy, source = max(offers, key=lambda offer: offer[0])
        if gain > 0:
            total += gain
            spent[source.key] += remedy.purchase * (1 - source.match / 10_000)
            if source.match:
                spent[source.matched_by] += remedy.purchase * source.match / 10_000
    return total, spent


def _worth(remedy: Remedy, position: int, asked: Scenario) -> int:
    return remedy.benefit * (10_000 - asked.delay * position)


def _price(source: Source, prices: dict[str, float]) -> float:
    share = source.match / 10_000
    return (1 - share) * prices[source.key] + (share * prices[source.matched_by] if share else 0)


def lowest_bound(asked: Scenario, rounds: int = 200) -> float:
    """Subgradient steps: money that is asked for beyond its limit gets dearer."""
    limits = {source.key: source.limit for source in asked.sources}
    prices, lowest = dict.fromkeys(limits, 1.0), float("inf")
    for step in range(rounds):
        found, spent = bound(asked, prices)
        lowest = min(lowest, found)
        for key, price in prices.items():
            excess = (spent[key] - limits[key]) / limits[key]
            prices[key] = max(price * (1 + max(min(excess, 1.0), -0.5) * 0.5 / (1 + step / 20)), 1e-9)
    return lowest


@pytest.mark.parametrize("seed", [1, 2])
def test_a_plan_lies_just_below_it(seed: int):
    asked = many(seed)
    plan, ours = planned(asked), lowest_bound(asked)
    assert plan.worth <= plan.bound <= ours * (1 + 1e-9)
    assert plan.worth >= 0.99 * ours
    assert plan.gap_ppm <= 1_000


@settings(max_examples=40, deadline=None)
@given(
    some.lists(some.tuples(some.integers(1, 99), some.integers(1, 99)), min_size=1, max_size=40),
    some.integers(1, 2_000),
)
def test_one_source_is_bounded_by_the_fractional_knapsack(things: list[tuple[int, int]], limit: int):
    asked = scenario(
        *(need(f"N{number}", buy(fen, points)) for number, (fen, points) in enumerate(things)),
        sources=(county(limit),),
    )
    plan = planned(asked)
    left, most = float(limit), 0.0
    for fen, points in sorted(things, key=lambda thing: thing[1] / thing[0], reverse=True):
        part = min(left / fen, 1.0)
        left, most = left - part * fen, most + part * points
    assert plan.worth <= plan.bound <= most * 10_000 + 1
    assert plan.worth >= (most - max(points for _fen, points in things)) * 10_000 - 1


@settings(max_examples=40, deadline=None)
@given(some.one_of(unmatched(), matched()), some.sampled_from([0, 1_000, 10_000]))
def test_more_money_never_buys_less(asked: Scenario, more: int):
    richer = asked.with_limits({source.key: source.limit + more for source in asked.sources})
    before, after = solve(asked, gap=0), solve(richer, gap=0)
    assert getattr(after, "worth", -1) >= getattr(before, "worth", -1)
