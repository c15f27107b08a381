"""How many staff an office had when: whoever writes today's number, the past is kept."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from itops.database.statements import run
from itops.organisation.actions.places import add_place
from itops.organisation.actions.staff import assumed_on, bring_staff_up_to, record_staff, staff_on
from itops.organisation.models import Level, Office, OfficeStaff, WorkCalendar

pytestmark = pytest.mark.django_db
WEEK = timedelta(days=7)


@pytest.fixture
def today() -> date:
    return timezone.localdate()


@pytest.fixture
def office() -> Office:
    place = add_place(by="t", name="仙溪镇", code="430923103", level=Level.TOWNSHIP, starts=date(2020, 1, 1))
    calendar = WorkCalendar.objects.create(name="机关作息")
    return Office.objects.create(place=place, name="民政所", staff=4, calendar=calendar)


def test_a_new_office_has_its_number_from_today_on(office: Office, today: date) -> None:
    assert list(office.staff_numbers.values_list("starts", "staff")) == [(today, 4)]


def test_before_the_first_number_it_stands_in_and_is_said_to(office: Office, today: date) -> None:
    assert staff_on(today - WEEK) == {office.pk: 4}
    assert assumed_on(today - WEEK) == {office.pk}
    assert assumed_on(today) == set()


def test_an_earlier_number_changes_the_past_and_not_today(office: Office, today: date) -> None:
    record_staff(office, by="t", staff=3, starts=today - 2 * WEEK)
    assert (staff_on(today - WEEK), staff_on(today)) == ({office.pk: 3}, {office.pk: 4})
    assert office.staff == 4


def test_a_number_for_today_stands_on_the_office(office: Office, today: date) -> None:
    record_staff(office, by="t", staff=6, starts=today)
    assert (office.staff, staff_on(today)) == (6, {office.pk: 6})


def test_a_coming_number_waits_for_its_day(office: Office, today: date) -> None:
    record_staff(office, by="t", staff=6, starts=today + WEEK)
    assert (office.staff, staff_on(today), staff_on(today + WEEK)) == (4, {office.pk: 4}, {office.pk: 6})
    assert bring_staff_up_to(today + WEEK) == 1
    office.refresh_from_db()
    assert office.staff == 6


def test_any_way_of_writing_the_number_is_kept(office: Office, today: date) -> None:
    OfficeStaff.objects.update(starts=today - WEEK)
    run("UPDATE organisation_office SET staff = 9 WHERE id = %(id)s", {"id": office.pk})
    assert (staff_on(today - WEEK), staff_on(today)) == ({office.pk: 4}, {office.pk: 9})


def test_writing_the_same_number_adds_nothing(office: Office) -> None:
    office.save()
    assert office.staff_numbers.count() == 1
