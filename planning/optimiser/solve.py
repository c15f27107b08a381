"""From a scenario to a plan, or to the demands that clash."""

from dataclasses import replace

from planning.money.amounts import WHOLE
from planning.optimiser.check import BrokenPlan, breaches
from planning.optimiser.clash import clash
from planning.optimiser.faults import demand_usable
from planning.optimiser.fingerprint import fingerprint
from planning.optimiser.formulation import formulate
from planning.optimiser.funding import fund, with_reserve
from planning.optimiser.option import Option
from planning.optimiser.plan import Choice, Clash, Plan
from planning.optimiser.reasons import reasons
from planning.optimiser.scenario import Scenario
from planning.optimiser.solving import choose

GAP = 0.001  # of the bound; small scenarios are solved exactly all the same


def solve(scenario: Scenario, *, gap: float = GAP) -> Plan | Clash:
    """The plan that is worth most, its money to the fen; raises UnusableScenario for bad input.

    The same needs, sources and floors in another order give the same plan.
    """
    demand_usable(scenario)
    ordered = scenario.in_order()
    for limits in (ordered, with_reserve(ordered)):
        formulation = formulate(limits)
        chosen = choose(formulation, gap)
        if chosen is None:
            return replace(clash(limits), inputs=fingerprint(ordered))
        lines = fund(chosen.options, ordered)
        if lines is not None:
            plan = Plan(
                inputs=fingerprint(ordered),
                choices=tuple(map(_choice, chosen.options)),
                lines=lines,
                reasons=reasons(formulation, chosen),
                worth=(worth := sum(option.worth for option in chosen.options)),
                bound=max(worth, round(chosen.bound * WHOLE)),
            )
            return _demand_sound(plan, ordered)
    raise BrokenPlan("The money that was reserved for rounding did not suffice.")


def _choice(option: Option) -> Choice:
    need = option.need
    return Choice(need.key, need.place, option.remedy, option.year, option.fen, option.worth)


def _demand_sound(plan: Plan, scenario: Scenario) -> Plan:
    found = breaches(plan, scenario)
    if found:
        raise BrokenPlan(", ".join(f"{breach.code} {breach.key}" for breach in found[:20]))
    return plan
