"""A scenario as a program: one column for each option, one for each source's money by category and year.

Money is in yuan here, to keep the numbers near each other; `funding` brings it back to whole fen.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import inf

from planning.money.amounts import FEN, WHOLE
from planning.optimiser.need import Need, Way
from planning.optimiser.option import Option, options
from planning.optimiser.program import Program
from planning.optimiser.scenario import Floor, Payers, Scenario, Source


class Demand(StrEnum):
    """What people demand of a plan, and can take back."""

    MUST = "must"
    FLOOR = "floor"
    LIMIT = "limit"


@dataclass(frozen=True, slots=True)
class Condition:
    """One demand: a need that must be met, a township's floor, a source's limit."""

    code: Demand
    key: str
    subject: Need | Floor | Source


@dataclass(frozen=True, slots=True)
class Cell:
    """What is paid with the help of one source, for one category in one year; its match included."""

    source: Source
    category: str
    year: int


@dataclass(frozen=True, slots=True)
class Formulation:
    """`conditions` names the rows that state a demand; `spending` the row of each category and year."""

    scenario: Scenario
    program: Program
    options: tuple[Option, ...]
    cells: Mapping[Cell, int]
    conditions: Mapping[int, Condition]
    need_rows: Mapping[str, int]
    spending: Mapping[tuple[str, int], int]
    limits: Mapping[str, int]


def formulate(scenario: Scenario) -> Formulation:
    """The whole program."""
    program, found = Program(), options(scenario)
    for option in found:
        program.column(option.worth / WHOLE, high=1, whole=True)
    cells = _cells(scenario, found, program)
    needs = _need_rows(scenario, found, program)
    _assets_move_once(found, program)
    _moves_come_first(scenario.years, found, program)
    spending = _spending(found, cells, program)
    limits = {source.key: _limit(source, cells, program) for source in scenario.sources}
    conditions = {
        **{needs[need.key]: Condition(Demand.MUST, need.key, need) for need in scenario.needs if need.must},
        **{limits[one.key]: Condition(Demand.LIMIT, one.key, one) for one in scenario.sources},
        **dict(_floors(scenario.floors, found, program)),
    }
    return Formulation(scenario, program, found, cells, conditions, needs, spending, limits)


def money_of(source: Source, cells: Mapping[Cell, int]) -> Iterator[tuple[int, int]]:
    """Cells that take a source's money and how many basis points of each: its own part, or another's match."""
    for cell, column in cells.items():
        if cell.source.key == source.key:
            yield column, WHOLE - source.match
        elif cell.source.match and cell.source.matched_by == source.key:
            yield column, cell.source.match


def _cells(scenario: Scenario, found: Sequence[Option], program: Program) -> dict[Cell, int]:
    charged = sorted({(category, year) for option in found for category, year, _fen in option.charges})
    payers = Payers(scenario)
    return {
        Cell(source, category, year): program.column()
        for category, year in charged
        for source in payers[category, year]
    }


def _need_rows(scenario: Scenario, found: Sequence[Option], program: Program) -> dict[str, int]:
    """At most one option of each need; exactly one where it must be met."""
    of_need = _columns_by(found, lambda option: option.need.key)
    return {
        need.key: program.row(float(need.must), 1, ((column, 1.0) for column in of_need[need.key]))
        for need in scenario.needs
    }


def _assets_move_once(found: Sequence[Option], program: Program) -> None:
    for columns in _columns_by(found, lambda option: option.remedy.asset, skip="").values():
        program.row(-inf, 1, ((column, 1.0) for column in columns))


def _moves_come_first(years: Sequence[int], found: Sequence[Option], program: Program) -> None:
    """Nothing is bought for a need while a spare asset that fits stands idle: it serves this need or another."""
    users = _columns_by(found, lambda option: option.remedy.asset, skip="")
    buying = _columns_by(
        found, lambda option: option.need.key if option.remedy.way is Way.BUY else "", skip=""
    )
    fitting = sorted({(one.need.key, one.remedy.asset) for one in found if one.remedy.asset})
    for need, asset in fitting:
        for year in years if buying[need] else ():
            bought = ((column, 1.0) for column in buying[need] if found[column].year <= year)
            moved = ((column, -1.0) for column in users[asset] if found[column].year <= year)
            program.row(-inf, 0, (*bought, *moved))


def _spending(
    found: Sequence[Option], cells: Mapping[Cell, int], program: Program
) -> dict[tuple[str, int], int]:
    """What is chosen of a category in a year is no more than what the sources pay for it.

    To pay more brings nothing, so that it need not be forbidden; as equations HiGHS 1.12 to 1.15 never ended on some.
    """
    entries: dict[tuple[str, int], list[tuple[int, float]]] = defaultdict(list)
    for column, option in enumerate(found):
        for category, year, fen in option.charges:
            entries[category, year].append((column, fen / FEN))
    for cell, column in cells.items():
        entries[cell.category, cell.year].append((column, -1.0))
    return {key: program.row(-inf, 0, entries[key]) for key in sorted(entries)}


def _limit(source: Source, cells: Mapping[Cell, int], program: Program) -> int:
    entries = ((column, share / WHOLE) for column, share in money_of(source, cells))
    return program.row(-inf, source.limit / FEN, entries)


def _floors(
    floors: Iterable[Floor], found: Sequence[Option], program: Program
) -> Iterator[tuple[int, Condition]]:
    in_place = _columns_by(found, lambda option: option.need.place)
    for floor in floors:
        columns = [
            one for one in in_place[floor.place] if floor.year is None or floor.year == found[one].year
        ]
        condition = Condition(Demand.FLOOR, floor.place, floor)
        if floor.needs:
            yield program.row(floor.needs, inf, ((one, 1.0) for one in columns)), condition
        if floor.fen:
            spent = ((one, found[one].remedy.purchase / FEN) for one in columns)
            yield program.row(floor.fen / FEN, inf, spent), condition


def _columns_by(
    found: Sequence[Option], name: Callable[[Option], str], *, skip: str | None = None
) -> defaultdict[str, list[int]]:
    by: defaultdict[str, list[int]] = defaultdict(list)
    for column, option in enumerate(found):
        if (key := name(option)) != skip:
            by[key].append(column)
    return by
