"""Years of use are shown and do not mark; repeated repairs and overdue maintenance do."""

from datetime import date

import pytest

from inventory.marks.findings import Lacking
from inventory.marks.kind import Kind
from inventory.marks.mark import Answer, Mark
from inventory.marks.upkeep import full_years, months_later
from tests.marks.building import TODAY, asset, finding, lack, rules, verdict


def test_past_its_minimum_years_is_shown_and_does_not_mark() -> None:
    judgement = verdict(asset(Kind.PRINTER, in_service_on=date(2019, 9, 2), minimum_years=6))
    shown = finding(judgement, "outdated.printer.past_minimum_years")
    assert (shown.marking, shown.since) == (False, date(2025, 9, 2))
    assert shown.numbers == {
        "measured": 7,
        "threshold": 6,
        "in_service_on": "2019-09-02",
        "over_on": "2025-09-02",
    }
    assert judgement.answer(Mark.OUTDATED) is Answer.CLEAR


@pytest.mark.parametrize(("start", "past"), [(date(2020, 11, 20), True), (date(2020, 11, 21), False)])
def test_the_years_are_over_on_the_anniversary(start: date, past: bool) -> None:
    judgement = verdict(asset(Kind.PRINTER, in_service_on=start, minimum_years=6))
    assert ("outdated.printer.past_minimum_years" in rules(judgement)) is past


def test_an_unknown_age_leaves_the_mark_alone() -> None:
    assert verdict(asset(Kind.PRINTER)).answer(Mark.OUTDATED) is Answer.CLEAR


@pytest.mark.parametrize(("repairs", "answer"), [(2, Answer.CLEAR), (3, Answer.MARKED)])
def test_three_repairs_in_twelve_months_are_outdated(repairs: int, answer: Answer) -> None:
    judgement = verdict(asset(Kind.UPS, repairs_12_months=repairs, last_maintenance_on=date(2026, 8, 26)))
    assert judgement.answer(Mark.OUTDATED) is answer


def test_repeated_repairs_hold_since_the_last_one() -> None:
    judgement = verdict(asset(Kind.UPS, repairs_12_months=4, last_maintenance_on=date(2026, 8, 26)))
    assert finding(judgement, "outdated.ups.repeated_repairs").since == date(2026, 8, 26)


@pytest.mark.parametrize(("last", "overdue"), [(date(2025, 11, 20), False), (date(2025, 11, 19), True)])
def test_a_machine_room_not_maintained_for_a_year_is_outdated(last: date, overdue: bool) -> None:
    judgement = verdict(asset(Kind.MACHINE_ROOM, last_maintenance_on=last))
    assert ("outdated.machine_room.maintenance_overdue" in rules(judgement)) is overdue


def test_never_maintained_counts_from_the_start_of_service() -> None:
    judgement = verdict(asset(Kind.MACHINE_ROOM, in_service_on=date(2024, 5, 6)))
    assert finding(judgement, "outdated.machine_room.maintenance_overdue").since == date(2025, 5, 7)


def test_without_any_date_maintenance_is_unknown() -> None:
    shortage = lack(verdict(asset(Kind.MACHINE_ROOM)), "outdated.machine_room.maintenance_overdue")
    assert shortage.code is Lacking.MAINTENANCE_UNKNOWN


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2020, 2, 29), 12, date(2021, 3, 1)),
        (date(2020, 2, 29), 48, date(2024, 2, 29)),
        (date(2026, 1, 31), 1, date(2026, 3, 1)),
        (date(2026, 10, 31), 1, date(2026, 12, 1)),
        (date(2026, 11, 30), 1, date(2026, 12, 30)),
        (date(2026, 12, 5), 1, date(2027, 1, 5)),
    ],
)
def test_months_end_on_the_same_day_or_the_first_after(day: date, months: int, later: date) -> None:
    assert months_later(day, months) == later


def test_years_are_counted_when_completed() -> None:
    assert [
        full_years(date(2024, 2, 29), date(2025, 2, 28)),
        full_years(date(2024, 2, 29), date(2025, 3, 1)),
    ] == [0, 1]
    assert full_years(date(2027, 1, 1), TODAY) == 0
