"""Writing and taking off notes, and saying which tags a thing carries."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from itops.extras import actions
from itops.extras.models import Note, Tag
from itops.organisation.scope import signed_in
from itops.organisation.subjects import Subjects, find

ADD_NOTE, VIEW_NOTE, REMOVE_NOTE = "extras.add_note", "extras.view_note", "extras.delete_note"
TAG, VIEW_TAGS = "extras.add_tagging", "extras.view_tagging"


class NoteForm(forms.Form):
    """Plain text; its line breaks stay."""

    text = forms.CharField(
        label=gettext_lazy("Note"), max_length=4000, widget=forms.Textarea(attrs={"rows": 3})
    )


class TagsForm(forms.Form):
    """Which tags a thing carries."""

    tags = forms.ModelMultipleChoiceField(
        Tag.objects.all(),
        label=gettext_lazy("Tags"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


@require_POST
def add_note(request: HttpRequest, model: str, pk: int, subjects: Subjects) -> HttpResponse:
    """Write about something."""
    user = signed_in(request)
    found = find(subjects, user, model, pk)
    found.demand(user, ADD_NOTE)
    form = NoteForm(request.POST)
    if form.is_valid():
        actions.write_note(by=user, model=found.label, object_id=found.pk, text=form.cleaned_data["text"])
        messages.success(request, _("The note is kept."))
    else:
        messages.error(request, _("A note has at least one character and at most 4,000."))
    return redirect(f"{found.url}#notes")


@require_POST
def remove_note(request: HttpRequest, pk: int, subjects: Subjects) -> HttpResponse:
    """Take a note off: whoever wrote it may, and whoever may remove any."""
    user = signed_in(request)
    note = get_object_or_404(Note, pk=pk, archived=False)
    found = find(subjects, user, note.model, note.object_id)
    if note.by_id != user.pk:
        found.demand(user, REMOVE_NOTE)
    actions.archive_note(note, by=user)
    messages.success(request, _("The note was taken off."))
    return redirect(f"{found.url}#notes")


@require_POST
def set_tags(request: HttpRequest, model: str, pk: int, subjects: Subjects) -> HttpResponse:
    """Say which tags it carries."""
    user = signed_in(request)
    found = find(subjects, user, model, pk)
    found.demand(user, TAG)
    form = TagsForm(request.POST)
    if form.is_valid():
        actions.set_tags(by=user, model=found.label, object_id=found.pk, tags=form.cleaned_data["tags"])
    else:
        messages.error(request, _("One of these tags is no longer there."))
    return redirect(f"{found.url}#tags")
