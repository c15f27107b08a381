"""The verdict on one asset: every rule that its kind has, in one list that can be read."""

from collections.abc import Callable, Mapping
from datetime import date

from inventory.marks.case import Case, open_case
from inventory.marks.facts import AssetFacts
from inventory.marks.findings import Finding, Judgement, Lack, Outcome, Passed
from inventory.marks.kind import Condition, Kind
from inventory.marks.need import below_need, line_below_need, saturated
from inventory.marks.policy import Policy
from inventory.marks.presence import looked_for, missing, silence
from inventory.marks.support import unsupported_model, unsupported_os
from inventory.marks.upkeep import maintenance_overdue, past_minimum_years, repeated_repairs
from inventory.marks.use import unused

Rule = Callable[[Case], Outcome | None]

COMMON: tuple[Rule, ...] = (
    past_minimum_years,
    unsupported_os,
    unsupported_model,
    repeated_repairs,
    maintenance_overdue,
)
FITNESS: Mapping[Kind, tuple[Rule, ...]] = dict.fromkeys(Kind, COMMON) | {
    Kind.COMPUTER: (*COMMON, below_need),
    Kind.SERVER: (*COMMON, below_need),
    Kind.NETWORK_LINK: (*COMMON, line_below_need, saturated),
}


def judge(facts: AssetFacts, policy: Policy, today: date) -> Judgement:
    """All findings of one asset on one day; the same arguments always give the same answer."""
    if facts.condition is Condition.RETIRED:
        return Judgement()
    case = open_case(facts, policy, today)
    looked = looked_for(case)
    silent = silence(case, looked)
    outcomes = [*missing(silent, looked), *unused(case, silent, looked)]
    outcomes += [outcome for rule in FITNESS[facts.kind] if (outcome := rule(case))]
    return Judgement(
        findings=tuple(o for o in outcomes if isinstance(o, Finding)),
        lacks=tuple(o for o in outcomes if isinstance(o, Lack) and policy.marks(o.rule)),
        passes=tuple(o for o in outcomes if isinstance(o, Passed) and policy.marks(o.rule)),
        waivers=tuple(waiver for waiver in facts.waivers if waiver.until >= today),
    )
