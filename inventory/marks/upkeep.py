"""Has it been kept up? Its years of use, its repairs, its maintenance."""

from datetime import date, timedelta

from inventory.marks.case import Case, Numbers
from inventory.marks.findings import Lacking, Outcome
from inventory.marks.mark import Mark

AGE = "past_minimum_years"
REPAIRS = "repeated_repairs"
OVERDUE = "maintenance_overdue"
YEAR = timedelta(days=365)


def past_minimum_years(case: Case) -> Outcome:
    """The minimum years of use are over: a replacement may be asked for, which is no proof of need."""
    start, years = case.facts.in_service_on, case.facts.minimum_years
    if start is None or years is None:
        return case.lack(Mark.OUTDATED, AGE, Lacking.AGE_UNKNOWN)
    over = months_later(start, 12 * years)
    numbers: Numbers = {
        "measured": full_years(start, case.today),
        "threshold": years,
        "in_service_on": start,
        "over_on": over,
    }
    if over > case.today:
        return case.passed(Mark.OUTDATED, AGE, numbers)
    return case.finding(Mark.OUTDATED, AGE, numbers, since=over, window_from=start)


def repeated_repairs(case: Case) -> Outcome:
    """Repaired so often within 12 months."""
    repairs, last = case.facts.repairs_12_months, case.facts.last_maintenance_on
    numbers: Numbers = {
        "measured": repairs,
        "threshold": case.limits.repairs,
        "last_maintenance_on": last,
    }
    if repairs < case.limits.repairs:
        return case.passed(Mark.OUTDATED, REPAIRS, numbers)
    since = min(last or case.today, case.today)
    return case.finding(Mark.OUTDATED, REPAIRS, numbers, since=since, window_from=case.today - YEAR)


def maintenance_overdue(case: Case) -> Outcome | None:
    """Not maintained for longer than the policy allows, for the kinds for which it says so."""
    months, start = case.limits.maintenance_months, case.facts.in_service_on
    if months is None:
        return None
    last = case.facts.last_maintenance_on or start
    if last is None:
        return case.lack(Mark.OUTDATED, OVERDUE, Lacking.MAINTENANCE_UNKNOWN, {"threshold": months})
    due = months_later(last, months)
    numbers: Numbers = {
        "threshold": months,
        "last_maintenance_on": case.facts.last_maintenance_on,
        "due_on": due,
    }
    if due >= case.today:
        return case.passed(Mark.OUTDATED, OVERDUE, numbers)
    since = due + timedelta(days=1)
    return case.finding(Mark.OUTDATED, OVERDUE, numbers, since=since, window_from=last)


def full_years(start: date, today: date) -> int:
    """Completed years from `start` to `today`."""
    years = today.year - start.year
    return max(years if months_later(start, 12 * years) <= today else years - 1, 0)


def months_later(day: date, months: int) -> date:
    """The same day so many months later; where the month is shorter, the first of the next."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    try:
        return date(year, month + 1, day.day)
    except ValueError:
        return date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1)
