"""Work calendars as the pure OfficeHours that rules and probes use."""

from datetime import date

from itops.database.kept import Kept
from itops.organisation.hours import OfficeHours
from itops.organisation.models import CalendarDay, WorkCalendar

EXCEPTIONS: Kept[tuple[int, date, bool]] = Kept(
    lambda: CalendarDay.objects.order_by().values_list("calendar_id", "day", "open")
)
CALENDARS: Kept[WorkCalendar] = Kept(WorkCalendar.objects.all)


def office_hours() -> dict[int, OfficeHours]:
    """Every calendar's hours by id: two queries."""
    exceptions: dict[int, dict[date, bool]] = {}
    for calendar_id, day, is_open in EXCEPTIONS.all():
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
        for calendar in CALENDARS.all()
    }
