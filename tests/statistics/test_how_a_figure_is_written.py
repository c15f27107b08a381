"""Rounded once, at the end, half up; months are read as they are written."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planning.statistics.months import Month, back_from, month_named, month_of
from planning.statistics.values import Unit, differ, value


def test_a_share_and_a_ratio() -> None:
    assert value(1, 8, Unit.PERCENT) == Decimal("12.5")
    assert value(2, 3, Unit.PERCENT) == Decimal("66.7")
    assert value(1, 2000, Unit.PERCENT) == Decimal("0.1")
    assert value(7, 2, Unit.PEOPLE) == Decimal("3.50")
    assert value(1, 0, Unit.PERCENT) is None


def test_a_finer_figure_that_rounds_to_the_same_is_the_same() -> None:
    assert not differ(Decimal("66.7"), Decimal("66.67"), Unit.PERCENT)
    assert differ(Decimal("66.7"), Decimal("66.6"), Unit.PERCENT)
    assert differ(None, Decimal("66.6"), Unit.PERCENT)


@given(st.dates(date(1999, 1, 1), date(2200, 1, 1)))
def test_a_month_is_read_as_it_is_written(day: date) -> None:
    month = month_of(day)
    assert month_named(str(month)) == month
    assert month.first <= day <= month.last
    assert month.before.after == month
    assert month.before < month < month.after


@pytest.mark.parametrize(
    "text", ["", "2026", "2026-13", "26-01", "2026-1", "2026-１1", "today", "2026-01-01"]
)
def test_what_is_no_month_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        month_named(text)


def test_so_many_months_back() -> None:
    assert [str(one) for one in back_from(Month(2026, 2), 4)] == ["2025-11", "2025-12", "2026-01", "2026-02"]
