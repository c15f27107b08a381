"""Work calendars: the State Council's days are filled in; people add, change and remove; scope decides who."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from itops.organisation.actions.accounts import ensure_roles, grant
from itops.organisation.actions.calendars import load_holidays, set_day
from itops.organisation.calendars import office_hours
from itops.organisation.models import Office, Place, User, WorkCalendar

DAY = date(2026, 3, 3)


@pytest.fixture
def calendar(country: dict[str, Place]) -> WorkCalendar:
    calendar = WorkCalendar.objects.create(name="Anhua")
    for key in ("anhua", "qingtangpu"):
        Office.objects.create(place=country[key], name="office", calendar=calendar)
    return calendar


def sign_in(client: Client, user: User, role: str, place: Place) -> None:
    grant(by="test", user=user, role=ensure_roles(by="test")[role], place=place)
    client.force_login(user)


def day_form(**changed: str) -> dict[str, str]:
    return {"day": "2026-03-03", "open": "False", "note": "flood"} | changed


def test_holidays_are_filled_in_once_and_overrule_nobody(calendar: WorkCalendar) -> None:
    set_day(calendar, by="test", day=date(2026, 10, 1), is_open=True, note="duty")
    added = load_holidays(calendar, by="test")
    assert added == calendar.days.count() - 1 > 80
    assert load_holidays(calendar, by="test") == 0
    assert calendar.days.get(day=date(2026, 10, 1)).open


def test_the_rules_read_what_the_calendar_says(calendar: WorkCalendar) -> None:
    load_holidays(calendar, by="test")
    hours = office_hours()[calendar.pk]
    assert not hours.open_on(date(2026, 10, 1))
    assert hours.open_minutes(DAY) == 7 * 60


def test_staff_of_the_county_add_change_and_remove_a_day(
    client: Client, user: User, calendar: WorkCalendar, country: dict[str, Place]
) -> None:
    sign_in(client, user, "it_staff", country["anhua"])
    save = reverse("organisation:save_day", args=[calendar.pk])
    assert client.post(save, day_form()).status_code == 302
    assert client.post(save, day_form(open="True")).status_code == 302
    assert [(day.day, day.open, day.note) for day in calendar.days.all()] == [(DAY, True, "flood")]
    page = client.get(
        reverse("organisation:calendar", args=[calendar.pk]), {"year": "2026", "day": "2026-03-03"}
    )
    assert b"flood" in page.content
    client.post(reverse("organisation:drop_day", args=[calendar.pk, "2026-03-03"]))
    assert not calendar.days.exists()


def test_a_township_sees_the_calendar_of_all_and_cannot_change_it(
    client: Client, user: User, calendar: WorkCalendar, country: dict[str, Place]
) -> None:
    sign_in(client, user, "it_staff", country["qingtangpu"])
    assert client.get(reverse("organisation:calendar", args=[calendar.pk])).status_code == 200
    assert client.post(reverse("organisation:save_day", args=[calendar.pk]), day_form()).status_code == 403
    assert client.post(reverse("organisation:calendar", args=[calendar.pk]), {}).status_code == 403
    assert not calendar.days.exists()


def test_another_countys_calendar_is_not_there(
    client: Client, user: User, calendar: WorkCalendar, country: dict[str, Place]
) -> None:
    sign_in(client, user, "county_administrator", country["taojiang"])
    assert client.get(reverse("organisation:calendar", args=[calendar.pk])).status_code == 404
    assert b"Anhua" not in client.get(reverse("organisation:calendars")).content


@pytest.mark.parametrize("wrong", [{"day": "2026-02-30"}, {"open": "perhaps"}, {"note": "x" * 121}])
def test_an_unusable_day_is_said_and_not_saved(
    client: Client, user: User, calendar: WorkCalendar, country: dict[str, Place], wrong: dict[str, str]
) -> None:
    sign_in(client, user, "it_staff", country["anhua"])
    answer = client.post(reverse("organisation:save_day", args=[calendar.pk]), day_form(**wrong))
    assert answer.status_code == 422
    assert not calendar.days.exists()


def test_hours_are_saved_when_they_make_sense(
    client: Client, user: User, calendar: WorkCalendar, country: dict[str, Place]
) -> None:
    sign_in(client, user, "it_staff", country["anhua"])
    address = reverse("organisation:calendar", args=[calendar.pk])
    hours = {"name": "Anhua", "weekdays": ["1", "2"], "opens": "09:00", "closes": "17:00"}
    assert client.post(address, hours | {"closes": "08:00"}).status_code == 200
    assert client.post(address, hours | {"break_starts": "12:00"}).status_code == 200
    assert client.post(address, hours | {"break_starts": "07:00", "break_ends": "08:00"}).status_code == 200
    calendar.refresh_from_db()
    assert calendar.weekdays == [1, 2, 3, 4, 5]
    no_break = {"break_starts": "", "break_ends": ""}
    assert client.post(address, hours | no_break).status_code == 302
    calendar.refresh_from_db()
    assert (calendar.weekdays, calendar.break_starts) == ([1, 2], None)


@pytest.mark.parametrize("query", ["year=20x6", "year=٢٠٢٦", "day=2026-99-99"])
def test_a_strange_address_shows_this_year(
    client: Client, user: User, calendar: WorkCalendar, country: dict[str, Place], query: str
) -> None:
    sign_in(client, user, "it_staff", country["anhua"])
    assert client.get(f"{reverse('organisation:calendar', args=[calendar.pk])}?{query}").status_code == 200
