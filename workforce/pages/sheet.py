"""The attendance sheet (签到表) to print: numbered, a line for each who is enrolled and some to spare."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from itops.organisation.scope import demand, signed_in
from workforce.actions.sessions import number_sheet
from workforce.pages.training_session import ENROL, find, note_look

SPARE_LINES = 4


def page(request: HttpRequest, pk: int) -> HttpResponse:
    """Without a number there is nothing to print yet: back to the session."""
    session = find(signed_in(request), pk)
    sheet = getattr(session, "sheet", None)
    if sheet is None:
        return redirect("workforce:trainingsession", pk)
    note_look(request, session)
    context = {
        "session": session,
        "sheet": sheet,
        "people": [one.person for one in session.enrolments.select_related("person__office__place")],
        "spare": range(SPARE_LINES),
    }
    return render(request, "workforce/attendance_sheet.html", context)


@require_POST
def number(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the sheet its number and show it."""
    user = signed_in(request)
    session = find(user, pk)
    demand(user, ENROL, session.place)
    number_sheet(session, by=user)
    return redirect("workforce:attendance_sheet", pk)
