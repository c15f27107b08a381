"""Is the office open? Weekdays, holidays, make-up days, the midday break; pure."""

from datetime import date, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from itops.organisation.holidays import holidays
from itops.organisation.hours import OfficeHours

HOLIDAYS = {holiday.day: holiday.open for holiday in holidays()}
COUNTY = OfficeHours(break_starts=time(12), break_ends=time(14), exceptions=HOLIDAYS)
DAYS = st.dates(date(2025, 1, 1), date(2027, 12, 31))


def test_an_ordinary_tuesday_is_open_but_for_the_break() -> None:
    day = date(2026, 3, 3)
    moments = {"08:29": False, "08:30": True, "11:59": True, "12:00": False, "13:59": False, "14:00": True}
    moments |= {"17:29": True, "17:30": False}
    for text, is_open in moments.items():
        assert COUNTY.open_at(datetime.combine(day, time.fromisoformat(text))) is is_open, text
    assert COUNTY.open_minutes(day) == 7 * 60


def test_national_day_is_closed_though_a_thursday() -> None:
    assert date(2026, 10, 1).isoweekday() == 4
    assert not COUNTY.open_on(date(2026, 10, 1))
    assert COUNTY.open_minutes(date(2026, 10, 1)) == 0


def test_the_saturday_worked_for_it_is_open() -> None:
    assert date(2026, 10, 10).isoweekday() == 6
    assert COUNTY.open_at(datetime(2026, 10, 10, 9, 0))  # noqa: DTZ001


def test_spring_festival_2026_leaves_no_office_day_between_its_make_up_saturdays() -> None:
    assert COUNTY.office_days(date(2026, 2, 14), date(2026, 2, 28)) == [
        date(2026, 2, 14),
        *(date(2026, 2, 24) + timedelta(days=n) for n in range(5)),
    ]


def test_the_file_has_what_the_state_council_ordered() -> None:
    closed = {year: sum(day.day.year == year and not day.open for day in holidays()) for year in (2025, 2026)}
    made_up = {year: sum(day.day.year == year and day.open for day in holidays()) for year in (2025, 2026)}
    assert (closed, made_up) == ({2025: 28, 2026: 33}, {2025: 5, 2026: 6})
    assert all(day.day.isoweekday() >= 6 for day in holidays() if day.open)


def test_a_year_not_yet_arranged_has_the_laws_thirteen_days_and_says_so() -> None:
    days = [day for day in holidays() if day.day.year == 2027]
    assert (len(days), any(day.open for day in days), any(day.arranged for day in days)) == (13, False, False)


@given(DAYS)
def test_the_minutes_of_a_day_are_those_at_which_it_is_open(day: date) -> None:
    start = datetime.combine(day, time())
    counted = sum(COUNTY.open_at(start + timedelta(minutes=minute)) for minute in range(0, 1440, 30))
    assert COUNTY.open_minutes(day) == counted * 30


@given(DAYS, st.integers(0, 60))
def test_office_days_are_the_open_ones_in_order(day: date, length: int) -> None:
    end = day + timedelta(days=length)
    assert COUNTY.office_days(day, end) == [
        day + timedelta(days=n) for n in range(length + 1) if COUNTY.open_on(day + timedelta(days=n))
    ]


def test_without_a_break_the_whole_day_counts() -> None:
    assert OfficeHours().open_minutes(date(2026, 3, 3)) == 9 * 60
