"""Telling others, in the background."""

from procrastinate.contrib.django import app

from itops.notify import actions


@app.task(queue="messages", queueing_lock="notify.deliver")
def deliver() -> None:
    """Send what is due."""
    actions.deliver_due()


@app.task(queue="messages", queueing_lock="notify.forget_old")
def forget_old() -> None:
    """Deliveries of a month ago are forgotten."""
    actions.forget_old()
