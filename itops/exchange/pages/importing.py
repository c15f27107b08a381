"""Import: hand a file in, see what it would do and all that is wrong with it, then have it written."""

from django import forms
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from itops.crud.csv_out import csv_response
from itops.crud.parts import Tile
from itops.crud.resource import Resource
from itops.exchange.actions import AT_ONCE_ROWS, ask_to_write, begin, carry_on, is_small
from itops.exchange.languages import in_the_readers
from itops.exchange.models import ImportRun
from itops.exchange.outcome import Keep
from itops.exchange.reading.sheets import MOST_BYTES
from itops.exchange.roof import Exchange
from itops.exchange.template_files import explained
from itops.organisation.models import User
from itops.organisation.scope import signed_in
from itops.wording import filled

MOST_SHOWN = 200
LAST = 5
KINDS = ".csv,.tsv,.txt,.xlsx,.xls,.ods,.xlsm"


class FileForm(forms.Form):
    """The file, whatever its kind."""

    file = forms.FileField(
        label=gettext_lazy("CSV, XLSX, XLS or ODS"),
        allow_empty_file=True,
        error_messages={
            "required": filled(
                gettext_lazy("Choose a file of at most %(megabytes)s MB."), {"megabytes": MOST_BYTES // 2**20}
            )
        },
        widget=forms.FileInput(attrs={"accept": KINDS}),
    )


def begin_page(exchange: Exchange, resource: Resource, request: HttpRequest) -> HttpResponse:
    """What the columns take, templates, and the place to hand the file in."""
    user = signed_in(request)
    if resource.read_only:
        raise Http404
    if not resource.may_somewhere(user, "change"):
        resource.demand(user, "add")
    form = FileForm(request.POST, request.FILES) if request.method == "POST" else FileForm()
    if form.is_bound and form.is_valid():
        return redirect("exchange:run", _begin(exchange, resource, user, form.cleaned_data["file"]))
    context = {
        "resource": resource,
        "form": form,
        "columns": explained(resource),
        "runs": ImportRun.objects.filter(owner=user, resource=resource.key)[:LAST],
    }
    return render(request, "exchange/begin.html", context, status=422 if form.is_bound else 200)


def _begin(exchange: Exchange, resource: Resource, user: User, file: UploadedFile) -> int:
    data = file.read(MOST_BYTES + 1)
    run = begin(by=user, resource=resource, file_name=file.name or "", data=data)
    _go_on(exchange, run, small=is_small(data))
    return run.pk


def _go_on(exchange: Exchange, run: ImportRun, *, small: bool) -> None:
    if small:
        carry_on(run.pk, exchange.resources)
    else:
        exchange.later(run.pk)


def run_page(exchange: Exchange, request: HttpRequest, pk: int) -> HttpResponse:
    """How far it is; once looked at, what it would add and change, and everything that is wrong."""
    run = _own(request, pk)
    outcome = in_the_readers(run.outcome)
    problems = outcome.get("problems", [])
    context = {
        "run": run,
        "resource": exchange.resources.get(run.resource),
        "tiles": _tiles(run),
        "problems": problems[:MOST_SHOWN],
        "changes": outcome.get("changes", []),
        "additions": outcome.get("additions", []),
        "unread": outcome.get("unread", []),
        "sheet": outcome.get("sheet", ""),
    }
    return render(request, "exchange/run.html", context)


def _tiles(run: ImportRun) -> list[Tile]:
    counts = (
        (_("added"), run.added),
        (_("changed"), run.changed),
        (_("unchanged"), run.unchanged),
        (_("rows with errors"), run.wrong),
    )
    return [Tile(capfirst(name), f"{count:,}") for name, count in counts]


def write(exchange: Exchange, request: HttpRequest, pk: int) -> HttpResponse:
    """Everything, or only the good rows if that was chosen; asked twice it is done once."""
    run = _own(request, pk)
    keep = Keep.GOOD_ROWS if request.POST.get("rows") == "good" else Keep.ALL_OR_NOTHING
    if ask_to_write(run, keep):
        _go_on(exchange, run, small=run.total <= AT_ONCE_ROWS)
        run.refresh_from_db()
        if run.moved:
            messages.warning(request, _("Nothing was written: what is recorded has changed. Look again."))
    return redirect("exchange:run", run.pk)


def problems_file(exchange: Exchange, request: HttpRequest, pk: int) -> HttpResponseBase:
    """Everything that is wrong, as CSV."""
    run = _own(request, pk)
    head = [_("Row"), _("Column"), _("Value"), _("What is wrong"), _("What would be right")]
    names = ("row", "column", "value", "reason", "right")
    found = in_the_readers(run.outcome.get("problems", []))
    rows = ([str(problem[name] or "") for name in names] for problem in found)
    return csv_response(f"errors-{run.pk}.csv", head, rows)


def _own(request: HttpRequest, pk: int) -> ImportRun:
    """What was handed in concerns nobody else."""
    return get_object_or_404(ImportRun, pk=pk, owner=signed_in(request))
