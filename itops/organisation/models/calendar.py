"""WorkCalendar: when an office is open, with the State Council's holidays and make-up days."""

from datetime import time

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _


def monday_to_friday() -> list[int]:
    return [1, 2, 3, 4, 5]


class WorkCalendar(models.Model):
    """Office hours on ordinary weeks; CalendarDay says what differs."""

    name = models.CharField(_("name"), max_length=80, unique=True)
    weekdays = ArrayField(models.SmallIntegerField(), verbose_name=_("weekdays"), default=monday_to_friday)
    opens = models.TimeField(_("opens"), default=time(8, 30))
    closes = models.TimeField(_("closes"), default=time(17, 30))
    break_starts = models.TimeField(_("break from"), null=True, blank=True, default=time(12, 0))
    break_ends = models.TimeField(_("break to"), null=True, blank=True, default=time(14, 0))

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class CalendarDay(models.Model):
    """A day that is not as its weekday says: a holiday, or a weekend day worked to make up for one."""

    calendar = models.ForeignKey(WorkCalendar, models.CASCADE, related_name="days")
    day = models.DateField(_("day"))
    open = models.BooleanField(_("open"))
    note = models.CharField(_("note"), max_length=120, blank=True)

    class Meta:
        ordering = ["calendar", "day"]
        constraints = [models.UniqueConstraint(fields=["calendar", "day"], name="calendar_day_once")]

    def __str__(self) -> str:
        return f"{self.day} {self.note}"
