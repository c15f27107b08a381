"""Is it used? One rule per sign of use; each counts the days with the sign against the days without."""

from inventory.marks.case import Case, Numbers
from inventory.marks.findings import Finding, Lack, Lacking, Outcome, Passed
from inventory.marks.mark import Mark
from inventory.marks.signs import ALL, USE_RULES, UseRule
from inventory.marks.window import Tally


def unused(case: Case, silent: Outcome, looked: Outcome | None) -> list[Outcome]:
    """Every finding about use; lacks only where no sign of use was seen."""
    blocked = case.deaf or _not_located(case, silent, looked)
    rules = zip(USE_RULES.get(case.facts.kind, ()), case.window.tallies, strict=True)
    outcomes: list[Outcome] = [
        no_use(case, rule, tally, blocked) for rule, tally in rules
    ] or _presence_alone(case, silent)
    if any(isinstance(outcome, Passed) for outcome in outcomes):
        outcomes = [outcome for outcome in outcomes if not isinstance(outcome, Lack)]
    return outcomes


def no_use(case: Case, rule: UseRule, tally: Tally, blocked: Lacking | None) -> Outcome:
    """Used on fewer days than the policy asks, over enough days on which use would have been seen."""
    numbers = _numbers(case, tally)
    lacking = _lacking(case, tally, blocked)
    if lacking is not None:
        return case.lack(Mark.UNUSED, rule.what, lacking, numbers)
    if tally.used_days >= case.limits.used_days_below:
        return case.passed(Mark.UNUSED, rule.what, numbers)
    return case.finding(
        Mark.UNUSED,
        rule.what,
        {**numbers, **dict(zip(rule.totals, tally.totals, strict=True))},
        since=tally.idle_since or case.today,
        window_from=case.window.start,
    )


def _lacking(case: Case, tally: Tally, blocked: Lacking | None) -> Lacking | None:
    window, least = case.window, case.limits.minimum_observable_days
    if window.generated and not window.really_seen:
        return Lacking.GENERATED_ONLY
    if tally.used_days >= case.limits.used_days_below:
        return None
    if blocked is not None:
        return blocked
    if window.observable_days < least:
        return Lacking.TOO_FEW_DAYS
    blind = tally.blind_days * ALL > case.policy.blind_share * window.observable_days
    return Lacking.NOT_MEASURED if blind or tally.idle_days < least else None


def _numbers(case: Case, tally: Tally) -> Numbers:
    return {
        "measured": tally.used_days,
        "threshold": case.limits.used_days_below,
        "minimum_observable_days": case.limits.minimum_observable_days,
        "idle_days": tally.idle_days,
        "unmeasured_days": tally.blind_days,
        "last_used_on": tally.last_used_on,
        **case.observed(),
    }


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
