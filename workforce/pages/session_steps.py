"""The steps of a session, each a form that is handed in: enrol, hold, call off, record, reverse, ask, answer."""

from collections.abc import Callable
from decimal import Decimal

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from inventory.models import Asset
from itops.exchange.reading.values import as_fen
from itops.files.actions import keep_file
from itops.files.models import StoredFile
from itops.organisation.models import Person, User
from itops.organisation.scope import demand, signed_in, visible
from workforce.actions import explanations, sessions
from workforce.actions.attendance import Line, record, reverse
from workforce.actions.sheet_files import hours_of, lines_of_file
from workforce.models import Attendance, Enrolment, Explanation, TrainingSession
from workforce.pages.training_session import ASK, ENROL, RECORD, REVERSE, find, seen_of

SHEET_TYPES = frozenset({"application/pdf", "image/jpeg", "image/png", "image/webp", "image/tiff"})
Step = Callable[[HttpRequest, User, TrainingSession], str]


def _step(request: HttpRequest, pk: int, permission: str, carry_out: Step) -> HttpResponse:
    """Carry it out where the account may; a refusal is told in full and nothing was written."""
    user = signed_in(request)
    session = find(user, pk)
    demand(user, permission, session.place)
    try:
        with transaction.atomic():  # a file that came with a refused sheet is not kept either
            said = carry_out(request, user, session)
        messages.success(request, said)
    except ValidationError as refused:
        for sentence in refused.messages:
            messages.error(request, sentence)
    return redirect("workforce:trainingsession", pk)


@require_POST
def enrol(request: HttpRequest, pk: int) -> HttpResponse:
    return _step(request, pk, ENROL, _enrol)


def _enrol(request: HttpRequest, user: User, session: TrainingSession) -> str:
    keys = [key for key in request.POST.getlist("person") if key.isdecimal()]
    people = visible(Person.objects.filter(archived=False), user, "organisation.view_person", "office__place")
    added = sessions.enrol(session, people.filter(pk__in=keys), by=user)
    return ngettext("%(n)d person was enrolled.", "%(n)d people were enrolled.", added) % {"n": added}


@require_POST
def take_off(request: HttpRequest, pk: int, person: int) -> HttpResponse:
    def carry_out(request: HttpRequest, user: User, session: TrainingSession) -> str:
        enrolment = get_object_or_404(
            Enrolment.objects.select_related("person"), session=session, person=person
        )
        sessions.take_off_list(session, enrolment.person, by=user)
        return _("%(name)s was taken off the list.") % {"name": enrolment.person}

    return _step(request, pk, ENROL, carry_out)


@require_POST
def hold(request: HttpRequest, pk: int) -> HttpResponse:
    return _step(request, pk, ENROL, _hold)


def _hold(request: HttpRequest, user: User, session: TrainingSession) -> str:
    typed = request.POST.get("cost", "").strip()
    cost = as_fen(typed) if typed else None
    if typed and (cost is None or cost < 0):
        raise ValidationError(_("The cost is no amount in yuan."), code="cost")
    keys = [key for key in request.POST.getlist("computer") if key.isdecimal()]
    computers = visible(Asset.objects.current(), user, "inventory.view_asset").filter(pk__in=keys)
    sessions.hold(session, by=user, cost_fen=cost, computers=list(computers))
    return _("The session is marked as held; its attendance sheet has a number.")


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=300, required=False)


def _reason(request: HttpRequest) -> str:
    form = ReasonForm(request.POST)
    if not form.is_valid():
        raise ValidationError(_("The reason is too long: at most 300 characters."), code="reason")
    return str(form.cleaned_data["reason"])


@require_POST
def call_off(request: HttpRequest, pk: int) -> HttpResponse:
    def carry_out(request: HttpRequest, user: User, session: TrainingSession) -> str:
        sessions.call_off(session, by=user, reason=_reason(request))
        return _("The session was called off.")

    return _step(request, pk, ENROL, carry_out)


@require_POST
def record_hours(request: HttpRequest, pk: int) -> HttpResponse:
    return _step(request, pk, RECORD, _record)


def _record(request: HttpRequest, user: User, session: TrainingSession) -> str:
    table, scan = request.FILES.get("table"), request.FILES.get("scan")
    lines = lines_of_file(session, _bytes(table)) if table else _ticked(request, session)
    kept = signed_scan(scan, user) if scan else None
    rows = record(session, lines=lines, by=user, scan=kept)
    numbers = {"n": len(rows), "first": rows[0].entry, "last": rows[-1].entry}
    return _("Hours of %(n)d people stand in the log, #%(first)d to #%(last)d.") % numbers


def _bytes(upload: UploadedFile) -> bytes:
    data: bytes = upload.read()
    return data


def signed_scan(upload: UploadedFile, user: User) -> StoredFile:
    """A scanned sheet or certificate as a picture or a PDF; anything else is refused."""
    kept = keep_file(by=user, upload=upload)
    if kept.media_type not in SHEET_TYPES:
        raise ValidationError(_("A scan is a picture or a PDF file."), code="type")
    return kept


def _ticked(request: HttpRequest, session: TrainingSession) -> list[Line]:
    enrolled = [one.person for one in session.enrolments.select_related("person__office")]
    return [
        Line(person=person, hours=_hours(request, person, session))
        for person in enrolled
        if request.POST.get(f"in_{person.pk}")
    ]


def _hours(request: HttpRequest, person: Person, session: TrainingSession) -> Decimal:
    typed = request.POST.get(f"hours_{person.pk}", "").strip()
    try:
        return hours_of(typed) if typed else session.hours
    except ValidationError as refused:
        raise ValidationError(f"{person.name}: {refused.messages[0]}", code="hours") from refused


@require_POST
def take_back(request: HttpRequest, pk: int, row: int) -> HttpResponse:
    def carry_out(request: HttpRequest, user: User, session: TrainingSession) -> str:
        attendance = get_object_or_404(Attendance, session=session, pk=row)
        reverse(attendance, reason=_reason(request), by=user)
        return _("The entry was reversed. What is right is written down anew.")

    return _step(request, pk, REVERSE, carry_out)


@require_POST
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    def carry_out(request: HttpRequest, user: User, session: TrainingSession) -> str:
        said = seen_of(session)
        explanations.ask(
            session, signed_in=said.signed_in, minutes=said.on_minutes, by=user.actor, name=str(user)
        )
        return _("An explanation is asked for, and everybody sees it here.")

    return _step(request, pk, ASK, carry_out)


@require_POST
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    def carry_out(request: HttpRequest, user: User, session: TrainingSession) -> str:
        asked = get_object_or_404(Explanation, session=session)
        explanations.answer(asked, text=request.POST.get("answer", "")[:4000], by=user)
        return _("The answer stands in the log.")

    return _step(request, pk, ENROL, carry_out)
