"""Does it do for the work? Its specification against the need, and how full a line is."""

from collections.abc import Mapping
from datetime import timedelta

from inventory.marks.case import Case, Numbers
from inventory.marks.findings import Lacking, Outcome
from inventory.marks.mark import Mark
from inventory.marks.window import Fullness, Gist

BELOW = "below_need"
FULL = "saturated"
NOTHING = Fullness(0, 0, 0, 0, None, None)


def below_need(case: Case) -> Outcome | None:
    """Memory, disk or processor year below what its work needs."""
    released = case.facts.processor_released
    have = {
        "memory_mb": case.facts.memory_mb,
        "disk_gb": case.facts.disk_gb,
        "processor_year": released.year if released else None,
    }
    return _compare(case, have)


def line_below_need(case: Case) -> Outcome | None:
    """The line's declared Mbit/s below what its place needs; no need set, no verdict."""
    return _compare(case, {"line_mbps": case.facts.line_mbps})


def _compare(case: Case, have: Mapping[str, int | None]) -> Outcome | None:
    needs = {name: need for name, need in _needs(case).items() if name in have}
    if not needs:
        return None
    short = [name for name, need in needs.items() if (value := have[name]) is not None and value < need]
    unknown = [name for name in needs if have[name] is None]
    numbers: Numbers = {
        **{name: have[name] for name in needs},
        **{f"needed_{name}": need for name, need in needs.items()},
    }
    if short:
        numbers = {**numbers, "short": " ".join(short)}
        return case.finding(Mark.OUTDATED, BELOW, numbers, since=case.in_force_from())
    if unknown:
        numbers = {**numbers, "unknown": " ".join(unknown)}
        return case.lack(Mark.OUTDATED, BELOW, Lacking.SPECIFICATION_UNKNOWN, numbers)
    return case.passed(Mark.OUTDATED, BELOW, numbers)


def _needs(case: Case) -> Mapping[str, int]:
    return {**case.limits.needs, **case.facts.needs} if case.facts.needs else case.limits.needs


def saturated(case: Case) -> Outcome:
    """On many of the last days the line was full: p95 of office hours at a share of its capacity."""
    policy, line = case.policy, case.window.fullness or NOTHING
    numbers = _fullness(case, line)
    if case.has(Gist.SEEN_GENERATED):
        return case.lack(Mark.OUTDATED, FULL, Lacking.GENERATED_ONLY, numbers)
    if line.full_since:
        start = case.today - timedelta(days=policy.saturation_window_days - 1)
        return case.finding(Mark.OUTDATED, FULL, numbers, since=line.full_since, window_from=start)
    if line.measured_days >= policy.saturation_minimum_days:
        return case.passed(Mark.OUTDATED, FULL, numbers)
    enough = line.observable_days >= policy.saturation_minimum_days
    why = case.deaf or (Lacking.NOT_MEASURED if enough else Lacking.TOO_FEW_DAYS)
    return case.lack(Mark.OUTDATED, FULL, why, numbers)


def _fullness(case: Case, line: Fullness) -> Numbers:
    policy = case.policy
    return {
        "measured": line.full_days,
        "threshold": policy.saturation_days,
        "threshold_share": policy.saturation_share,
        "highest_share": line.highest_share,
        "measured_days": line.measured_days,
        "minimum_observable_days": policy.saturation_minimum_days,
        "window_days": policy.saturation_window_days,
        "observable_days": line.observable_days,
        "generated_days": line.generated_days,
    }
