"""Each day of the window in one word, by the same rules that judge: for the strip on the asset's page."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from inventory.marks.facts import AssetFacts, Day
from inventory.marks.policy import KindPolicy, Policy
from inventory.marks.use import USE_RULES, UseRule
from inventory.marks.window import look_back


class DayState(StrEnum):
    """`used` and `idle` count; `unmeasured`: it was there, but its use could not be measured."""

    USED = "used"
    IDLE = "idle"
    UNMEASURED = "unmeasured"
    REST = "rest"
    UNOBSERVABLE = "unobservable"


@dataclass(frozen=True, slots=True, kw_only=True)
class DayShown:
    """One cell of the strip."""

    day: date
    state: DayState
    generated: bool = False


def days_shown(facts: AssetFacts, policy: Policy, today: date) -> tuple[DayShown, ...]:
    """One entry for each calendar day of the policy's window, the oldest first; no row is `unobservable`.

    Follows the first rule of use of the kind; kinds without one are used when they answer.
    """
    window = look_back(facts.days, policy.window_days, today, policy)
    states = dict(_states(window.observable, window.other, facts, policy))
    every = (window.start + timedelta(days=offset) for offset in range(window.length))
    return tuple(states.get(day, DayShown(day=day, state=DayState.UNOBSERVABLE)) for day in every)


def _states(
    observable: list[Day], other: list[Day], facts: AssetFacts, policy: Policy
) -> Iterator[tuple[date, DayShown]]:
    rule = next(iter(USE_RULES.get(facts.kind, ())), None)
    limits = policy.kinds[facts.kind]
    for day in observable:
        yield day.day, DayShown(day=day.day, state=_counted(day, rule, limits), generated=day.generated)
    for day in other:
        yield day.day, DayShown(day=day.day, state=_not_counted(day, rule, limits), generated=day.generated)


def _counted(day: Day, rule: UseRule | None, limits: KindPolicy) -> DayState:
    used = bool(day.seen_minutes) if rule is None else rule.on(day, limits.used_minutes)
    if used is None:
        return DayState.UNMEASURED
    return DayState.USED if used else DayState.IDLE


def _not_counted(day: Day, rule: UseRule | None, limits: KindPolicy) -> DayState:
    if _counted(day, rule, limits) is DayState.USED:
        return DayState.USED
    return DayState.UNOBSERVABLE if day.open_minutes else DayState.REST
