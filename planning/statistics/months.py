"""A calendar month: its first and last day, its neighbours, its text 2026-11."""

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True, order=True)
class Month:
    year: int
    number: int

    def __str__(self) -> str:
        return f"{self.year}-{self.number:02d}"

    @property
    def first(self) -> date:
        return date(self.year, self.number, 1)

    @property
    def last(self) -> date:
        return date(self.year, self.number, calendar.monthrange(self.year, self.number)[1])

    @property
    def before(self) -> "Month":
        return month_of(self.first - timedelta(days=1))

    @property
    def after(self) -> "Month":
        return month_of(self.last + timedelta(days=1))


def month_of(day: date) -> Month:
    return Month(day.year, day.month)


def month_named(text: str) -> Month:
    """From 2026-11; ValueError for anything else."""
    year, dash, number = text.partition("-")
    if not (dash and len(year) == 4 and len(number) == 2 and (year + number).isascii()):
        raise ValueError(text)
    return month_of(date(int(year), int(number), 1))


def back_from(month: Month, number: int) -> Iterator[Month]:
    """So many months, this one last."""
    months = [month]
    while len(months) < number:
        months.append(months[-1].before)
    return reversed(months)
