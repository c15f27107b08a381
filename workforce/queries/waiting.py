"""What training waits for from one account: signature, approval, an answer, a word on a session, reminders."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, DateField, Q, QuerySet, Value

from itops.database.kept import Given, Kept
from itops.organisation.models import User
from itops.organisation.scope import in_scope, visible_when_asked
from workforce.models import Attendance, Explanation, Reminder, TrainingSession

APPROVE = "workforce.approve_attendance"
HOLD = "workforce.change_trainingsession"


@dataclass(frozen=True, slots=True, kw_only=True)
class Waits:
    """How many of each, as far as this account can do something about it."""

    to_sign: int
    to_approve: int
    to_answer: int
    to_close: int
    to_note: int


def waits(user: User, today: date) -> Waits:
    person = user.person_id or 0
    holds, approves = in_scope(user, HOLD), in_scope(user, APPROVE)
    return Waits(
        to_sign=sum(TO_SIGN.all(person=person)),
        to_approve=sum(TO_APPROVE.all(person=person, account=user.pk, **approves)),
        to_answer=sum(TO_ANSWER.all(**holds)),
        to_close=sum(TO_CLOSE.all(today=today, **holds)),
        to_note=sum(TO_NOTE.all(person=person, today=today)),
    )


def _number(rows: QuerySet[Any]) -> QuerySet[Any, Any]:
    """How many there are: one row, or none where there is nothing."""
    together: QuerySet[Any, Any] = rows.order_by().annotate(all_of_them=Value(1)).values("all_of_them")
    counted: QuerySet[Any, Any] = together.annotate(number=Count("pk"))
    return counted.values_list("number", flat=True)


PERSON, TODAY = Given("person", "bigint"), Given("today", "date", DateField())
STANDING = Q(reversed_at=None)
TO_SIGN: Kept[int] = Kept(lambda: _number(Attendance.objects.filter(STANDING, person=PERSON, signed_at=None)))
TO_APPROVE: Kept[int] = Kept(
    lambda: _number(
        visible_when_asked(Attendance.objects.filter(STANDING, approved_at=None), "person__office__place")
        .exclude(signed_at=None)
        .exclude(Q(recorded_by=Given("account", "bigint")) | Q(person=PERSON))
    )
)
TO_ANSWER: Kept[int] = Kept(
    lambda: _number(visible_when_asked(Explanation.objects.filter(answered_at=None), "session__place"))
)
TO_CLOSE: Kept[int] = Kept(
    lambda: _number(visible_when_asked(TrainingSession.objects.filter(state="planned", day__lt=TODAY)))
)
TO_NOTE: Kept[int] = Kept(lambda: _number(Reminder.objects.open_on(TODAY).filter(person=PERSON)))
