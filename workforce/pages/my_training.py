"""One's own training: how far one is, what is to be signed with one click, what is coming."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from itops.organisation.models import Person
from itops.organisation.scope import signed_in
from workforce.actions.attendance import sign
from workforce.actions.reminders import note
from workforce.models import Attendance, Reminder, SessionState, TrainingSession
from workforce.queries.progress import progress_on


def page(request: HttpRequest) -> HttpResponse:
    """Only ever one's own: nothing here asks for a permission."""
    user = signed_in(request)
    if user.person is None:
        return render(request, "workforce/my_training.html", {"person": None})
    today = timezone.localdate()
    rows = Attendance.objects.filter(person=user.person).select_related("session__course", "session__place")
    [mine] = progress_on(Person.objects.filter(pk=user.person.pk), today)
    context = {
        "person": user.person,
        "mine": mine,
        "reminders": user.person.reminders.open_on(today),
        "to_sign": [row for row in rows if not row.signed_at and not row.reversed_at],
        "signed": [row for row in rows if row.signed_at or row.reversed_at],
        "ahead": TrainingSession.objects.filter(
            enrolments__person=user.person, state=SessionState.PLANNED, day__gte=today
        )
        .select_related("course", "place")
        .order_by("day", "starts"),
        "legacy": user.person.legacy_trainings.all(),
    }
    return render(request, "workforce/my_training.html", context)


@require_POST
def sign_mine(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign for one's own hours; of others' there is none (404)."""
    user = signed_in(request)
    row = get_object_or_404(Attendance, pk=pk, person=user.person_id or 0)
    try:
        sign(row, by=user)
        messages.success(request, _("Signed. The hours count once they are approved."))
    except ValidationError as refused:
        messages.error(request, refused.messages[0])
    return redirect("workforce:my_training")


@require_POST
def note_reminder(request: HttpRequest, pk: int) -> HttpResponse:
    """One's own reminder was read; of others' there is none (404)."""
    user = signed_in(request)
    note(get_object_or_404(Reminder, pk=pk, person=user.person_id or 0), by=user)
    return redirect("workforce:my_training")
