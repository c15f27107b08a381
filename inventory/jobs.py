"""Inventory's work in the background."""

from django.utils import timezone
from procrastinate.contrib.django import app

from inventory.actions.marking import count_anew, mark
from inventory.actions.packing import pack_closed
from inventory.actions.partitions import ensure_coming_days
from inventory.actions.trials import run_trial
from inventory.models import PolicyTrial
from itops.database.actor import acting
from itops.organisation.actions.staff import bring_staff_up_to


@app.task(queue="marks", queueing_lock="inventory.mark_today")
def mark_today() -> None:
    """Judge every asset and place, with the staff that the offices have from today on."""
    today = timezone.localdate()
    with acting("mark_today"):
        bring_staff_up_to(today)
    mark(today)


@app.task(queue="upkeep", queueing_lock="inventory.count_assets")
def count_assets() -> None:
    """The counts of assets anew, which otherwise follow each change."""
    count_anew()


@app.task(queue="upkeep", queueing_lock="inventory.keep_partitions")
def keep_partitions() -> None:
    """The coming days' partitions."""
    ensure_coming_days(timezone.localdate())


@app.task(queue="plans")
def try_policy(trial: int) -> None:
    """Try a draft out; done a second time it begins anew."""
    found = PolicyTrial.objects.select_related("policy__place").filter(pk=trial).first()
    if found is not None and found.busy:
        run_trial(found)


@app.task(queue="upkeep", queueing_lock="inventory.pack_evidence")
def pack_evidence() -> None:
    """Days of evidence that are over go into blocks."""
    pack_closed(timezone.localtime())
