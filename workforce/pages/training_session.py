"""One session: its steps, its people and their hours, what the equipment says, and what came of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django_stubs_ext import StrOrPromise

from itops.audit.panel import changes_panel
from itops.crud.amounts import yuan_in_rows
from itops.crud.pages.detail import actions, panels
from itops.organisation.actions.access_records import record_view
from itops.organisation.models import Person, User
from itops.organisation.scope import may, signed_in, visible
from workforce.models import Attendance, Explanation, TrainingSession
from workforce.pages.sessions import TRAINING_SESSIONS
from workforce.pages.training_words import TESTIMONY_WORDS
from workforce.queries.testimony import Effect, effect, equipment_says
from workforce.schemes.witness import Witnessed

MONTHS_AFTER = 3
ENROL, RECORD = "workforce.change_trainingsession", "workforce.add_attendance"
REVERSE, ASK = "workforce.reverse_attendance", "workforce.ask_explanation"


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the way; `state` is done, now or later."""

    label: StrOrPromise
    state: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Participant:
    """Somebody enrolled, with what stands in the log."""

    person: Person
    row: Attendance | None


def page(request: HttpRequest, pk: int) -> HttpResponse:
    user = signed_in(request)
    session = find(user, pk)
    context = context_of(request, session, user)
    note_look(request, session)
    return render(request, "workforce/training_session.html", context)


def note_look(request: HttpRequest, session: TrainingSession) -> None:
    """Who takes part was shown."""
    record_view(request, what="training", count=session.enrolments.count(), place=session.place)


def find(user: User, pk: int) -> TrainingSession:
    """The session, if it lies in the user's scope; else there is none (404)."""
    seen = TRAINING_SESSIONS.visible(user).select_related("course", "plan", "place", "room")
    found: TrainingSession = get_object_or_404(seen, pk=pk)
    return found


def context_of(request: HttpRequest, session: TrainingSession, user: User) -> dict[str, object]:
    rows = list(session.attendances.select_related("person__office", "recorded_by", "approved_by"))
    people = _participants(session, rows)
    standing = [one.row for one in people if one.row]
    said = equipment_says(session, len(standing)) if session.is_held else None
    return {
        "resource": TRAINING_SESSIONS,
        "session": session,
        "instance": session,
        "sheet": getattr(session, "sheet", None),
        "steps": _steps(session, people, standing),
        "people": people,
        "receipts": bool(standing),
        "to_record": [one.person for one in people if one.row is None],
        "taken_back": [row for row in rows if row.reversed_at],
        "overdue": session.is_planned and session.day < timezone.localdate(),
        "over": session.end <= timezone.now(),
        "witness": said,
        "witness_words": said and TESTIMONY_WORDS[said.testimony],
        "explanation": Explanation.objects.filter(session=session).first(),
        "effect": _effect(session),
        "cost": yuan_in_rows(session.cost_fen),
        "may": _allowed(user, session),
        "offered": _offered(user, session) if may(user, ENROL, session.place) else [],
        "computers": session.place.assets.current().filter(kind="computer") if session.is_planned else [],
        "allowed": actions(TRAINING_SESSIONS, user, session) if session.is_planned else [],
        "panels": panels(TRAINING_SESSIONS, request, session),
        "changes": changes_panel(user, session),
    }


def _participants(session: TrainingSession, rows: Sequence[Attendance]) -> list[Participant]:
    standing = {row.person_id: row for row in rows if not row.reversed_at}
    enrolled = session.enrolments.select_related("person__office__place")
    return [Participant(person=one.person, row=standing.get(one.person_id)) for one in enrolled]


def _steps(
    session: TrainingSession, people: Sequence[Participant], standing: Sequence[Attendance]
) -> list[Step]:
    if session.state == "cancelled":
        return [Step(_("Called off"), "done", session.closed_reason)]
    signed = sum(1 for row in standing if row.signed_at)
    counting = sum(1 for row in standing if row.counts)
    done = [
        (_("Planned"), True, f"{session.day:%Y-%m-%d}"),
        (_("Enrolled"), bool(people), _("%(n)d people") % {"n": len(people)}),
        (_("Held"), session.is_held, ""),
        (_("Hours in the log"), bool(standing), _("%(n)d people") % {"n": len(standing)}),
        (
            _("Trainees signed"),
            bool(standing) and signed == len(standing),
            f"{signed} / {len(standing)}" if standing else "",
        ),
        (
            _("Approved, counts"),
            bool(standing) and counting == len(standing),
            f"{counting} / {len(standing)}" if standing else "",
        ),
    ]
    first_open = next((at for at, (_label, is_done, _note) in enumerate(done) if not is_done), len(done))
    return [
        Step(
            label,
            "done" if is_done else "now" if at == first_open else "later",
            note if is_done or note else "",
        )
        for at, (label, is_done, note) in enumerate(done)
    ]


def _allowed(user: User, session: TrainingSession) -> dict[str, bool]:
    named = {"enrol": ENROL, "record": RECORD, "reverse": REVERSE, "ask": ASK}
    return {name: may(user, permission, session.place) for name, permission in named.items()}


def _offered(user: User, session: TrainingSession) -> list[Person]:
    """Whom the account may put on the list: everybody in its scope who is not on it."""
    people = visible(Person.objects.filter(archived=False), user, "organisation.view_person", "office__place")
    others = people.exclude(enrolments__session=session).select_related("office__place")
    return list(others.order_by("office__place__position", "office", "pinyin"))


def _effect(session: TrainingSession) -> Effect | None:
    return effect(session, MONTHS_AFTER, timezone.localdate()) if session.is_held else None


def signed_in_number(session: TrainingSession) -> int:
    return int(session.attendances.standing().count())


def seen_of(session: TrainingSession) -> Witnessed:
    return equipment_says(session, signed_in_number(session))
