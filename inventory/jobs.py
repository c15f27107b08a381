"""Inventory's work in the background."""

from django.utils import timezone
from procrastinate.contrib.django import app

from inventory.actions.marking import mark
from inventory.actions.partitions import ensure_coming_days


@app.task(queue="marks", queueing_lock="inventory.mark_today")
def mark_today() -> None:
    """Judge every asset and place."""
    mark(timezone.localdate())


@app.task(queue="upkeep", queueing_lock="inventory.keep_partitions")
def keep_partitions() -> None:
    """The coming days' partitions."""
    ensure_coming_days(timezone.localdate())
