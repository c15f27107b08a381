"""A past day is judged by the rank of that day, whoever changed the person's record since."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from itops.organisation.models import Person
from tests.support.county import County
from tests.support.pages import Visit, text_of
from tests.workforce.building import staff
from workforce.models import FormerRank
from workforce.queries.progress import in_service, progress_on
from workforce.schemes.scheme import Audience

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.fixture
def person(county: County) -> Person:
    """A civil servant below division rank since ever."""
    person = staff(county).trainee
    Person.objects.filter(pk=person.pk).update(establishment="civil", rank="四级主任科员")
    return person


def of_whom(person: Person, day: date) -> Audience:
    [line] = progress_on(Person.objects.filter(pk=person.pk), day)
    return line.audience


def test_a_promotion_does_not_change_what_was_asked_before(person: Person) -> None:
    assert not FormerRank.objects.exists()  # filling in what was blank changes nothing
    Person.objects.filter(pk=person.pk).update(rank="四级调研员")
    assert of_whom(person, TODAY) == Audience.COUNTY_LEADER
    assert of_whom(person, TODAY - timedelta(days=1)) == Audience.CIVIL_SERVANT
    [line] = progress_on(Person.objects.filter(pk=person.pk), TODAY - timedelta(days=1))
    assert line.progress is not None
    assert line.progress.rule.hours == 90


def test_what_is_filled_in_had_held_all_along(person: Person) -> None:
    Person.objects.filter(pk=person.pk).update(technical_title="助理工程师")
    Person.objects.filter(pk=person.pk).update(establishment="institution")
    assert of_whom(person, TODAY) == Audience.PROFESSIONAL
    [former] = FormerRank.objects.all()
    assert (former.establishment, former.technical_title) == ("civil", "助理工程师")


def test_of_several_changes_on_one_day_the_state_of_the_morning_is_kept(person: Person) -> None:
    for rank in ("三级主任科员", "二级主任科员"):
        Person.objects.filter(pk=person.pk).update(rank=rank)
    assert [one.rank for one in FormerRank.objects.all()] == ["四级主任科员"]


def test_each_stretch_of_the_past_has_its_own(person: Person) -> None:
    FormerRank.objects.create(person=person, until=date(2020, 1, 1), establishment="contract")
    FormerRank.objects.create(
        person=person, until=date(2024, 1, 1), establishment="institution", technical_title="工程师"
    )
    days = (date(2019, 12, 31), date(2020, 1, 1), date(2023, 12, 31), date(2024, 1, 1), TODAY)
    assert [of_whom(person, day) for day in days] == [
        Audience.OTHER,
        Audience.PROFESSIONAL,
        Audience.PROFESSIONAL,
        Audience.CIVIL_SERVANT,
        Audience.CIVIL_SERVANT,
    ]


def test_what_holds_today_is_no_former_rank(person: Person) -> None:
    FormerRank(person=person, until=TODAY).full_clean()
    with pytest.raises(ValidationError):
        FormerRank(person=person, until=TODAY + timedelta(days=1)).full_clean()


def test_whoever_was_employed_then_is_counted_then(person: Person) -> None:
    day = date(2025, 6, 30)
    Person.objects.filter(pk=person.pk).update(joined_on=day, left_on=day + timedelta(days=10), archived=True)
    counted = [
        on for on in range(-1, 12) if in_service(day + timedelta(days=on)).filter(pk=person.pk).exists()
    ]
    assert counted == list(range(10))
    Person.objects.filter(pk=person.pk).update(left_on=None)
    assert not in_service(day).filter(pk=person.pk).exists()


def test_the_page_of_a_past_day_says_what_was_asked_then(
    county: County, person: Person, visit: Visit
) -> None:
    Person.objects.filter(pk=person.pk).update(rank="四级调研员")
    yesterday = TODAY - timedelta(days=1)
    for day, hours in ((TODAY, "550"), (yesterday, "90")):
        line = next(
            line
            for line in text_of_file(visit, f"/workforce/training/export.csv?date={day}").splitlines()
            if "石磊" in line
        )
        assert f",{hours}" in line


def text_of_file(visit: Visit, url: str) -> str:
    answer: Any = visit("it_staff", url)
    parts = answer.streaming_content if answer.streaming else [answer.content]
    return b"".join(parts).decode("utf-8-sig")


def test_it_is_recorded_that_a_rank_was_written_by_hand(county: County, person: Person, visit: Visit) -> None:
    FormerRank.objects.create(person=person, until=date(2020, 1, 1), establishment="contract")
    assert "石磊" in text_of(visit("it_staff", "/workforce/former-ranks/"))
    assert visit("nobody", "/workforce/former-ranks/").status_code == 403
