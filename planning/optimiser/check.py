"""Whether a plan keeps every rule, counted anew in whole numbers from its choices and lines."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from planning.money.amounts import WHOLE
from planning.optimiser.need import Way
from planning.optimiser.option import offered
from planning.optimiser.plan import Plan
from planning.optimiser.scenario import Floor, Payers, Scenario


class Broken(StrEnum):
    """A rule that a plan does not keep."""

    UNHEARD_OF = "unheard_of"
    TWICE = "twice"
    UNMET = "unmet"
    ASSET_TWICE = "asset_twice"
    BOUGHT_BEFORE_MOVED = "bought_before_moved"
    FLOOR = "floor"
    LIMIT = "limit"
    FORBIDDEN = "forbidden"
    UNMATCHED = "unmatched"
    UNPAID = "unpaid"


@dataclass(frozen=True, slots=True)
class Breach:
    code: Broken
    key: str


class BrokenPlan(RuntimeError):
    """A plan that must not leave the optimiser."""


def breaches(plan: Plan, scenario: Scenario) -> tuple[Breach, ...]:
    """Every rule that the plan breaks; none for a plan that was solved from this scenario."""
    return tuple(
        Breach(code, key)
        for code, rule in (
            (Broken.UNHEARD_OF, _unheard_of(plan, scenario)),
            (Broken.TWICE, _met_twice(plan)),
            (Broken.UNMET, _unmet(plan, scenario)),
            (Broken.ASSET_TWICE, _moved_twice(plan)),
            (Broken.BOUGHT_BEFORE_MOVED, _bought_too_soon(plan, scenario)),
            (Broken.FLOOR, _below_floor(plan, scenario)),
            (Broken.LIMIT, _overspent(plan, scenario)),
            (Broken.FORBIDDEN, _forbidden(plan, scenario)),
            (Broken.UNMATCHED, _unmatched(plan, scenario)),
            (Broken.UNPAID, _unpaid(plan, scenario)),
        )
        for key in rule
    )


def _met_twice(plan: Plan) -> Iterator[str]:
    return (key for key, times in Counter(choice.need for choice in plan.choices).items() if times > 1)


def _unmet(plan: Plan, scenario: Scenario) -> Iterator[str]:
    met = {choice.need for choice in plan.choices}
    return (need.key for need in scenario.needs if need.must and need.key not in met)


def _unheard_of(plan: Plan, scenario: Scenario) -> Iterator[str]:
    needs = {need.key: need for need in scenario.needs}
    for choice in plan.choices:
        need = needs.get(choice.need)
        if not need or choice.remedy not in need.remedies or choice.place != need.place:
            yield choice.need


def _moved_twice(plan: Plan) -> Iterator[str]:
    moved = Counter(choice.remedy.asset for choice in plan.choices if choice.remedy.asset)
    return (asset for asset, times in moved.items() if times > 1)


def _bought_too_soon(plan: Plan, scenario: Scenario) -> Iterator[str]:
    moved = {choice.remedy.asset: choice.year for choice in plan.choices}
    needs, payers = {need.key: need for need in scenario.needs}, Payers(scenario)
    for choice in plan.choices:
        if choice.remedy.way is Way.BUY and any(one.asset for one in needs[choice.need].remedies):
            offers = offered(needs[choice.need], scenario, payers)
            fitting = {option.remedy.asset for option in offers if option.remedy.asset}
            if any(moved.get(asset, choice.year + 1) > choice.year for asset in fitting):
                yield choice.need


def _below_floor(plan: Plan, scenario: Scenario) -> Iterator[str]:
    return (floor.place for floor in scenario.floors if not _held(floor, plan))


def _held(floor: Floor, plan: Plan) -> bool:
    there = [one for one in plan.choices if one.place == floor.place and floor.year in (None, one.year)]
    return len(there) >= floor.needs and sum(one.remedy.purchase for one in there) >= floor.fen


def _overspent(plan: Plan, scenario: Scenario) -> Iterator[str]:
    spent: Counter[str] = Counter()
    for line in plan.lines:
        spent[line.source] += line.fen - line.matched
        spent[line.matched_by] += line.matched
    return (source.key for source in scenario.sources if spent[source.key] > source.limit)


def _forbidden(plan: Plan, scenario: Scenario) -> Iterator[str]:
    payers = Payers(scenario)
    for line in plan.lines:
        permitted = {source.key for source in payers[line.category, line.year]}
        if line.source not in permitted or not 0 <= line.matched <= line.fen:
            yield f"{line.source} {line.category} {line.year}"


def _unmatched(plan: Plan, scenario: Scenario) -> Iterator[str]:
    sources = {source.key: source for source in scenario.sources}
    helped: Counter[tuple[str, str, int]] = Counter()
    matched: Counter[tuple[str, str, int]] = Counter()
    for line in plan.lines:
        helped[line.source, line.category, line.year] += line.fen
        if line.matched_by == sources[line.source].matched_by:
            matched[line.source, line.category, line.year] += line.matched
    for key, fen in helped.items():
        if matched[key] * WHOLE < fen * sources[key[0]].match:
            yield " ".join(map(str, key))


def _unpaid(plan: Plan, scenario: Scenario) -> Iterator[str]:
    """Lines that do not add up to what a choice costs, in each category and year."""
    owed: Counter[tuple[str, str, int]] = Counter()
    for choice in plan.choices:
        remedy, upkeep = choice.remedy, choice.remedy.recurring_category or choice.remedy.category
        owed[choice.need, remedy.category, choice.year] += remedy.purchase
        for year in scenario.years:
            owed[choice.need, upkeep, year] += remedy.recurring if year >= choice.year else 0
    for line in plan.lines:
        owed[line.need, line.category, line.year] -= line.fen
    return (" ".join(map(str, key)) for key, fen in owed.items() if fen)
