"""The queue looking after itself."""

from procrastinate.contrib.django import app

from itops.jobs import queue


@app.task(queue="upkeep", queueing_lock="site.requeue_stalled")
async def requeue_stalled() -> None:
    """A killed worker's jobs are done by another."""
    await queue.requeue_stalled(app)


@app.task(queue="upkeep", queueing_lock="site.forget_finished")
async def forget_finished() -> None:
    """Jobs that were done a day ago are forgotten."""
    await queue.forget_finished(app)
