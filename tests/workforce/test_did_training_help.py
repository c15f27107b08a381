"""By course and township: was equipment used on more days since the latest session than before."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from inventory.models import EvidenceDay
from itops.organisation.actions.people import add_person
from itops.organisation.roles import DEFAULT_ROLES, covers
from tests.support.county import BY, County, endpoint_of
from tests.support.pages import Visit, text_of
from tests.workforce.building import Staff, held, recorded, staff
from workforce.actions.attendance import Line, record
from workforce.models import Course, TrainingSession
from workforce.queries.effects import effects
from workforce.queries.testimony import effect

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
DAY = TODAY - timedelta(days=28)
PAGE = "/workforce/training/effect/"


@pytest.fixture
def people(county: County) -> Staff:
    return staff(county)


@pytest.fixture
def session(county: County, people: Staff) -> TrainingSession:
    """Somebody of Xianxi learnt to run its room, and since then it is used."""
    session = held(county, people, DAY, room=county.assets["room"])
    recorded(session, people)
    codec = endpoint_of(county.assets["codec"])
    EvidenceDay.objects.filter(endpoint=codec, day__gt=DAY).update(used_minutes=60)
    return session


def test_it_is_what_the_session_s_own_page_says(county: County, session: TrainingSession) -> None:
    [course] = effects(county.users["it_staff"], 3, TODAY)
    [there] = course.theres
    own = effect(session, 3, TODAY)
    assert own is not None
    assert (there.place, there.session, there.people) == (county.xianxi, session.pk, 1)
    assert there.effect.shares == own.shares == (0, 100)
    assert (there.effect.before.measured, there.effect.after.measured) == (
        own.before.measured,
        own.after.measured,
    )
    assert (course.rose, course.effect.shares) == (1, (0, 100))


def test_days_are_counted_again_from_the_evidence(county: County, session: TrainingSession) -> None:
    [course] = effects(county.users["it_staff"], 1, TODAY)
    days = EvidenceDay.objects.filter(
        endpoint=endpoint_of(county.assets["codec"]), open_minutes__gt=0, observable_minutes__gt=0
    )
    length = TODAY - timedelta(days=1) - DAY
    assert course.effect.after.measured == days.filter(day__gt=DAY, day__lt=TODAY).count()
    assert course.effect.before.measured == days.filter(day__lt=DAY, day__gte=DAY - length).count()


def test_the_latest_session_of_a_township_counts(
    county: County, people: Staff, session: TrainingSession
) -> None:
    later = held(county, people, DAY + timedelta(days=7))
    recorded(later, people)
    [course] = effects(county.users["it_staff"], 3, TODAY)
    assert [(there.session, there.day) for there in course.theres] == [(later.pk, later.day)]


def test_a_township_without_such_equipment_cannot_be_told(
    county: County, people: Staff, session: TrainingSession
) -> None:
    other = add_person(by=BY, office=county.yanxi.offices.get(), name="谌洁", post="信息员")
    record(session, lines=[Line(person=other, hours=session.hours)], by=people.recorder)
    [course] = effects(county.users["it_staff"], 3, TODAY)
    assert [there.place for there in course.theres] == [county.xianxi, county.yanxi]
    assert [there.place for there in course.told] == [county.xianxi]
    assert [one.theres[0].place for one in effects(county.users["township_officer"], 3, TODAY)] == [
        county.xianxi
    ]


def test_a_course_about_nothing_has_no_effect(county: County, session: TrainingSession) -> None:
    Course.objects.update(kind="")
    assert effects(county.users["it_staff"], 3, TODAY) == []


def test_the_page_says_it_and_its_file_too(county: County, session: TrainingSession, visit: Visit) -> None:
    shown = text_of(visit("leadership", PAGE, language="en"))
    assert "Use rose <b>in 1 of 1</b> township where it was measured." in shown
    assert "100%" in shown
    answer: Any = visit("leadership", f"{PAGE}export.csv?months=6", language="en")
    [head, line] = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    assert head.startswith("Course,Township,")
    assert line.startswith(f"视频会议室操作,Xianxi Town,{DAY},1,")


@pytest.mark.parametrize("role", DEFAULT_ROLES)
def test_who_may_see_it(role: str, county: County, visit: Visit) -> None:
    expected = 200 if covers(DEFAULT_ROLES[role], "workforce.view_attendance") else 403
    assert visit(role, PAGE).status_code == visit(role, f"{PAGE}export.csv").status_code == expected


@pytest.mark.parametrize("months", ["", "0", "x", "7"])
def test_what_is_no_choice_is_the_usual_one(months: str, county: County, visit: Visit) -> None:
    assert visit("it_staff", f"{PAGE}?months={months}").status_code == 200


def test_more_sessions_cost_no_more_statements(
    county: County, people: Staff, session: TrainingSession
) -> None:
    effects(county.users["it_staff"], 3, TODAY)
    with CaptureQueriesContext(connection) as few:
        effects(county.users["it_staff"], 3, TODAY)
    for days in (10, 12, 14):
        recorded(held(county, people, TODAY - timedelta(days=days)), people)
    with CaptureQueriesContext(connection) as more:
        effects(county.users["it_staff"], 3, TODAY)
    assert len(more) == len(few)
