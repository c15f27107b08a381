"""What the passing of time alone will make outdated: the day on which a maker's support ends."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise

from inventory.marks.case import open_case
from inventory.marks.facts import AssetFacts
from inventory.marks.findings import Finding, Numbers
from inventory.marks.kind import Condition
from inventory.marks.mark import Mark
from inventory.marks.policy import Policy
from inventory.marks.support import unsupported_model, unsupported_os
from inventory.marks.upkeep import past_minimum_years

BY_TIME_ALONE = (unsupported_os, unsupported_model, past_minimum_years)
"""Age only where the policy says that it marks."""
NEXT_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """From that day on the asset is outdated, by that rule, whatever else happens to it; the numbers prove it."""

    on: date
    rule: str
    numbers: Numbers


def months_after(day: date, number: int) -> date:
    """The same day so many months later, or the last one of a shorter month (the 28th stands for all of them)."""
    whole = day.year * 12 + day.month - 1 + number
    return date(whole // 12, whole % 12 + 1, min(day.day, 28))


Stage = tuple[date, Policy]


def becomes_outdated(
    facts: AssetFacts, stages: Sequence[Stage], today: date, until: date
) -> tuple[Ending, ...]:
    """All that ends after today and not after `until`, the first end first; nothing where one has ended already.

    `stages`: the policy of today, then each that follows it, with the day from which it holds.
    """
    if facts.condition is Condition.RETIRED or _ended(facts, stages[0][1], today):
        return ()
    found: dict[str, Ending] = {}
    for (begins, policy), (following, _next) in pairwise([*stages, (until + NEXT_DAY, stages[-1][1])]):
        for one in _ended(facts, policy, following - NEXT_DAY):
            found.setdefault(one.rule, replace(one, on=max(one.on, begins)))
    return tuple(sorted(found.values(), key=lambda ending: ending.on))


def _ended(facts: AssetFacts, policy: Policy, day: date) -> list[Ending]:
    case = open_case(facts, policy, day)
    outcomes = [rule(case) for rule in BY_TIME_ALONE]
    return [
        Ending(on=one.since, rule=one.rule, numbers=one.numbers)
        for one in outcomes
        if isinstance(one, Finding) and one.marking and one.mark is Mark.OUTDATED
    ]
