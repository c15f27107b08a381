"""What training waits for from one account: signature, approval, an answer, a word on a session, reminders."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from itops.organisation.models import User
from itops.organisation.scope import visible
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
    standing = Attendance.objects.filter(reversed_at=None)
    mine = standing.filter(person=user.person_id or 0, signed_at=None)
    signed = visible(standing, user, APPROVE, "person__office__place").exclude(signed_at=None)
    own = Q(recorded_by=user.pk) | Q(person=user.person_id or 0)
    asked = visible(Explanation.objects.filter(answered_at=None), user, HOLD, "session__place")
    planned = visible(TrainingSession.objects.filter(state="planned", day__lt=today), user, HOLD)
    return Waits(
        to_sign=mine.count(),
        to_approve=signed.filter(approved_at=None).exclude(own).count(),
        to_answer=asked.count(),
        to_close=planned.count(),
        to_note=Reminder.objects.open_on(today).filter(person=user.person_id or 0).count(),
    )
