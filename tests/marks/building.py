"""Builders of days and assets for the rules' tests: everything by value, no database, no clock."""

from datetime import date, timedelta
from typing import Any

from inventory.marks.facts import AssetFacts, Day, Sighting, Witness
from inventory.marks.findings import Finding, Judgement, Lack, Outcome
from inventory.marks.judge import judge
from inventory.marks.kind import Kind
from inventory.marks.policy import policy_for

TODAY = date(2026, 11, 20)  # a Friday
OPEN = 480


def one_day(day: date, *, seen: float = 400, **values: Any) -> Day:
    """An ordinary day: fully observable when the office is open, off at weekends."""
    if day.weekday() >= 5:
        return Day(day=day, generated=values.get("generated", False))
    values = {"open_minutes": OPEN, "observable_minutes": OPEN} | values
    witnesses = frozenset({Witness.SNMP}) if seen else frozenset()
    return Day(day=day, seen_minutes=seen, witnesses=witnesses, **values)


def office_days(count: int, *, until: date = TODAY, **values: Any) -> tuple[Day, ...]:
    """So many office days up to and including `until`, with the weekends between them."""
    days: list[Day] = []
    while count:
        days.append(one_day(until, **values))
        count -= until.weekday() < 5
        until -= timedelta(days=1)
    return tuple(reversed(days))


def then(*stretches: dict[str, Any], until: date = TODAY) -> tuple[Day, ...]:
    """Stretches of office days one after the other, the last ending today: `{"count": 5, "seen": 0}`."""
    days: tuple[Day, ...] = ()
    for stretch in reversed(stretches):
        days = (*office_days(**{"until": until} | stretch), *days)
        until = days[0].day - timedelta(days=1)
    return days


def office(days: tuple[Day, ...]) -> list[date]:
    """The days on which the office was open."""
    return [day.day for day in days if day.open_minutes]


def asset(kind: Kind, **facts: Any) -> AssetFacts:
    """A probed asset that has answered before, unless said otherwise."""
    given: dict[str, Any] = {"probed": True, "first_observed_on": date(2025, 1, 6)} | facts
    return AssetFacts(kind=kind, **given)


def found(days_ago: int) -> Sighting:
    """A person found it."""
    return Sighting(on=TODAY - timedelta(days=days_ago), found=True, by="Liu Min", kind="stocktake")


def not_found(days_ago: int) -> Sighting:
    """A person looked for it in vain."""
    return Sighting(on=TODAY - timedelta(days=days_ago), found=False, by="Liu Min", kind="stocktake")


def verdict(facts: AssetFacts, today: date = TODAY) -> Judgement:
    """What the rules say under the policy of that day."""
    return judge(facts, policy_for(today), today)


def finding(judgement: Judgement, rule: str) -> Finding:
    """The finding of that rule, which must be there."""
    return next(finding for finding in judgement.findings if finding.rule == rule)


def lack(judgement: Judgement, rule: str) -> Lack:
    """The lack of that rule, which must be there."""
    return next(lack for lack in judgement.lacks if lack.rule == rule)


def rules(judgement: Judgement) -> set[str]:
    """The rules that found something."""
    return {finding.rule for finding in judgement.findings}


def outcomes(judgement: Judgement) -> list[Outcome]:
    """Everything a judgement says."""
    return [*judgement.findings, *judgement.lacks, *judgement.passes]
