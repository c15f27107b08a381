"""The organisation's work in the background."""

from django.utils import timezone
from procrastinate.contrib.django import app

from itops.organisation.actions.sessions import forget_ended


@app.task(queue="upkeep", queueing_lock="organisation.forget_ended")
def forget_ended_sessions() -> None:
    """Sessions and links past their time leave the database."""
    forget_ended(timezone.now())
