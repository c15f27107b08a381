"""Training at a glance: who is how far, who will miss the scheme, what is planned and what was forgotten."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from inventory.pages.days import asked_day
from itops.crud.csv_out import csv_response
from itops.crud.directory import townships
from itops.organisation.actions.access_records import record_export, record_view
from itops.organisation.models import Place, User
from itops.organisation.scope import demand_somewhere, granted_paths, signed_in, visible
from workforce.models import (
    AUDIENCE_NAMES,
    Attendance,
    Explanation,
    LegacyTraining,
    Reminder,
    TrainingScheme,
    TrainingSession,
)
from workforce.pages.sessions import TRAINING_SESSIONS
from workforce.queries.progress import PersonProgress, in_service, progress_on
from workforce.schemes.reminders import Reminding

SEEN = "workforce.view_attendance"
MOST_SHOWN = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """Everybody in scope as of the day."""

    day: date
    lines: Sequence[PersonProgress]

    @property
    def asked(self) -> int:
        """People of whom a scheme asks something."""
        return sum(1 for line in self.lines if line.progress)

    @property
    def reached(self) -> int:
        return sum(1 for line in self.lines if line.progress and line.progress.reached)

    @property
    def missing(self) -> int:
        return sum(line.misses for line in self.lines)

    @property
    def unasked(self) -> int:
        return len(self.lines) - self.asked

    @property
    def untold(self) -> int:
        """Of whom nothing says which scheme is theirs."""
        return sum(1 for line in self.lines if not line.person.establishment)


def page(request: HttpRequest) -> HttpResponse:
    user, day = signed_in(request), asked_day(request)
    demand_somewhere(user, SEEN)
    place = _place(request)
    sessions = TRAINING_SESSIONS.visible(user).select_related("course", "place")
    overview = _overview(user, day, place)
    context = {
        "overview": overview,
        "lines": [(line, AUDIENCE_NAMES[line.audience]) for line in overview.lines],
        "today": timezone.localdate(),
        "past": day < timezone.localdate(),
        "place": place,
        "places": townships(request),
        **_around(user, sessions, timezone.localdate()),
    }
    record_view(request, what="training", count=len(overview.lines))
    return render(request, "workforce/training.html", context)


def export(request: HttpRequest) -> HttpResponseBase:
    """What the page shows, as a table."""
    user, day = signed_in(request), asked_day(request)
    demand_somewhere(user, SEEN)
    overview = _overview(user, day, _place(request))
    record_export(request, what="training", count=len(overview.lines))
    head = [
        *(_("Name"), _("Office"), _("For whom"), _("As of"), _("Hours asked"), _("Hours that count")),
        *(_("Not signed by both"), _("Planned"), _("Lacking"), _("Will miss it")),
    ]
    return csv_response(f"training-{day:%Y%m%d}.csv", head, (_row(line, day) for line in overview.lines))


def _row(line: PersonProgress, day: date) -> list[str]:
    stood = line.progress
    cells = [
        *(line.person.name, str(line.person.office), str(AUDIENCE_NAMES[line.audience]), day),
        *((stood.rule.hours, stood.done, stood.unsigned) if stood else ("", "", "")),
        *(line.planned, stood.lacking if stood else "", _("yes") if line.misses else ""),
    ]
    return [str(cell) for cell in cells]


def _overview(user: User, day: date, place: Place | None) -> Overview:
    people = visible(in_service(day), user, SEEN, "office__place")
    if place is not None:
        people = people.filter(office__place__path__under=place.path)
    return Overview(day=day, lines=progress_on(people, day))


def _place(request: HttpRequest) -> Place | None:
    key = request.GET.get("place", "")
    return townships(request).filter(pk=key).first() if key.isdecimal() else None


def _around(user: User, sessions: QuerySet[TrainingSession], today: date) -> dict[str, object]:
    ahead = sessions.filter(state="planned", day__gte=today).order_by("day", "starts")
    overdue = sessions.filter(state="planned", day__lt=today).order_by("day")
    open_rows = visible(Attendance.objects.filter(reversed_at=None), user, SEEN, "person__office__place")
    due = visible(Reminder.objects.open_on(today), user, SEEN, "person__office__place").exclude(
        kind=Reminding.SCHEME  # the table says it of everybody
    )
    asked = visible(Explanation.objects.filter(answered_at=None), user, SEEN, "session__place")
    return {
        "ahead": list(ahead[:MOST_SHOWN]),
        "overdue": list(overdue[:MOST_SHOWN]),
        "unconfirmed": TrainingScheme.objects.filter(confirmed=False).count(),
        "reminders": list(due.select_related("person")[:MOST_SHOWN]),
        "unsigned": open_rows.filter(signed_at=None).count(),
        "unapproved": open_rows.filter(approved_at=None).count(),
        "unanswered": list(asked.select_related("session__course", "session__place")[:MOST_SHOWN]),
        "legacy": visible(LegacyTraining.objects.all(), user, SEEN, "person__office__place").count(),
        "may_approve": bool(granted_paths(user, "workforce.approve_attendance")),
        "may_audit": bool(granted_paths(user, "workforce.view_logentry")),
        "may_plan": bool(granted_paths(user, "workforce.add_trainingsession")),
        "may_import": bool(granted_paths(user, "workforce.add_legacytraining")),
    }
