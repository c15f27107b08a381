"""What training waits for from one account: signature, approval, an answer, a word on a session, reminders."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import DateField, Q, QuerySet

from itops.database.kept import Counted, Given, Kept
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
    counted = WAITING.all(
        to_sign={"person": person},
        to_approve={"person": person, "account": user.pk, **approves},
        to_answer=holds,
        to_close={"today": today, **holds},
        to_note={"person": person, "today": today},
    )
    return Waits(**counted)


def _keys(rows: QuerySet[Any]) -> QuerySet[Any, Any]:
    return rows.order_by().values("pk")


PERSON, TODAY = Given("person", "bigint"), Given("today", "date", DateField())
STANDING = Q(reversed_at=None)
TO_SIGN: Kept[dict[str, int]] = Kept(
    lambda: _keys(Attendance.objects.filter(STANDING, person=PERSON, signed_at=None))
)
TO_APPROVE: Kept[dict[str, int]] = Kept(
    lambda: _keys(
        visible_when_asked(Attendance.objects.filter(STANDING, approved_at=None), "person__office__place")
        .exclude(signed_at=None)
        .exclude(Q(recorded_by=Given("account", "bigint")) | Q(person=PERSON))
    )
)
TO_ANSWER: Kept[dict[str, int]] = Kept(
    lambda: _keys(visible_when_asked(Explanation.objects.filter(answered_at=None), "session__place"))
)
TO_CLOSE: Kept[dict[str, int]] = Kept(
    lambda: _keys(visible_when_asked(TrainingSession.objects.filter(state="planned", day__lt=TODAY)))
)
TO_NOTE: Kept[dict[str, int]] = Kept(lambda: _keys(Reminder.objects.open_on(TODAY).filter(person=PERSON)))
WAITING = Counted(
    to_sign=TO_SIGN, to_approve=TO_APPROVE, to_answer=TO_ANSWER, to_close=TO_CLOSE, to_note=TO_NOTE
)
