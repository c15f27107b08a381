"""Certificates: whose run out, every one that was shown, and writing one into the log."""

from datetime import timedelta

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from itops.organisation.actions.access_records import record_view
from itops.organisation.models import Person, User
from itops.organisation.scope import demand, demand_somewhere, granted_paths, signed_in, visible
from workforce.actions.certificates import certify, reverse_certificate
from workforce.models import Certificate
from workforce.pages.session_steps import ReasonForm, signed_scan

VIEW, ADD = "workforce.view_certificate", "workforce.add_certificate"
REVERSE = "workforce.reverse_certificate"
WHERE = "person__office__place"
A_PAGE = 30
SOON = timedelta(days=90)


class CertificateForm(forms.ModelForm[Certificate]):
    scan = forms.FileField(label=gettext_lazy("scan (picture or PDF)"), required=False)

    class Meta:
        model = Certificate
        fields = ("person", "name", "number", "issuer", "issued_on", "expires", "skill", "level")
        labels = {"number": gettext_lazy("certificate number")}
        widgets = {
            name: forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
            for name in ("issued_on", "expires")
        }


def page(request: HttpRequest) -> HttpResponse:
    user = signed_in(request)
    demand_somewhere(user, VIEW)
    if request.method == "POST":
        return _written(request, user)
    return _show(request, user, _form(user))


@require_POST
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Reverse a certificate, with its reason."""
    user = signed_in(request)
    found = get_object_or_404(visible(Certificate.objects.all(), user, VIEW, WHERE), pk=pk)
    demand(user, REVERSE, found.person.office.place)
    form = ReasonForm(request.POST)
    try:
        reverse_certificate(found, reason=form.cleaned_data["reason"] if form.is_valid() else "", by=user)
        messages.success(request, _("The entry was reversed. What is right is written down anew."))
    except ValidationError as refused:
        messages.error(request, refused.messages[0])
    return redirect("workforce:certificates")


def _form(user: User, *data: object) -> CertificateForm:
    form = CertificateForm(*data)  # type: ignore[arg-type]
    people = visible(Person.objects.filter(archived=False), user, ADD, "office__place")
    form.fields["person"].queryset = people.order_by("pinyin")  # type: ignore[attr-defined]
    form.fields["skill"].queryset = form.fields["skill"].queryset.filter(archived=False)  # type: ignore[attr-defined]
    return form


def _written(request: HttpRequest, user: User) -> HttpResponse:
    demand_somewhere(user, ADD)
    form = _form(user, request.POST, request.FILES)
    if not form.is_valid():
        return _show(request, user, form, status=422)
    try:
        with transaction.atomic():
            made = _certified(form, user)
    except ValidationError as refused:
        form.add_error(None, refused.messages)
        return _show(request, user, form, status=422)
    said = _("%(certificate)s: #%(entry)d in the log.")
    messages.success(request, said % {"certificate": made, "entry": made.entry})
    return redirect("workforce:certificates")


def _certified(form: CertificateForm, user: User) -> Certificate:
    made, scan = form.instance, form.cleaned_data["scan"]
    demand(user, ADD, made.person.office.place)
    made.scan = signed_scan(scan, user) if isinstance(scan, UploadedFile) else None
    return certify(made, by=user)


def _show(request: HttpRequest, user: User, form: CertificateForm, status: int = 200) -> HttpResponse:
    today = timezone.localdate()
    seen = visible(Certificate.objects.all(), user, VIEW, WHERE)
    standing = seen.filter(reversed_at=None)
    rows = seen.select_related("person__office", "skill", "recorded_by__person", "scan")
    shown = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    record_view(request, what="training", count=len(shown))
    context = {
        "rows": [(one, one.has_expired(today)) for one in shown],
        "page": shown,
        "count": standing.count(),
        "expired": standing.filter(expires__lte=today).count(),
        "soon": standing.filter(expires__gt=today, expires__lte=today + SOON).count(),
        "form": form,
        "may_add": bool(granted_paths(user, ADD)),
        "may_reverse": bool(granted_paths(user, REVERSE)),
        "may_open": bool(granted_paths(user, "workforce.view_logentry")),
    }
    return render(request, "workforce/certificates.html", context, status=status)
