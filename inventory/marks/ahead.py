"""What the passing of time alone will make outdated: the day on which a maker's support ends."""

from dataclasses import dataclass
from datetime import date

from inventory.marks.case import open_case
from inventory.marks.facts import AssetFacts
from inventory.marks.findings import Finding
from inventory.marks.kind import Condition
from inventory.marks.mark import Mark
from inventory.marks.policy import Policy
from inventory.marks.support import unsupported_model, unsupported_os
from inventory.marks.window import UNSEEN

BY_TIME_ALONE = (unsupported_os, unsupported_model)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """From that day on the asset is outdated, by that rule, whatever else happens to it."""

    on: date
    rule: str


def becomes_outdated(facts: AssetFacts, policy: Policy, today: date, until: date) -> Ending | None:
    """The first end of support after today and not after `until`; None where it has ended or none is known."""
    if facts.condition is Condition.RETIRED or _ended(facts, policy, today):
        return None
    found = _ended(facts, policy, until)
    return min(found, key=lambda ending: ending.on, default=None)


def _ended(facts: AssetFacts, policy: Policy, day: date) -> list[Ending]:
    case = open_case(facts, policy, day, UNSEEN)  # time passes whatever was seen
    outcomes = [rule(case) for rule in BY_TIME_ALONE]
    return [
        Ending(on=one.since, rule=one.rule)
        for one in outcomes
        if isinstance(one, Finding) and one.marking and one.mark is Mark.OUTDATED
    ]
