"""Each day of the window in one word, by the same rules that judge: for the strip on the asset's page."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from inventory.marks.facts import AssetFacts
from inventory.marks.policy import Policy
from inventory.marks.signs import USE_RULES, Sign, grid_of, read

COUNTS, BLIND, KNOWN = Sign.COUNTS.value, Sign.BLIND.value, Sign.KNOWN.value
OFFICE, GENERATED = Sign.OFFICE.value, Sign.GENERATED.value


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
    start = today - timedelta(days=policy.window_days - 1)
    days = grid_of(facts.days, start, policy.window_days)
    signs = read(days, days.numbers, facts.kind, policy)
    ruled = facts.kind in USE_RULES
    on = (start + timedelta(days=row) for row in range(policy.window_days))
    used = (Sign.USED if ruled else Sign.SEEN).value
    return tuple(_shown(day, said, used) for day, said in zip(on, signs[:, 0].tolist(), strict=True))


def _shown(day: date, signs: int, used: int) -> DayShown:
    return DayShown(day=day, state=_state(signs, used), generated=bool(signs & GENERATED))


def _state(signs: int, used: int) -> DayState:
    if signs & used:
        return DayState.USED
    if signs & COUNTS:
        return DayState.UNMEASURED if signs & BLIND else DayState.IDLE
    return DayState.REST if signs & KNOWN and not signs & OFFICE else DayState.UNOBSERVABLE
