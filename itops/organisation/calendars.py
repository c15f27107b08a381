"""Work calendars as the pure OfficeHours that rules and probes use."""

from datetime import date

from itops.organisation.hours import OfficeHours
from itops.organisation.models import CalendarDay, WorkCalendar


def office_hours() -> dict[int, OfficeHours]:
    """Every calendar's hours by id: two queries."""
    exceptions: dict[int, dict[date, bool]] = {}
    for calendar_id, day, is_open in CalendarDay.objects.values_list("calendar_id", "day", "open"):
        exceptions.setdefault(calendar_id, {})[day] = is_open
    return {
        calendar.pk: OfficeHours(
            weekdays=frozenset(calendar.weekdays),
            opens=calendar.opens,
            closes=calendar.closes,
            break_starts=calendar.break_starts,
            break_ends=calendar.break_ends,
            exceptions=exceptions.get(calendar.pk, {}),
        )
        for calendar in WorkCalendar.objects.all()
    }
