"""Is it still supported by its maker? The operating system, and the model itself."""

from datetime import timedelta

from inventory.marks.case import Case, Numbers
from inventory.marks.facts import OperatingSystem
from inventory.marks.findings import Lacking, Outcome
from inventory.marks.kind import Kind
from inventory.marks.mark import Mark

OS = "unsupported_os"
MODEL = "unsupported_model"
NEEDS_A_SYSTEM = frozenset({Kind.COMPUTER, Kind.SERVER})
NEXT_DAY = timedelta(days=1)


def unsupported_os(case: Case) -> Outcome | None:
    """Support of its operating system has ended. Only computers and servers must have a known one."""
    system = case.facts.operating_system
    if system is None:
        return _unknown(case, Lacking.SYSTEM_UNKNOWN, {})
    if system.edition_unknown:
        return _edition_unknown(case, system)
    end = system.end_of_support
    numbers: Numbers = {"system": system.name, "cycle": system.cycle, "end_of_support": end}
    if end is None and system.ended is None:
        return _unknown(case, Lacking.SUPPORT_UNKNOWN, numbers)
    if end is None and system.ended:
        return case.finding(Mark.OUTDATED, OS, numbers, since=case.in_force_from())
    if end is not None and end < case.today:
        return case.finding(Mark.OUTDATED, OS, numbers, since=end + NEXT_DAY)
    return case.passed(Mark.OUTDATED, OS, numbers)


def unsupported_model(case: Case) -> Outcome | None:
    """The maker's support of the model has ended, where the catalogue gives the day."""
    end = case.facts.model_end_of_support
    if end is None:
        return None
    if end < case.today:
        return case.finding(Mark.OUTDATED, MODEL, {"end_of_support": end}, since=end + NEXT_DAY)
    return case.passed(Mark.OUTDATED, MODEL, {"end_of_support": end})


def _edition_unknown(case: Case, system: OperatingSystem) -> Outcome:
    """Marks only when the last edition's support has ended, clears only while the first one's lasts."""
    earliest, latest = system.earliest_end, system.latest_end
    numbers: Numbers = {
        "system": system.name,
        "cycle": system.cycle,
        "earliest_end": earliest,
        "latest_end": latest,
    }
    if latest is not None and latest < case.today:
        return case.finding(Mark.OUTDATED, OS, numbers, since=latest + NEXT_DAY)
    if earliest is not None and case.today <= earliest:
        return case.passed(Mark.OUTDATED, OS, numbers)
    return case.lack(Mark.OUTDATED, OS, Lacking.EDITION_UNKNOWN, numbers)


def _unknown(case: Case, code: Lacking, numbers: Numbers) -> Outcome | None:
    return case.lack(Mark.OUTDATED, OS, code, numbers) if case.facts.kind in NEEDS_A_SYSTEM else None
