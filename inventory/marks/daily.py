"""Each day of the window in one word, by the same rules that judge: for the strip on the asset's page."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from inventory.marks.facts import AssetFacts
from inventory.marks.policy import Policy
from inventory.marks.signs import USE_RULES, Sign, grid_of, read, read_use


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
    common = read(days, policy)
    signs = common | read_use(common, days.numbers, facts.kind, policy, policy.kinds[facts.kind])
    ruled = facts.kind in USE_RULES
    on = (start + timedelta(days=row) for row in range(policy.window_days))
    return tuple(_shown(day, Sign(int(said)), ruled=ruled) for day, said in zip(on, signs[:, 0], strict=True))


def _shown(day: date, signs: Sign, *, ruled: bool) -> DayShown:
    return DayShown(day=day, state=_state(signs, ruled=ruled), generated=Sign.GENERATED in signs)


def _state(signs: Sign, *, ruled: bool) -> DayState:
    if (Sign.USED if ruled else Sign.SEEN) in signs:
        return DayState.USED
    if Sign.COUNTS in signs:
        return DayState.UNMEASURED if Sign.BLIND in signs else DayState.IDLE
    office_open = Sign.KNOWN not in signs or Sign.OFFICE in signs
    return DayState.UNOBSERVABLE if office_open else DayState.REST
