"""The frontier rises with the budget, ends where all is met, and agrees with the plan at the whole budget."""

from hypothesis import given, settings
from hypothesis import strategies as some

from planning.optimiser.frontier import frontier
from planning.optimiser.scenario import Scenario
from tests.optimiser.cases import WAN, buy, county, need, planned, scenario
from tests.optimiser.test_money_is_held_to_the_fen import odd

THREE = scenario(
    need("a", buy(WAN, 50)), need("b", buy(WAN, 30)), need("c", buy(WAN, 10)), sources=(county(2 * WAN),)
)


def test_each_step_buys_the_best_that_is_left():
    points = frontier(THREE, (0, 5_000, 7_500, 10_000, 15_000, 20_000))
    assert [(point.budget, point.worth) for point in points] == [
        (0, 0),
        (WAN, 500_000),
        (3 * WAN // 2, 500_000),
        (2 * WAN, 800_000),
        (3 * WAN, 900_000),
        (4 * WAN, 900_000),
    ]


def test_too_little_for_what_must_be_done_is_said_and_not_drawn_as_zero():
    asked = scenario(need("a", buy(WAN, 1), must=True), sources=(county(WAN),))
    assert [point.worth for point in frontier(asked, (5_000, 10_000))] == [None, 10_000]


@settings(max_examples=8, deadline=None)
@given(some.integers(0, 10**6).map(lambda seed: odd(seed, 12)))
def test_it_never_falls_and_the_whole_budget_is_the_plan(asked: Scenario):
    points = frontier(asked, (10_000, 4_000, 8_000))
    worths = [point.worth for point in points if point.worth is not None]
    assert worths == sorted(worths)
    assert points[-1].budget == asked.budget
    assert abs((points[-1].worth or 0) - planned(asked).worth) <= planned(asked).bound // 1_000
