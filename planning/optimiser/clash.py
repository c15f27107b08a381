"""Demands that cannot all be held: the few that clash, found by letting all give way and then one after the other.

First an elastic program: every demand may be missed at a price, and those that the cheapest way misses are enforced,
until nothing is feasible: those enforced clash. Then each is dropped in turn and stays away unless that would help.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from math import ceil, inf

from planning.money.amounts import FEN
from planning.optimiser.fingerprint import fingerprint
from planning.optimiser.formulation import Condition, Demand, Formulation, formulate
from planning.optimiser.need import Need
from planning.optimiser.option import options
from planning.optimiser.plan import Clash, Clashing, Numbers
from planning.optimiser.program import Answer, Program, Row
from planning.optimiser.scenario import Floor, Scenario, Source

UNLIMITED = 10**13
YUAN = 1e-4  # a demand in yuan is missed by 10,000 as readily as one in numbers by one
MISSED = 1e-6


def clash(scenario: Scenario) -> Clash:
    """For a scenario that has no plan: which demands clash, and how much more money would settle it."""
    formulation = formulate(scenario)
    found = _irreducible(scenario, _enforced(formulation))
    held = holding(scenario, found)
    demands = tuple(Clashing(one.code, one.key, _numbers(one, scenario)) for one in found)
    return Clash(fingerprint(scenario), demands, _short(held))


def holding(scenario: Scenario, conditions: Collection[Condition]) -> Scenario:
    """The scenario in which these demands alone are made, with the needs that bear on them."""
    subjects = [condition.subject for condition in conditions]
    needs = _bearing_on(scenario, subjects)
    kept = {one.key for one in subjects if isinstance(one, Source)}
    return replace(
        scenario,
        needs=tuple(replace(need, must=need.must and need in subjects) for need in needs),
        floors=tuple(floor for floor in scenario.floors if floor in subjects),
        sources=tuple(
            source if source.key in kept else replace(source, limit=UNLIMITED) for source in scenario.sources
        ),
    )


def feasible(scenario: Scenario) -> bool:
    program = _without_worth(formulate(scenario).program)
    return program.relaxed() is not None and program.best() is not None


def _bearing_on(scenario: Scenario, subjects: Sequence[Need | Floor | Source]) -> list[Need]:
    """Needs that must be met, those of the floors' places, and those that compete for their spare assets."""
    places = {one.place for one in subjects if isinstance(one, Floor)}
    demanded = {one.key for one in subjects if isinstance(one, Need)}
    near = [need for need in scenario.needs if need.place in places or need.key in demanded]
    assets = {remedy.asset for need in near for remedy in need.remedies} - {""}
    known = {need.key for need in near}
    return [
        need
        for need in scenario.needs
        if need.key in known or any(remedy.asset in assets for remedy in need.remedies)
    ]


def _enforced(formulation: Formulation) -> list[Condition]:
    """Demands that clash, perhaps more than needed."""
    solve: Callable[[Program], Answer | None] = Program.best
    if formulation.program.relaxed() is None:
        solve = Program.relaxed
    enforced: dict[int, Condition] = {}
    while True:
        program, slacks = _elastic(formulation, enforced)
        found = solve(program)
        missed = [row for row, column in slacks.items() if found and found.columns[column] > MISSED]
        enforced |= {row: formulation.conditions[row] for row in missed}
        if not missed:
            return list(enforced.values())


def _elastic(formulation: Formulation, enforced: Collection[int]) -> tuple[Program, Mapping[int, int]]:
    program, slacks = _without_worth(formulation.program), {}
    for number, condition in formulation.conditions.items():
        if number not in enforced:
            row = program.rows[number]
            slacks[number] = program.column(-YUAN if _in_yuan(condition, row) else -1.0)
            by = 1.0 if row.low > -inf else -1.0
            program.rows[number] = Row(row.low, row.high, (*row.entries, (slacks[number], by)))
    return program, slacks


def _in_yuan(condition: Condition, row: Row) -> bool:
    floor = condition.subject
    return condition.code is Demand.LIMIT or (isinstance(floor, Floor) and row.low != floor.needs)


def _without_worth(program: Program) -> Program:
    return Program([0.0] * len(program.worths), list(program.highs), list(program.whole), list(program.rows))


def _irreducible(scenario: Scenario, found: Sequence[Condition]) -> list[Condition]:
    """Of these no one can be left out: the others alone could be held."""
    kept = list(dict.fromkeys(found))
    for condition in list(kept):
        rest = [one for one in kept if one is not condition]
        if not feasible(holding(scenario, rest)):
            kept = rest
    return kept


def _short(held: Scenario) -> int | None:
    """Fen by which the limits in question would have to grow, together; None if money alone does not settle it."""
    formulation = formulate(held)
    limits = {
        row
        for row, one in formulation.conditions.items()
        if one.code is Demand.LIMIT and _limited(one.subject)
    }
    program, slacks = _elastic(formulation, formulation.conditions.keys() - limits)
    found = program.best() if slacks else None
    return None if found is None else ceil(round(-found.value / YUAN * FEN, 3))


def _limited(subject: Need | Floor | Source) -> bool:
    return isinstance(subject, Source) and subject.limit < UNLIMITED


def _numbers(condition: Condition, scenario: Scenario) -> Numbers:
    subject = condition.subject
    if isinstance(subject, Source):
        return {"fen": subject.limit}
    if isinstance(subject, Need):
        ways = options(replace(scenario, needs=(subject,)))
        return {
            "place": subject.place,
            "options": len(ways),
            "fen": min((one.fen for one in ways), default=0),
        }
    there = [one for one in scenario.needs if one.place == subject.place]
    return {"year": subject.year or "", "needs": subject.needs, "fen": subject.fen, "needs_there": len(there)}
