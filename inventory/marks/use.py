"""Is it used? One rule per sign of use; each counts the days with the sign against the days without."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from inventory.marks.case import Case, Numbers
from inventory.marks.facts import Day
from inventory.marks.findings import Finding, Lack, Lacking, Outcome, Passed
from inventory.marks.kind import Kind
from inventory.marks.mark import Mark
from inventory.marks.window import ALL, Window


def users(day: Day, least: int) -> bool | None:
    """Somebody was signed in."""
    return None if day.users is None else day.users > 0


def calls(day: Day, least: int) -> bool | None:
    """A call of `least` minutes; where calls cannot be counted, so many minutes of a call's traffic."""
    if day.calls is None:
        return busy(day, least)
    return day.calls > 0 and (day.call_minutes is None or day.call_minutes >= least)


def busy(day: Day, least: int) -> bool | None:
    """`least` minutes above the threshold of activity."""
    return None if day.busy_minutes is None else day.busy_minutes >= least


def pages(day: Day, least: int) -> bool | None:
    """Something was printed."""
    return None if day.pages is None else day.pages > 0


def content(day: Day, least: int) -> bool | None:
    """What the board shows changed."""
    return None if day.content_changes is None else day.content_changes > 0


def display(day: Day, least: int) -> bool | None:
    """The panel was on for `least` minutes."""
    return None if day.display_on_minutes is None else day.display_on_minutes >= least


@dataclass(frozen=True, slots=True, kw_only=True)
class UseRule:
    """`off_is_idle`: a day on which it was off all day is without use. `totals`: counts shown as proof."""

    what: str
    used: Callable[[Day, int], bool | None]
    off_is_idle: bool
    totals: tuple[str, ...]

    def on(self, day: Day, least: int) -> bool | None:
        """Used, not used, or not measurable that day."""
        used = self.used(day, least)
        return False if used is None and self.off_is_idle and not day.seen_minutes else used


NO_CALLS = UseRule(
    what="no_calls", used=calls, off_is_idle=True, totals=("calls", "call_minutes", "busy_minutes")
)
DISPLAY_OFF = UseRule(what="display_off", used=display, off_is_idle=True, totals=("display_on_minutes",))
USE_RULES: Mapping[Kind, tuple[UseRule, ...]] = {
    Kind.COMPUTER: (UseRule(what="no_users", used=users, off_is_idle=True, totals=()),),
    Kind.CONFERENCE_ROOM: (NO_CALLS,),
    Kind.VIDEO_ENDPOINT: (NO_CALLS,),
    Kind.NOTICE_BOARD: (
        UseRule(what="unchanged_content", used=content, off_is_idle=True, totals=("content_changes",)),
        DISPLAY_OFF,
    ),
    Kind.DISPLAY: (DISPLAY_OFF,),
    Kind.NETWORK_LINK: (UseRule(what="idle", used=busy, off_is_idle=False, totals=("busy_minutes",)),),
    Kind.PRINTER: (UseRule(what="no_pages", used=pages, off_is_idle=True, totals=("pages",)),),
    Kind.UPS: (UseRule(what="no_load", used=busy, off_is_idle=False, totals=("busy_minutes",)),),
}


@dataclass(slots=True, kw_only=True)
class Tally:
    """Days of use, days without, and days on which it was there but its use could not be measured."""

    used_on: list[date]
    idle_on: list[date]
    blind_days: int = 0


def unused(case: Case, silent: Outcome, looked: Outcome | None) -> list[Outcome]:
    """Every finding about use; lacks only where no sign of use was seen."""
    blocked = case.deaf or _not_located(case, silent, looked)
    outcomes: list[Outcome] = [
        no_use(case, rule, blocked) for rule in USE_RULES.get(case.facts.kind, ())
    ] or _presence_alone(case, silent)
    if any(isinstance(outcome, Passed) for outcome in outcomes):
        outcomes = [outcome for outcome in outcomes if not isinstance(outcome, Lack)]
    return outcomes


def no_use(case: Case, rule: UseRule, blocked: Lacking | None) -> Outcome:
    """Used on fewer days than the policy asks, over enough days on which use would have been seen."""
    tally = count(case.window, rule, case.limits.used_minutes)
    numbers = _numbers(case, tally)
    lacking = _lacking(case, tally, blocked)
    if lacking is not None:
        return case.lack(Mark.UNUSED, rule.what, lacking, numbers)
    if len(tally.used_on) >= case.limits.used_days_below:
        return case.passed(Mark.UNUSED, rule.what, numbers)
    return case.finding(
        Mark.UNUSED,
        rule.what,
        {**numbers, **{name: _total(case.window, name) for name in rule.totals}},
        since=tally.idle_on[case.limits.minimum_observable_days - 1],
        window_from=case.window.start,
    )


def count(window: Window, rule: UseRule, least: int) -> Tally:
    """Use, and presence whose use nobody could measure, count on any day; disuse only on observable days."""
    tally = Tally(used_on=[], idle_on=[])
    for day in window.observable:
        used = rule.on(day, least)
        if used is None:
            tally.blind_days += 1
        else:
            (tally.used_on if used else tally.idle_on).append(day.day)
    for day in window.other:
        used = rule.used(day, least)
        if used:
            tally.used_on.append(day.day)
        elif used is None and day.seen_minutes:
            tally.blind_days += 1
    return tally


def _lacking(case: Case, tally: Tally, blocked: Lacking | None) -> Lacking | None:
    window, least = case.window, case.limits.minimum_observable_days
    if window.generated and not window.really_seen:
        return Lacking.GENERATED_ONLY
    if len(tally.used_on) >= case.limits.used_days_below:
        return None
    if blocked is not None:
        return blocked
    if len(window.observable) < least:
        return Lacking.TOO_FEW_DAYS
    blind = tally.blind_days * ALL > case.policy.blind_share * len(window.observable)
    return Lacking.NOT_MEASURED if blind or len(tally.idle_on) < least else None


def _numbers(case: Case, tally: Tally) -> Numbers:
    used = tally.used_on
    return {
        "measured": len(used),
        "threshold": case.limits.used_days_below,
        "minimum_observable_days": case.limits.minimum_observable_days,
        "idle_days": len(tally.idle_on),
        "unmeasured_days": tally.blind_days,
        "last_used_on": max(used) if used else None,
        **case.observed(),
    }


def _total(window: Window, name: str) -> int | None:
    amounts = [getattr(day, name) for days in (window.observable, window.other) for day in days]
    measured = [amount for amount in amounts if amount is not None]
    return round(sum(measured)) if measured else None


def _not_located(case: Case, silent: Outcome, looked: Outcome | None) -> Lacking | None:
    """Whoever does not know where it is cannot say that it is there unused."""
    for outcome in (silent, looked):
        if isinstance(outcome, Finding) and outcome.mark is Mark.MISSING:
            return Lacking.NOT_LOCATED
    found = isinstance(silent, Finding) or case.window.seen_days
    return None if found else Lacking.TOO_FEW_DAYS


def _presence_alone(case: Case, silent: Outcome) -> list[Outcome]:
    """Kinds without a sign of use of their own: to answer is to be in use."""
    if isinstance(silent, Passed):
        return [case.passed(Mark.UNUSED, "silent", silent.numbers)]
    if isinstance(silent, Lack):
        return [case.lack(Mark.UNUSED, "silent", silent.code, silent.numbers)]
    if silent.mark is Mark.UNUSED:
        return []
    return [case.lack(Mark.UNUSED, "silent", Lacking.NOT_LOCATED, silent.numbers)]
