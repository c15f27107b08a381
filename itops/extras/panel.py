"""What components/notes.html and components/tags.html show of one thing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Model
from django.urls import reverse

from itops.extras.custom_fields import custom_fields, shown
from itops.extras.field_types import REFERENCES, Value
from itops.extras.models import Note, Tag
from itops.extras.pages import ADD_NOTE, REMOVE_NOTE, TAG, VIEW_NOTE, VIEW_TAGS, NoteForm, TagsForm
from itops.extras.queries import notes_of, tags_of, there_are_tags
from itops.extras.references import References
from itops.organisation.models import User
from itops.organisation.subjects import Found


@dataclass(frozen=True, slots=True)
class NotesPanel:
    """Notes, each with whether the reader may take it off; the form's address is empty for mere readers."""

    notes: Sequence[tuple[Note, bool]]
    form: NoteForm
    add_url: str


@dataclass(frozen=True, slots=True)
class TagsPanel:
    """The tags it carries; the form's address is empty for those who may not change them."""

    tags: Sequence[Tag]
    form: TagsForm
    set_url: str


def notes_panel(user: User, found: Found) -> NotesPanel | None:
    """None for those who may not see notes there."""
    if not found.may(user, VIEW_NOTE):
        return None
    removes_any = found.may(user, REMOVE_NOTE)
    notes = [(note, removes_any or note.by_id == user.pk) for note in notes_of(found.label, found.pk)]
    address = reverse("extras:add_note", args=[found.label, found.pk])
    return NotesPanel(notes, NoteForm(auto_id="note_%s"), address if found.may(user, ADD_NOTE) else "")


def tags_panel(user: User, found: Found) -> TagsPanel | None:
    """None for those who may not see tags there."""
    if not found.may(user, VIEW_TAGS):
        return None
    tags = tags_of(found.label, found.pk)
    address = reverse("extras:set_tags", args=[found.label, found.pk])
    form = TagsForm(auto_id="tag_%s", initial={"tags": [tag.pk for tag in tags]})
    return TagsPanel(tags, form, address if found.may(user, TAG) and there_are_tags() else "")


def own_values(row: Model, user: User) -> list[tuple[str, str]]:
    """Label and value of each own field in which something is recorded."""
    values: Mapping[str, Value] = row.custom  # type: ignore[attr-defined]
    fields = [field for field in custom_fields(type(row)) if field.key in values] if values else []
    names = References.of(user) if any(field.type in REFERENCES for field in fields) else None
    return [(field.label, shown(field, values[field.key], names)) for field in fields]
