"""Handing in a file, taking it off again, and serving it to those who may see what it hangs on."""

from pathlib import Path

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_POST

from itops.files import actions, store
from itops.files.models import Attachment
from itops.files.uploads import over_limit
from itops.organisation.models import User
from itops.organisation.scope import signed_in
from itops.organisation.subjects import Found, Subjects, find

ADD, VIEW, REMOVE = "files.add_attachment", "files.view_attachment", "files.delete_attachment"
LOCKED = "default-src 'none'; sandbox"
MARKUP_AND_PROGRAMS = frozenset(
    {
        "text/html",
        "image/svg+xml",
        "application/xml",
        "text/x-shellscript",
        "application/x-elf",
        "application/vnd.microsoft.portable-executable",
    }
)


class TitleForm(forms.Form):
    """What the file shows; the files themselves are read beside it."""

    title = forms.CharField(label=gettext_lazy("What it shows"), max_length=120, required=False)


@require_POST
def add(request: HttpRequest, model: str, pk: int, subjects: Subjects) -> HttpResponse:
    """Hang one or more files on something."""
    user = signed_in(request)
    found = find(subjects, user, model, pk)
    found.demand(user, ADD)
    form = TitleForm(request.POST)
    if form.is_valid():
        _take_in(request, user, found, form.cleaned_data["title"])
    else:
        messages.error(request, _("The title is too long: at most 120 characters."))
    return redirect(f"{found.url}#files")


@require_GET
def download(request: HttpRequest, pk: int, subjects: Subjects) -> HttpResponseBase:
    """The file itself: pictures may be looked at, everything else is only handed over."""
    attachment = _seen(request, pk, subjects)[0]
    file = attachment.file
    kind = "application/octet-stream" if file.media_type in MARKUP_AND_PROGRAMS else file.media_type
    return served(
        store.path_of(file.sha256),
        content_type=kind,
        as_attachment=not file.is_picture or "download" in request.GET,
        filename=attachment.name,
    )


@require_GET
def thumbnail(request: HttpRequest, pk: int, subjects: Subjects) -> HttpResponseBase:
    attachment = _seen(request, pk, subjects)[0]
    if not attachment.file.is_picture:
        raise Http404
    response = served(store.thumbnail_of(attachment.file.sha256), content_type="image/jpeg")
    response.headers["Cache-Control"] = "private, max-age=600"
    return response


@require_POST
def remove(request: HttpRequest, pk: int, subjects: Subjects) -> HttpResponse:
    """Take a file off: whoever added it may, and whoever may remove any."""
    attachment, found, user = _seen(request, pk, subjects)
    if attachment.by_id != user.pk:
        found.demand(user, REMOVE)
    actions.take_off(attachment, by=user)
    messages.success(request, _("%(name)s was taken off.") % {"name": attachment})
    return redirect(f"{found.url}#files")


def _take_in(request: HttpRequest, user: User, found: Found, title: str) -> None:
    uploads = request.FILES.getlist("file")
    if not uploads or over_limit(request):
        messages.error(request, actions.too_large() if over_limit(request) else _("Choose a file first."))
    count = 0
    for upload in uploads:
        try:
            actions.attach(by=user, model=found.label, object_id=found.pk, upload=upload, title=title)
            count += 1
        except ValidationError as error:
            messages.error(request, f"{upload.name}: {' '.join(error.messages)}")
    if count:
        text = ngettext("%(count)d file added.", "%(count)d files added.", count)
        messages.success(request, text % {"count": count})


def _seen(request: HttpRequest, pk: int, subjects: Subjects) -> tuple[Attachment, Found, User]:
    """The attachment, what it hangs on, and who asks; 404 unless that may be seen with its files."""
    user = signed_in(request)
    attachment = get_object_or_404(Attachment.objects.select_related("file"), pk=pk, archived=False)
    found = find(subjects, user, attachment.model, attachment.object_id)
    if not found.may(user, VIEW):
        raise Http404
    return attachment, found, user


def served(path: Path, *, content_type: str, as_attachment: bool = False, filename: str = "") -> FileResponse:
    """A stored file that no browser may take for anything else, nor run."""
    try:
        stream = path.open("rb")
    except FileNotFoundError as gone:
        raise Http404(_("The file is no longer in the store.")) from gone
    response = FileResponse(stream, as_attachment=as_attachment, filename=filename, content_type=content_type)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = LOCKED
    response.headers["Cache-Control"] = "private, no-store"
    return response
