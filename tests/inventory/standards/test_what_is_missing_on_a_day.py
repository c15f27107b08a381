"""What a township lacks on any day: by that day's standard, staff, exceptions and books."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from inventory.actions.evidence import record_sighting
from inventory.actions.marking import mark
from inventory.marks.kind import Kind
from inventory.marks.mark import Answer
from inventory.models import Asset, Mark, Standard, StandardItem, StandardOverride
from inventory.queries.cells import required_in
from inventory.queries.standards import shortfalls_on, staff_per_computer_on
from itops.organisation.actions.places import add_place
from itops.organisation.actions.staff import record_staff
from itops.organisation.models import Level, Office, Place, WorkCalendar

pytestmark = pytest.mark.django_db
LONG_AGO = date(2020, 1, 1)
TODAY = timezone.localdate()
LAST_YEAR = TODAY - timedelta(days=365)


@pytest.fixture
def xianxi() -> Place:
    return add_place(by="t", name="仙溪镇", code="430923103", level=Level.TOWNSHIP, starts=LONG_AGO)


@pytest.fixture
def office(xianxi: Place) -> Office:
    made = Office.objects.create(
        place=xianxi, name="民政所", staff=4, calendar=WorkCalendar.objects.create(name="机关作息")
    )
    record_staff(made, by="t", staff=4, starts=LONG_AGO)
    return made


@pytest.fixture
def computers(office: Office) -> list[Asset]:
    """Three, bought long ago, put on the books in one go."""
    return Asset.objects.bulk_create(
        Asset(
            tag=f"AH-{number}",
            kind="computer",
            name="办公电脑",
            place=office.place,
            office=office,
            bought_on=LONG_AGO,
        )
        for number in range(3)
    )


def standard(starts: date, **asked: int) -> Standard:
    made = Standard.objects.create(name=f"{starts:%Y} 版", starts=starts)
    StandardItem.objects.create(standard=made, kind="computer", **asked)
    return made


def answer(place: Place, day: date) -> tuple[int, int, int]:
    (known,) = shortfalls_on(day, [place.pk])
    (one,) = [one for one in known.judgement.shortfalls if one.kind is Kind.COMPUTER]
    return one.standard, one.have, one.gap


def test_todays_standard_against_what_is_there(xianxi: Place, computers: list[Asset]) -> None:
    standard(LONG_AGO, percent_of_staff=100)
    assert answer(xianxi, TODAY) == (4, 3, 1)


def test_each_day_has_its_own_standard(xianxi: Place, computers: list[Asset]) -> None:
    standard(LONG_AGO, fixed=1)
    standard(TODAY, fixed=9)
    assert answer(xianxi, TODAY - timedelta(days=1)) == (1, 3, 0)
    assert answer(xianxi, TODAY) == (9, 3, 6)


def test_each_day_has_its_own_staff(xianxi: Place, office: Office, computers: list[Asset]) -> None:
    standard(LONG_AGO, percent_of_staff=100)
    record_staff(office, by="t", staff=7, starts=TODAY)
    assert (answer(xianxi, LAST_YEAR)[0], answer(xianxi, TODAY)[0]) == (4, 7)


def test_what_was_bought_later_was_not_there(xianxi: Place, office: Office) -> None:
    standard(LONG_AGO, fixed=2)
    Asset.objects.bulk_create(
        Asset(tag=f"AH-{bought}", kind="computer", name="电脑", place=xianxi, bought_on=bought)
        for bought in (LONG_AGO, TODAY)
    )
    assert (answer(xianxi, LAST_YEAR), answer(xianxi, TODAY)) == ((2, 1, 1), (2, 2, 0))


def test_what_was_missing_then_did_not_count_then(xianxi: Place, computers: list[Asset]) -> None:
    standard(LONG_AGO, fixed=3)
    Mark.objects.create(
        asset=computers[0],
        place=xianxi,
        kind="computer",
        mark="missing",
        rule="missing.computer.not_found",
        since=LAST_YEAR,
        opened=LAST_YEAR,
        closed=TODAY,
        policy="2026-1",
    )
    assert answer(xianxi, LAST_YEAR) == (3, 2, 1)
    assert answer(xianxi, TODAY) == (3, 3, 0)


def test_the_marks_say_the_same_as_the_question_about_today(xianxi: Place, computers: list[Asset]) -> None:
    standard(LONG_AGO, percent_of_staff=100)
    record_sighting(computers[0], found=False, by="t")
    mark(TODAY)
    short = Mark.objects.get(asset=None, kind="computer")
    assert (short.numbers["standard"], short.numbers["have"], short.quantity) == answer(xianxi, TODAY)
    assert required_in([xianxi.pk]) == {(xianxi.pk, Kind.COMPUTER): 4}


def test_an_exception_holds_from_its_day_to_its_end(xianxi: Place, computers: list[Asset]) -> None:
    standard(LONG_AGO, fixed=3)
    StandardOverride.objects.create(
        place=xianxi, kind="computer", quantity=5, reason="并入两个村", starts=LAST_YEAR, ends=TODAY
    )
    days = (LAST_YEAR - timedelta(days=1), LAST_YEAR, TODAY)
    assert [answer(xianxi, day)[0] for day in days] == [3, 5, 3]


def test_an_exception_of_an_office_replaces_its_share(
    xianxi: Place, office: Office, computers: list[Asset]
) -> None:
    standard(LONG_AGO, percent_of_staff=100, fixed=1)
    StandardOverride.objects.create(
        place=xianxi, office=office, kind="computer", quantity=2, reason="外勤", starts=LAST_YEAR
    )
    assert answer(xianxi, TODAY)[0] == 3


def test_a_place_that_is_no_township_has_what_an_exception_asks(xianxi: Place) -> None:
    standard(LONG_AGO, fixed=3)
    village = add_place(
        by="t", name="大溶溪村", code="430923103201", level=Level.VILLAGE, parent=xianxi, starts=LONG_AGO
    )
    StandardOverride.objects.create(
        place=village, kind="computer", quantity=1, reason="村务公开", starts=LAST_YEAR
    )
    assert answer(village, TODAY) == (1, 0, 1)
    assert shortfalls_on(LAST_YEAR - timedelta(days=1), [village.pk]) == []


def test_an_archived_office_asked_for_something_before(
    xianxi: Place, office: Office, computers: list[Asset]
) -> None:
    standard(LONG_AGO, percent_of_staff=100)
    Office.objects.update(archived=True)
    assert answer(xianxi, TODAY - timedelta(days=1))[0] == 4
    assert shortfalls_on(TODAY, [xianxi.pk]) == []


def test_people_to_a_computer_by_place_and_by_office(
    xianxi: Place, office: Office, computers: list[Asset]
) -> None:
    Asset.objects.filter(pk=computers[0].pk).update(office=None)
    (ratio,) = staff_per_computer_on(TODAY, [xianxi.pk])
    assert (ratio.whole.staff, ratio.whole.computers, ratio.whole.staff_per_computer) == (4, 3, 1.33)
    assert [(one.office, one.computers, one.staff_per_computer) for one in ratio.offices] == [
        (office.pk, 2, 2.0)
    ]


def test_without_computers_there_is_no_ratio(xianxi: Place, office: Office) -> None:
    (ratio,) = staff_per_computer_on(TODAY, [xianxi.pk])
    assert ratio.whole.staff_per_computer is None


def test_without_a_standard_nothing_is_said(xianxi: Place, office: Office) -> None:
    (known,) = shortfalls_on(TODAY, [xianxi.pk])
    assert {known.judgement.answer(kind) for kind in Kind} == {Answer.UNKNOWN}
