"""Training's work in the background: sessions held against what the equipment saw, and reminders."""

from datetime import timedelta

from django.utils import timezone
from procrastinate.contrib.django import app

from workforce.actions import reminders
from workforce.actions.explanations import ask
from workforce.models import SessionState, TrainingSession
from workforce.queries.coming_up import coming_up
from workforce.queries.testimony import equipment_says
from workforce.schemes.witness import Testimony

LOOKED_BACK = timedelta(days=60)
ACTOR, REMINDER = "hold_against_equipment", "remind"


@app.task(queue="upkeep", queueing_lock="workforce.hold_against_equipment")
def hold_against_equipment() -> None:
    """Ask for an explanation wherever people signed and the equipment of a closed day was watched and never on."""
    today = timezone.localdate()
    held = TrainingSession.objects.filter(
        state=SessionState.HELD, day__lt=today, day__gte=today - LOOKED_BACK, explanation=None
    )
    for session in held.exclude(attendances=None).order_by("day"):
        said = equipment_says(session, session.attendances.standing().count())
        if said.testimony is Testimony.CONTRADICTS:
            ask(session, signed_in=said.signed_in, minutes=said.on_minutes, by=ACTOR, name="")


@app.task(queue="upkeep", queueing_lock="workforce.remind")
def remind() -> None:
    """Whoever has something due soon is told of it, once for each due day."""
    reminders.remind(coming_up(timezone.localdate()), by=REMINDER)
