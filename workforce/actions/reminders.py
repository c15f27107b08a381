"""People are reminded once of each due day; they note it and it is gone."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from itops.database.actor import acting
from itops.organisation.models import User
from workforce.models import Reminder
from workforce.schemes.reminders import ComingUp


def remind(coming: Iterable[ComingUp], *, by: str) -> int:
    """Make the reminders that are not there yet; returns how many. A second time changes nothing."""
    with acting(by), transaction.atomic():
        found = {(one.person, one.kind.value, one.about[:120], one.due) for one in coming}
        days = {due for *_about, due in found}
        known = set(Reminder.objects.filter(due__in=days).values_list("person", "kind", "about", "due"))
        made = [
            Reminder(person_id=person, kind=kind, about=about, due=due)
            for person, kind, about, due in sorted(found - known)
        ]
        Reminder.objects.bulk_create(made, ignore_conflicts=True)
        return len(made)


def note(reminder: Reminder, *, by: User) -> None:
    """Its person has read it."""
    with acting(by.actor), transaction.atomic():
        Reminder.objects.filter(pk=reminder.pk, noted_at=None).update(noted_at=timezone.now())
