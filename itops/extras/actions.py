"""Notes and tags: written, taken off, put on."""

from collections.abc import Iterable

from django.db import transaction

from itops.database.actor import acting
from itops.extras.models import Note, Tag, Tagging
from itops.organisation.models import User


def write_note(*, by: User, model: str, object_id: int, text: str) -> Note:
    with acting(by.actor), transaction.atomic():
        return Note.objects.create(model=model, object_id=object_id, text=text, by=by)


def archive_note(note: Note, *, by: User) -> None:
    """The note is no longer shown; it stays in the record."""
    with acting(by.actor), transaction.atomic():
        Note.objects.filter(pk=note.pk).update(archived=True)


def set_tags(*, by: User, model: str, object_id: int, tags: Iterable[Tag]) -> None:
    """The thing carries these tags and no others."""
    wanted = {tag.pk for tag in tags}
    with acting(by.actor), transaction.atomic():
        there = Tagging.objects.filter(model=model, object_id=object_id)
        there.exclude(tag__in=wanted).delete()
        Tagging.objects.bulk_create(
            (Tagging(model=model, object_id=object_id, tag_id=pk) for pk in sorted(wanted)),
            ignore_conflicts=True,
        )
