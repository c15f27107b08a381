"""Work calendars: the State Council's days, and the days that people add, change and remove."""

from datetime import date

from django.db import transaction

from itops.database.actor import acting
from itops.organisation.holidays import holidays
from itops.organisation.models import CalendarDay, WorkCalendar


def load_holidays(calendar: WorkCalendar, *, by: str) -> int:
    """Add the days of the data file that the calendar lacks; those that are there stay. Returns how many."""
    there = set(calendar.days.values_list("day", flat=True))
    days = [
        CalendarDay(calendar=calendar, day=holiday.day, open=holiday.open, note=holiday.name)
        for holiday in holidays()
        if holiday.day not in there
    ]
    with acting(by), transaction.atomic():
        CalendarDay.objects.bulk_create(days, ignore_conflicts=True)
    return len(days)


def set_day(calendar: WorkCalendar, *, by: str, day: date, is_open: bool, note: str = "") -> CalendarDay:
    """The office is open or closed on that day, whatever its weekday says."""
    with acting(by), transaction.atomic():
        return CalendarDay.objects.update_or_create(
            calendar=calendar, day=day, defaults={"open": is_open, "note": note}
        )[0]


def remove_day(calendar: WorkCalendar, *, by: str, day: date) -> None:
    """The day is again as its weekday says."""
    with acting(by), transaction.atomic():
        calendar.days.filter(day=day).delete()
