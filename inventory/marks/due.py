"""The first day on which time alone may change what the rules of fitness say: until then nobody need ask them again."""

from collections.abc import Iterator
from datetime import date, timedelta

from inventory.marks.facts import AssetFacts
from inventory.marks.policy import Policy
from inventory.marks.upkeep import full_years, months_later

NEXT_DAY = timedelta(days=1)


def next_day(facts: AssetFacts, policy: Policy, today: date) -> date:
    """The first day after today that one of the dates in the facts makes another; `date.max` when none does."""
    return min((day for day in _days(facts, policy, today) if day > today), default=date.max)


def _days(facts: AssetFacts, policy: Policy, today: date) -> Iterator[date]:
    yield from (end + NEXT_DAY for end in _ends(facts))
    yield from (waiver.until + NEXT_DAY for waiver in facts.waivers if waiver.until < date.max)
    yield from _maintenance(facts, policy)
    start = facts.in_service_on
    if start is None:
        return
    if start > today:
        yield today + NEXT_DAY  # what holds since it is in service holds since today
        return
    yield months_later(start, 12 * (full_years(start, today) + 1))


def _ends(facts: AssetFacts) -> Iterator[date]:
    system = facts.operating_system
    ends = (system.end_of_support, system.earliest_end, system.latest_end) if system else ()
    yield from (end for end in (*ends, facts.model_end_of_support) if end is not None and end < date.max)


def _maintenance(facts: AssetFacts, policy: Policy) -> Iterator[date]:
    months = policy.kinds[facts.kind].maintenance_months
    last = facts.last_maintenance_on or facts.in_service_on
    if months is not None and last is not None:
        yield months_later(last, months) + NEXT_DAY
