"""The queue looking after itself."""

from django.utils import timezone
from procrastinate.contrib.django import app

from inventory.queries.confidential import about_confidential
from itops.exchange.actions import carry_on, forget_old
from itops.jobs import queue
from itops.notify.changes import take_in_changes
from itops.site.resources import RESOURCES


@app.task(queue="upkeep", queueing_lock="site.requeue_stalled")
async def requeue_stalled() -> None:
    """A killed worker's jobs are done by another."""
    await queue.requeue_stalled(app)


@app.task(queue="upkeep", queueing_lock="site.forget_finished")
async def forget_finished() -> None:
    """Jobs that were done a day ago are forgotten."""
    await queue.forget_finished(app)


@app.task(queue="messages", queueing_lock="site.tell_changes")
def tell_changes() -> None:
    """What has changed becomes deliveries of webhooks, confidential equipment left out."""
    take_in_changes(withheld=about_confidential)


@app.task(queue="imports")
def import_file(run: int) -> None:
    """Look at, or write, what somebody handed in; a second time changes nothing."""
    carry_on(run, {one.key: one for one in RESOURCES}, in_background=True)


@app.task(queue="upkeep", queueing_lock="site.forget_imports")
def forget_imports() -> None:
    """Files handed in a month ago are removed."""
    forget_old(timezone.now())
