"""Sessions, people and accounts for tests of training."""

from dataclasses import dataclass
from datetime import date, time, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from itops.organisation.actions.accounts import create_account
from itops.organisation.actions.people import add_person
from itops.organisation.models import Person, User
from tests.support.county import BY, County
from workforce.actions.attendance import Line, record
from workforce.actions.sessions import enrol, hold
from workforce.models import Attendance, Course, TrainingSession

YESTERDAY = timezone.localdate() - timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Staff:
    """Two trainees of Xianxi, one of them with an account; a recorder and an approver of the county."""

    trainee: Person
    other: Person
    account: User
    recorder: User
    approver: User


def staff(county: County) -> Staff:
    office = county.xianxi.offices.get()
    trainee = add_person(by=BY, office=office, name="石磊", post="信息员")
    return Staff(
        trainee=trainee,
        other=add_person(by=BY, office=office, name="龚芳", post="民政专干"),
        account=create_account(by=BY, username="shilei", person=trainee, place=county.xianxi),
        recorder=county.users["it_staff"],
        approver=county.users["county_administrator"],
    )


def planned(county: County, day: date = YESTERDAY, **more: Any) -> TrainingSession:
    course, _ = Course.objects.get_or_create(name="视频会议室操作", kind="conference_room")
    values = {"starts": time(9), "ends": time(12), "hours": Decimal(4), **more}
    return TrainingSession.objects.create(course=course, place=county.xianxi, day=day, **values)


def held(county: County, people: Staff, day: date = YESTERDAY, **more: Any) -> TrainingSession:
    session = planned(county, day, **more)
    enrol(session, [people.trainee, people.other], by=people.recorder)
    hold(session, by=people.recorder)
    session.refresh_from_db()
    return session


def recorded(session: TrainingSession, people: Staff, hours: str = "4") -> Attendance:
    line = Line(person=people.trainee, hours=Decimal(hours))
    return record(session, lines=[line], by=people.recorder)[0]
