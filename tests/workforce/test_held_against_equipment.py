"""A session in a recorded room is held against what the equipment saw; a contradiction asks for an explanation."""

from datetime import timedelta

import pytest
from django.utils import timezone

from inventory.models import EvidenceDay
from tests.support.county import County, endpoint_of
from tests.support.pages import Visit, text_of
from tests.workforce.building import YESTERDAY, held, recorded, staff
from workforce.jobs import hold_against_equipment
from workforce.models import Explanation, LogEntry
from workforce.queries.testimony import effect, equipment_says
from workforce.schemes import witness

pytestmark = pytest.mark.django_db
LAST_MONDAY = YESTERDAY - timedelta(days=YESTERDAY.weekday())


def said(session):
    return equipment_says(session, 1).testimony


def watched(county: County, **minutes) -> None:
    """The codec of Xianxi's conference room on that Monday."""
    codec = endpoint_of(county.assets["codec"])
    EvidenceDay.objects.filter(endpoint=codec, day=LAST_MONDAY).update(**minutes)


def test_a_room_that_was_watched_and_never_on_contradicts(county: County) -> None:
    people = staff(county)
    session = held(county, people, LAST_MONDAY, room=county.assets["room"])
    recorded(session, people)
    watched(county, seen_minutes=0, used_minutes=0)
    assert said(session) is witness.Testimony.CONTRADICTS
    hold_against_equipment()
    hold_against_equipment()
    asked = Explanation.objects.get()
    assert (asked.session, asked.signed_in, asked.minutes) == (session, 1, 0)
    assert LogEntry.objects.latest("seq").body == {
        "session": session.pk,
        "day": LAST_MONDAY.isoformat(),
        "signed_in": 1,
        "minutes_on": 0,
    }


def test_a_call_of_that_day_agrees_and_asks_nothing(county: County) -> None:
    people = staff(county)
    session = held(county, people, LAST_MONDAY, room=county.assets["room"])
    recorded(session, people)
    watched(county, seen_minutes=400, used_minutes=96)
    assert said(session) is witness.Testimony.AGREES
    hold_against_equipment()
    assert not Explanation.objects.exists()


def test_a_room_that_was_on_without_a_call_says_just_that(county: County) -> None:
    session = held(county, staff(county), LAST_MONDAY, room=county.assets["room"])
    assert said(session) is witness.Testimony.ON_ALONE


def test_equipment_that_could_not_be_observed_proves_nothing(county: County) -> None:
    session = held(county, staff(county), LAST_MONDAY, room=county.assets["room"])
    watched(county, seen_minutes=0, used_minutes=0, asked_minutes=600)
    assert said(session) is witness.Testimony.BLIND


def test_without_recorded_equipment_the_page_says_so(county: County, visit: Visit) -> None:
    session = held(county, staff(county))
    shown = text_of(visit("auditor", f"/workforce/training-sessions/{session.pk}/", language="en"))
    assert "nothing but the sheet witnesses this session" in shown


def test_computers_named_when_it_was_held_are_witnesses_too(county: County) -> None:
    session = held(county, staff(county), LAST_MONDAY)
    session.computers.set([county.assets["good"]])
    assert said(session) is witness.Testimony.AGREES
    silent = endpoint_of(county.assets["good"])
    EvidenceDay.objects.filter(endpoint=silent, day=LAST_MONDAY).update(seen_minutes=0)
    assert said(session) is witness.Testimony.CONTRADICTS


def test_a_course_helped_when_its_equipment_is_used_on_more_days(county: County) -> None:
    people = staff(county)
    day = timezone.localdate() - timedelta(days=28)
    session = held(county, people, day, room=county.assets["room"])
    recorded(session, people)
    codec = endpoint_of(county.assets["codec"])
    EvidenceDay.objects.filter(endpoint=codec, day__gt=day).update(used_minutes=60)
    found = effect(session, 3, timezone.localdate())
    assert found is not None
    assert found.measurable
    assert found.shares == (0, 100)
    assert found.rose


def test_a_course_about_no_equipment_has_no_effect_to_tell(county: County) -> None:
    people = staff(county)
    session = held(county, people)
    recorded(session, people)
    session.course.kind = ""
    assert effect(session, 3, timezone.localdate()) is None
