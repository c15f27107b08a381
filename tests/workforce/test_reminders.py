"""Everybody is reminded once of each due day, in good time; who it was about does not leave the program."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from itops.audit.models import Change
from tests.support.county import County
from tests.support.pages import Visit, text_of
from tests.workforce.building import YESTERDAY, Staff, held, planned, recorded, staff
from workforce.actions.attendance import approve, sign
from workforce.actions.certificates import certify, reverse_certificate
from workforce.actions.reminders import remind
from workforce.actions.sessions import enrol
from workforce.jobs import remind as job
from workforce.models import Certificate, HeldSkill, Reminder, Skill, TrainingScheme
from workforce.queries.coming_up import coming_up
from workforce.schemes.reminders import AHEAD, Reminding, comes_up

TODAY = timezone.localdate()
SOON = TODAY + timedelta(days=30)


@pytest.fixture
def people(county: County) -> Staff:
    TrainingScheme.objects.all().delete()  # of periods that end there is a test below
    return staff(county)


def certificate(people: Staff, expires: date) -> Certificate:
    paper = Certificate(
        person=people.trainee,
        name="网络工程师",
        number="A-1",
        issuer="人社厅",
        issued_on=YESTERDAY,
        expires=expires,
    )
    return certify(paper, by=people.recorder)


def remind_on(day: date) -> int:
    return remind(coming_up(day), by="remind")


def made(kind: str = "") -> list[tuple[str, date]]:
    found = Reminder.objects.filter(kind=kind) if kind else Reminder.objects.all()
    return [(one.about, one.due) for one in found]


@given(st.sampled_from(Reminding), st.integers(-400, 400))
def test_it_comes_up_in_the_days_before_and_on_the_day(kind: Reminding, days: int) -> None:
    due = TODAY + timedelta(days=days)
    assert comes_up(kind, due, TODAY) == (0 <= days <= AHEAD[kind].days)


@pytest.mark.django_db
def test_a_certificate_that_runs_out_is_told_of_once(people: Staff) -> None:
    certificate(people, SOON)
    assert [remind_on(TODAY) for _ in range(3)] == [1, 0, 0]
    assert made() == [("网络工程师", SOON)]
    assert remind_on(SOON) == 0


@pytest.mark.django_db
def test_what_was_noted_does_not_come_back_before_another_due_day(people: Staff) -> None:
    first = certificate(people, SOON)
    remind_on(TODAY)
    Reminder.objects.update(noted_at=timezone.now())
    assert remind_on(TODAY) == 0
    reverse_certificate(first, reason="续期", by=people.recorder)
    certificate(people, SOON + timedelta(days=20))
    assert remind_on(TODAY) == 1


@pytest.mark.django_db
def test_what_is_far_off_past_or_taken_back_is_not_told(people: Staff) -> None:
    reverse_certificate(certificate(people, SOON), reason="不符", by=people.recorder)
    certificate(people, TODAY + timedelta(days=61))
    HeldSkill.objects.create(
        person=people.trainee,
        skill=Skill.objects.earliest("pk"),
        level=3,
        since=YESTERDAY - timedelta(days=9),
        expires=YESTERDAY,
        evidence="at_work",
    )
    assert remind_on(TODAY) == 0


@pytest.mark.django_db
def test_levels_and_sessions_are_told_of_too(county: County, people: Staff) -> None:
    skill = Skill.objects.earliest("pk")
    HeldSkill.objects.create(
        person=people.other, skill=skill, level=3, since=YESTERDAY, expires=SOON, evidence="at_work"
    )
    session = planned(county, TODAY + timedelta(days=2))
    enrol(session, [people.trainee, people.other], by=people.recorder)
    enrol(planned(county, TODAY + timedelta(days=9)), [people.trainee], by=people.recorder)
    job()
    assert made("level") == [(skill.name, SOON)]
    assert made("session") == [("视频会议室操作", session.day)] * 2


@pytest.mark.django_db
def test_whoever_will_miss_the_scheme_is_told_before_its_period_ends(county: County, people: Staff) -> None:
    TrainingScheme.objects.create(
        name="每年四学时", audience="other", starts=date(2020, 1, 1), hours=Decimal(4)
    )
    row = recorded(held(county, people), people)
    sign(row, by=people.account)
    approve(row, by=people.approver)
    end = date(TODAY.year, 12, 31)
    told = {one.person_id for one in Reminder.objects.all()} if remind_on(end) else set()
    assert people.other.pk in told
    assert (people.trainee.pk in told) == (YESTERDAY.year != TODAY.year)
    assert remind_on(end - timedelta(days=61)) == 0


@pytest.mark.django_db
def test_it_stands_on_ones_own_pages_until_it_is_noted(county: County, people: Staff, visit: Visit) -> None:
    certificate(people, SOON)
    remind_on(TODAY)
    county.users["shilei"] = people.account
    sentence = f"The certificate “网络工程师” runs out on {SOON}."
    assert "Reminders of yours: 1" in text_of(visit("shilei", "/", language="en"))
    mine = reverse("workforce:my_training")
    assert sentence in text_of(visit("shilei", mine, language="en"))
    assert sentence in text_of(visit("it_staff", "/workforce/training/", language="en"))
    [reminder] = Reminder.objects.all()
    noted = reverse("workforce:note_reminder", args=[reminder.pk])
    assert visit("it_staff", noted, data={}).status_code == 404
    assert visit("shilei", noted, data={}).status_code == 302
    assert sentence not in text_of(visit("shilei", mine, language="en"))
    assert "Reminders of yours" not in text_of(visit("shilei", "/", language="en"))


@pytest.mark.django_db
def test_webhooks_hear_what_is_due_where_and_not_of_whom(county: County, people: Staff) -> None:
    certificate(people, SOON)
    remind_on(TODAY)
    [change] = Change.objects.filter(model="workforce.reminder")
    assert (change.place_id, change.actor, change.after["due"]) == (county.xianxi.pk, "remind", str(SOON))
    assert not {"person_id", "about"} & set(change.after)
    assert {"person_id", "about"} <= set(change.withheld)
