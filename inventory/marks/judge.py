"""The verdict on one asset: every rule that its kind has, in one list that can be read."""

from collections.abc import Callable, Mapping, Sequence
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
from inventory.marks.window import Window

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


def judge(facts: AssetFacts, policy: Policy, today: date, window: Window | None = None) -> Judgement:
    """All findings of one asset on one day; the same arguments always give the same answer.

    Whoever has looked back already gives the window, else the days of the facts are looked at.
    """
    if facts.condition is Condition.RETIRED:
        return Judgement()
    case = open_case(facts, policy, today, window)
    return verdict([*of_days(case), *of_facts(case)], case)


def of_days(case: Case) -> list[Outcome]:
    """Is it there, and is it used?"""
    looked = looked_for(case)
    silent = silence(case, looked)
    return [*missing(silent, looked), *unused(case, silent, looked)]


def of_facts(case: Case) -> list[Outcome]:
    """Is it fit for the work?"""
    return [outcome for rule in FITNESS[case.facts.kind] if (outcome := rule(case))]


def verdict(outcomes: Sequence[Outcome], case: Case) -> Judgement:
    """What counts of the outcomes under the case's policy."""
    policy = case.policy
    return Judgement(
        findings=tuple(o for o in outcomes if isinstance(o, Finding)),
        lacks=tuple(o for o in outcomes if isinstance(o, Lack) and policy.marks(o.rule)),
        passes=tuple(o for o in outcomes if isinstance(o, Passed) and policy.marks(o.rule)),
        waivers=tuple(waiver for waiver in case.facts.waivers if waiver.until >= case.today),
    )
