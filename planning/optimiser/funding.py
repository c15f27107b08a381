"""Who pays what, in whole fen: the LP's money rounded so that sums agree and no limit is passed by a fen.

The county's match is at the least its share of each category and year, so it rounds up. Money that could pay for the
fewest other things goes first, so that the county's own remains.
"""

from collections import defaultdict, deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations
from math import inf

from planning.money.amounts import FEN, WHOLE, at_least_share_of
from planning.money.splitting import split
from planning.optimiser.formulation import Cell, money_of
from planning.optimiser.option import Option
from planning.optimiser.program import Program
from planning.optimiser.scenario import Payers, Scenario

FINE = 1_000_000  # parts of a yuan in which the LP's money is weighed before it is split
Paid = Mapping[Cell, int]


@dataclass(frozen=True, slots=True)
class Line:
    """One source's part of what a need costs in a year; `matched` fen of it are charged to `matched_by`."""

    need: str
    category: str
    year: int
    source: str
    fen: int
    matched: int = 0
    matched_by: str = ""


def with_reserve(scenario: Scenario) -> Scenario:
    """The same with limits cut by what always suffices for rounding: two fen for every cell that takes the money."""
    categories = {
        category
        for need in scenario.needs
        for remedy in need.remedies
        for category in (remedy.category, remedy.recurring_category)
    }
    kept_back = 2 * len(categories) * len(scenario.years) * len(scenario.sources)
    return scenario.with_limits({one.key: max(one.limit - kept_back, 0) for one in scenario.sources})


def fund(chosen: Sequence[Option], scenario: Scenario) -> tuple[Line, ...] | None:
    """Lines that pay for all that is chosen; None where the money does not suffice to the fen."""
    due = _due(chosen)
    for limits in (scenario, with_reserve(scenario)):
        paid = _paid(due, limits)
        if paid is not None and not overspent(settled := _settled(paid, scenario), scenario):
            return tuple(_lines(chosen, settled))
    return None


def overspent(paid: Paid, scenario: Scenario) -> int:
    """Fen by which the limits are passed, all together."""
    spent: dict[str, int] = defaultdict(int)
    for cell, fen in paid.items():
        matched = at_least_share_of(fen, cell.source.match)
        spent[cell.source.key] += fen - matched
        spent[cell.source.matched_by] += matched
    return sum(max(spent[source.key] - source.limit, 0) for source in scenario.sources)


def _settled(paid: Paid, scenario: Scenario) -> Paid:
    """Rounding may pass a limit by a fen: single fen are passed on to other payers as long as that helps."""
    over = overspent(paid, scenario)
    while over:
        better = min(_a_fen_passed_on(paid), key=lambda other: overspent(other, scenario), default=paid)
        if overspent(better, scenario) >= over:
            break
        paid, over = better, overspent(better, scenario)
    return paid


def _a_fen_passed_on(paid: Paid) -> Iterator[Paid]:
    for giver, taker in permutations(paid, 2):
        if paid[giver] and (giver.category, giver.year) == (taker.category, taker.year):
            yield {**paid, giver: paid[giver] - 1, taker: paid[taker] + 1}


def _due(chosen: Sequence[Option]) -> dict[tuple[str, int], int]:
    due: dict[tuple[str, int], int] = defaultdict(int)
    for option in chosen:
        for category, year, fen in option.charges:
            due[category, year] += fen
    return dict(sorted(due.items()))


def _paid(due: Mapping[tuple[str, int], int], scenario: Scenario) -> Paid | None:
    """Whole fen by cell: the LP's, each category and year split to its exact sum."""
    program, cells, payers = Program(), dict[Cell, int](), Payers(scenario)
    freedom = _freedom(scenario)
    for (category, year), fen in due.items():
        for source in payers[category, year]:
            matched = freedom.get(source.matched_by, 0.0) * source.match / WHOLE
            worth = -matched - freedom[source.key] * (WHOLE - source.match) / WHOLE
            cells[Cell(source, category, year)] = program.column(worth)
        paying = (cells[Cell(source, category, year)] for source in payers[category, year])
        program.row(fen / FEN, fen / FEN, ((column, 1.0) for column in paying))
    for source in scenario.sources:
        money = ((column, share / WHOLE) for column, share in money_of(source, cells))
        program.row(-inf, source.limit / FEN, money)
    found = program.relaxed()
    return None if found is None else dict(_rounded(due, cells, found.columns))


def _freedom(scenario: Scenario) -> Mapping[str, float]:
    """For how much else each source's money would do: for all categories is most; to match others is more still."""
    named = {one for source in scenario.sources for one in source.categories or ()}
    every = (len(named) + 1) * len(scenario.years)
    matching = {source.matched_by for source in scenario.sources if source.match}
    return {
        source.key: (source.key in matching)
        + len(source.years)
        * (len(named) + 1 if source.categories is None else len(source.categories))
        / every
        for source in scenario.sources
    }


def _rounded(
    due: Mapping[tuple[str, int], int], cells: Mapping[Cell, int], yuan: Sequence[float]
) -> Iterator[tuple[Cell, int]]:
    by_due: dict[tuple[str, int], list[Cell]] = defaultdict(list)
    for cell in cells:
        by_due[cell.category, cell.year].append(cell)
    for key, several in by_due.items():
        weights = [max(round(yuan[cells[cell]] * FINE), 0) for cell in several]
        yield from zip(several, split(due[key], weights), strict=True)


def _lines(chosen: Sequence[Option], paid: Paid) -> Iterator[Line]:
    """Cell by cell the needs are paid in order; each cell's match is split over its lines."""
    owed = _owed(chosen)
    for cell, fen in paid.items():
        parts = list(_taken(fen, owed[cell.category, cell.year]))
        if parts:
            matched = split(at_least_share_of(fen, cell.source.match), [part for _need, part in parts])
            by = cell.source.matched_by if cell.source.match else ""
            for (need, part), match in zip(parts, matched, strict=True):
                yield Line(need, cell.category, cell.year, cell.source.key, part, match, by)


def _owed(chosen: Sequence[Option]) -> Mapping[tuple[str, int], deque[tuple[str, int]]]:
    owed: dict[tuple[str, int], deque[tuple[str, int]]] = defaultdict(deque)
    for option in chosen:
        for category, year, fen in option.charges:
            owed[category, year].append((option.need.key, fen))
    return owed


def _taken(fen: int, owed: deque[tuple[str, int]]) -> Iterator[tuple[str, int]]:
    """Needs that are paid until the money is spent; the last may still owe the rest to the next source."""
    while fen and owed:
        need, rest = owed.popleft()
        part = min(fen, rest)
        if part < rest:
            owed.appendleft((need, rest - part))
        fen -= part
        yield need, part
