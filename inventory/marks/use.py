"""Is it used? One rule per sign of use; each counts the days with the sign against the days without."""

from inventory.marks.case import Case, Numbers
from inventory.marks.findings import Finding, Lack, Lacking, Outcome, Passed
from inventory.marks.mark import Mark
from inventory.marks.signs import USE_RULES, UseRule
from inventory.marks.window import USE_GISTS, Gist, Tally


def unused(case: Case, silent: Outcome, looked: Outcome | None) -> list[Outcome]:
    """Every finding about use; lacks only where no sign of use was seen."""
    blocked = case.deaf or _not_located(case, silent, looked)
    rules = zip(USE_RULES.get(case.facts.kind, ()), case.window.tallies, strict=True)
    outcomes: list[Outcome] = [
        no_use(case, rule, tally, gists, blocked)
        for (rule, tally), gists in zip(rules, USE_GISTS, strict=False)
    ] or _presence_alone(case, silent)
    if any(isinstance(outcome, Passed) for outcome in outcomes):
        outcomes = [outcome for outcome in outcomes if not isinstance(outcome, Lack)]
    return outcomes


def no_use(
    case: Case, rule: UseRule, tally: Tally, gists: tuple[Gist, Gist], blocked: Lacking | None
) -> Outcome:
    """Used on fewer days than the policy asks, over enough days on which use would have been seen."""
    numbers = _numbers(case, tally)
    lacking = _lacking(case, *gists, blocked)
    if lacking is not None:
        return case.lack(Mark.UNUSED, rule.what, lacking, numbers)
    if case.has(gists[0]):
        return case.passed(Mark.UNUSED, rule.what, numbers)
    return case.finding(
        Mark.UNUSED,
        rule.what,
        {**numbers, **dict(zip(rule.totals, tally.totals, strict=bool(tally.totals)))},
        since=tally.idle_since or case.today,
        window_from=case.window.start,
    )


def _lacking(case: Case, used: Gist, unmeasured: Gist, blocked: Lacking | None) -> Lacking | None:
    if case.has(Gist.SEEN_GENERATED):
        return Lacking.GENERATED_ONLY
    if case.has(used):
        return None
    if blocked is not None:
        return blocked
    if not case.has(Gist.OBSERVED):
        return Lacking.TOO_FEW_DAYS
    return Lacking.NOT_MEASURED if case.has(unmeasured) else None


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
    found = isinstance(silent, Finding) or case.has(Gist.SEEN)
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
