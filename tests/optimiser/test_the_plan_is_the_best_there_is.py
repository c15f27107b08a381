"""Against trying everything: the same worth, and no plan where there is none.

The trial shares no code with the optimiser. Whether money suffices is decided without an LP: for sources without a
match every set of categories and years must find enough money in the sources open to it (Gale); for earmarked sources
beside the county's own, each is used as far as it goes.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from itertools import chain, combinations, product

from hypothesis import example, given, settings

from planning.optimiser.need import Need, Remedy, Way
from planning.optimiser.plan import Plan
from planning.optimiser.scenario import Floor, Scenario, Source
from planning.optimiser.solve import solve
from tests.optimiser.cases import WAN, buy, county, matched, move, need, scenario, unmatched

Cell = tuple[str, int]
Chosen = list[tuple[Need, Remedy, int]]


@settings(max_examples=150, deadline=None)
@given(unmatched())
@example(scenario(need("a", buy(0, 1), move(0, 0, "S1")), sources=(county(0),)))
def test_among_sources_without_a_match(asked: Scenario):
    _same(asked, _hall)


@settings(max_examples=150, deadline=None)
@given(matched())
@example(
    scenario(
        need("a", buy(3 * WAN, 5), move(0, 1, "S1")),
        need("b", buy(2 * WAN, 3), move(0, 1, "S1")),
        sources=(county(5 * WAN),),
    )
)
@example(
    scenario(
        need("a", buy(3 * WAN, 0), move(0, 0, "S1"), place="Nanjin"),
        need("b", buy(0, 0), move(0, 0, "S1"), place="Xianxi"),
        sources=(county(3 * WAN),),
        floors=(Floor(place="Nanjin", fen=3 * WAN),),
    )
)
def test_among_sources_that_the_county_must_match(asked: Scenario):
    _same(asked, _earmarked)


def _same(asked: Scenario, money_suffices: Callable[[Mapping[Cell, int], Scenario], bool]) -> None:
    best = max(
        (_worth(chosen, asked) for chosen in _all(asked) if _allowed(chosen, asked, money_suffices)),
        default=None,
    )
    found = solve(asked, gap=0)
    assert (found.worth if isinstance(found, Plan) else None) == best
    if isinstance(found, Plan):
        assert found.bound == found.worth


def _all(asked: Scenario) -> Iterator[Chosen]:
    ways = [[None, *product([need], need.remedies, asked.years)] for need in asked.needs]
    return ([one for one in several if one] for several in product(*ways))


def _worth(chosen: Chosen, asked: Scenario) -> int:
    return sum(
        remedy.benefit * (10_000 - asked.delay * asked.years.index(year)) for _, remedy, year in chosen
    )


def _allowed(
    chosen: Chosen, asked: Scenario, money_suffices: Callable[[Mapping[Cell, int], Scenario], bool]
) -> bool:
    met = {need.key for need, _, _ in chosen}
    moved = [remedy.asset for _, remedy, _ in chosen if remedy.asset]
    return (
        all(need.key in met for need in asked.needs if need.must)
        and len(moved) == len(set(moved))
        and all(_floor_held(floor, chosen) for floor in asked.floors)
        and money_suffices(_due(chosen, asked), asked)
        and not any(_bought_too_soon(one, chosen, asked) for one in chosen)
    )


def _floor_held(floor: Floor, chosen: Chosen) -> bool:
    there = [
        remedy for need, remedy, year in chosen if need.place == floor.place and floor.year in (None, year)
    ]
    return len(there) >= floor.needs and sum(remedy.purchase for remedy in there) >= floor.fen


def _bought_too_soon(one: tuple[Need, Remedy, int], chosen: Chosen, asked: Scenario) -> bool:
    """A spare asset that fits and could be moved is idle when this is bought."""
    need, remedy, year = one
    moved = {remedy.asset: year for _, remedy, year in chosen}
    return remedy.way is Way.BUY and any(
        moved.get(spare.asset, 9999) > year
        for spare in need.remedies
        if spare.asset and _can_ever_be_paid(spare, asked)
    )


def _can_ever_be_paid(remedy: Remedy, asked: Scenario) -> bool:
    return not remedy.purchase or any(
        _pays(source, remedy.category, year) for source in asked.sources for year in asked.years
    )


def _due(chosen: Chosen, asked: Scenario) -> Mapping[Cell, int]:
    due: Counter[Cell] = Counter()
    for _, remedy, year in chosen:
        due[remedy.category, year] += remedy.purchase
        for later in asked.years[asked.years.index(year) :]:
            due[remedy.category, later] += remedy.recurring
    return {cell: fen for cell, fen in due.items() if fen}


def _hall(due: Mapping[Cell, int], asked: Scenario) -> bool:
    sets = chain.from_iterable(combinations(due, size) for size in range(1, len(due) + 1))
    return all(
        sum(due[cell] for cell in cells)
        <= sum(source.limit for source in asked.sources if any(_pays(source, *cell) for cell in cells))
        for cells in sets
    )


def _pays(source: Source, category: str, year: int) -> bool:
    return year in source.years and (source.categories is None or category in source.categories)


def _earmarked(due: Mapping[Cell, int], asked: Scenario) -> bool:
    own = Fraction(0)
    for source in asked.sources:
        if source.match:
            wanted = sum(
                fen for (category, _year), fen in due.items() if _pays(source, category, source.years[0])
            )
            share = Fraction(source.match, 10_000)
            own += min(wanted * (1 - share), Fraction(source.limit))
    return sum(due.values()) - own <= next(one.limit for one in asked.sources if one.key == "county")
