"""Paper records from before the log: taken in by file, shown as what they are, unverified."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from itops.organisation.models import Place, User
from itops.organisation.scope import demand_somewhere, granted_paths, signed_in, visible
from workforce.actions.legacy import take_in
from workforce.models import LegacyTraining

ADD = "workforce.add_legacytraining"
A_PAGE = 50
MOST_TOLD = 20


def page(request: HttpRequest) -> HttpResponse:
    user = signed_in(request)
    demand_somewhere(user, "workforce.view_legacytraining")
    if request.method == "POST":
        return _taken_in(request, user)
    rows = visible(
        LegacyTraining.objects.select_related("person__office"),
        user,
        "workforce.view_legacytraining",
        "person__office__place",
    )
    context = {
        "rows": Paginator(rows, A_PAGE).get_page(request.GET.get("page")),
        "may_add": bool(granted_paths(user, ADD)),
    }
    return render(request, "workforce/legacy.html", context)


def _taken_in(request: HttpRequest, user: User) -> HttpResponse:
    place = Place.objects.filter(path__in=granted_paths(user, ADD)).order_by("level").first()
    if place is None:
        raise PermissionDenied
    try:
        taken = take_in(_file(request), by=user, place=place)
        messages.success(
            request, _("%(n)d paper records were taken in, marked unverified.") % {"n": len(taken)}
        )
    except ValidationError as refused:
        for sentence in refused.messages[:MOST_TOLD]:
            messages.error(request, sentence)
    return redirect("workforce:legacy_training")


def _file(request: HttpRequest) -> UploadedFile:
    upload = request.FILES.get("file")
    if not isinstance(upload, UploadedFile):
        raise ValidationError(_("Choose a file."))
    return upload
