"""What more money buys: the best plan's worth at shares of the budget."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import inf

from planning.money.amounts import WHOLE, share_of
from planning.optimiser.faults import demand_usable
from planning.optimiser.formulation import formulate
from planning.optimiser.plan import Plan
from planning.optimiser.scenario import Scenario
from planning.optimiser.solve import GAP
from planning.optimiser.solving import choose

TENTHS = tuple(range(1_000, 15_001, 1_000))  # basis points of the budget: to half as much again


@dataclass(frozen=True, slots=True)
class Point:
    """`worth` and `bound` in ten-thousandths of a point; both None where so little cannot hold the demands."""

    budget: int
    worth: int | None
    bound: int | None


def frontier(
    scenario: Scenario, shares: Sequence[int] = TENTHS, *, gap: float = GAP, solved: Plan | None = None
) -> tuple[Point, ...]:
    """One point for each share of every source's limit, in ascending order; worth never falls as money grows.

    `solved` is the plan of the whole budget where there is one: it is not sought again.
    """
    return tuple(points(scenario, shares, gap=gap, solved=solved))


def points(
    scenario: Scenario, shares: Sequence[int] = TENTHS, *, gap: float = GAP, solved: Plan | None = None
) -> Iterator[Point]:
    """The same one by one, as each is found."""
    demand_usable(scenario)
    yield from _rising(_points(scenario.in_order(), sorted(set(shares)), gap, solved))


def _points(scenario: Scenario, shares: Sequence[int], gap: float, solved: Plan | None) -> Iterator[Point]:
    for share in shares:
        if share == WHOLE and solved is not None:
            yield Point(scenario.budget, solved.worth, solved.bound)
            continue
        limits = {source.key: share_of(source.limit, share) for source in scenario.sources}
        cut = scenario.with_limits(limits)
        chosen = choose(formulate(cut), gap)
        worth = sum(option.worth for option in chosen.options) if chosen else None
        bound = round(chosen.bound * WHOLE) if chosen else None
        yield Point(cut.budget, worth, bound)


def _rising(points: Iterator[Point]) -> Iterator[Point]:
    """A plan for less money is a plan for more: what the gap let slip is taken from the point before."""
    best = -inf
    for point in points:
        if point.worth is None:
            yield point
        else:
            best = max(best, point.worth)
            yield Point(point.budget, int(best), max(point.bound or 0, int(best)))
