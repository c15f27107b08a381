"""What an auditor takes from the desk and hands in there: exports, verifiers, evidence, the statement, checkpoints."""

from tempfile import TemporaryFile
from typing import IO

import segno
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from itops.files import store
from itops.files.models import StoredFile
from itops.files.pages import served
from itops.organisation.actions.access_records import record_view
from itops.organisation.address import client_address
from itops.organisation.models import User
from itops.organisation.scope import visible
from workforce.actions.checkpoints import take_checkpoint
from workforce.actions.log_export import Extent, export_log
from workforce.actions.log_scope import reaches_all
from workforce.actions.log_tree import tree_head
from workforce.models import Checkpoint, LogEntry
from workforce.pages.desk import SEAL, demand_desk, shown
from workforce.pages.desk_forms import CheckpointForm, ExportForm
from workforce.queries.log_state import SEEN

VERIFIER = settings.BASE_DIR / "tools" / "verify_log.py"
REFUSED = 422


@require_POST
def export(request: HttpRequest) -> HttpResponseBase:
    """The export as a file; what cannot be exported is told beside the form."""
    user = demand_desk(request)
    form = ExportForm(request.POST, user=user)
    if not form.is_valid():
        return shown(request, user, CheckpointForm(), form, REFUSED)
    try:
        written = _written(user, form.extent(), client_address(request))
    except ValidationError as refused:
        form.add_error(None, refused)
        return shown(request, user, CheckpointForm(), form, REFUSED)
    name = f"training-log-{timezone.localtime():%Y%m%d-%H%M}.zip"
    return FileResponse(written, as_attachment=True, filename=name, content_type="application/zip")


def _written(user: User, extent: Extent, address: str) -> IO[bytes]:
    """A nameless file, which the response closes."""
    target = TemporaryFile()  # noqa: SIM115
    try:
        with transaction.atomic():
            export_log(target, by=user, extent=extent, address=address)
    except BaseException:
        target.close()
        raise
    target.seek(0)
    return target


@require_POST
def hand_in(request: HttpRequest) -> HttpResponse:
    """Keep a copy of a checkpoint that was signed elsewhere."""
    user = demand_desk(request)
    if not reaches_all(user, SEAL):
        raise PermissionDenied
    form = CheckpointForm(request.POST)
    if form.is_valid():
        try:
            taken = take_checkpoint(text=form.cleaned_data["text"], by=user.actor)
        except ValidationError as refused:
            form.add_error("text", refused)
        else:
            said = _(
                "The checkpoint is kept: entries 1 to %(size)d are sealed. Keep your own copy elsewhere."
            )
            messages.success(request, said % {"size": taken.size})
            return redirect("workforce:desk")
    return shown(request, user, form, ExportForm(user=user), REFUSED)


@require_GET
def statement(request: HttpRequest) -> HttpResponse:
    """What is to be signed, to print: the head as it stands now, and the last checkpoint."""
    demand_desk(request)
    head = tree_head()
    if head is None:
        messages.error(request, _("The log has no entries yet."))
        return redirect("workforce:desk")
    last = Checkpoint.objects.order_by("-size", "-id").first()
    context = {
        "head": head,
        "picture": qr(head.statement),
        "last": last,
        "last_picture": qr(last.text) if last else "",
        "printed": timezone.localtime(),
    }
    return render(request, "workforce/log_statement.html", context)


@require_GET
def verifier(request: HttpRequest) -> HttpResponseBase:
    """verify_log.py, as it lies here; an auditor had better have it from elsewhere."""
    demand_desk(request)
    headers = {"Content-Disposition": f'attachment; filename="{VERIFIER.name}"'}
    return HttpResponse(VERIFIER.read_bytes(), content_type="text/x-python", headers=headers)


@require_GET
def evidence(request: HttpRequest, seq: int, sha256: str) -> HttpResponseBase:
    """A file that an entry names by its hash, to whoever may see the entry."""
    user = demand_desk(request)
    entry = get_object_or_404(visible(LogEntry.objects.all(), user, SEEN), pk=seq)
    if not any(file["sha256"] == sha256 for file in entry.fields["files"]):
        raise Http404
    known = StoredFile.objects.filter(sha256=sha256).first()
    kind = known.media_type if known and (known.is_picture or known.media_type == "application/pdf") else ""
    record_view(request, what="training log")
    return served(
        store.path_of(sha256),
        content_type=kind or "application/octet-stream",
        as_attachment=True,
        filename=f"{seq}-{sha256[:12]}",
    )


def qr(text: str) -> str:
    """As a picture that stands in the page itself."""
    return str(segno.make(text, error="m").svg_data_uri(scale=4, border=4))
