"""A session before anybody's hours are written down: people enrolled, the sheet numbered, held or called off."""

from collections.abc import Iterable, Sequence

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from inventory.models import Asset
from itops.database.actor import acting, because
from itops.organisation.models import Person, User
from workforce.models import AttendanceSheet, Enrolment, SessionState, TrainingSession

NUMBERING = 0x71D4  # the advisory lock of whoever gives the next sheet its number


def enrol(session: TrainingSession, people: Iterable[Person], *, by: User) -> int:
    """Put people on the list; those who stand on it stay. Only while it is planned or just held."""
    with acting(by.actor), transaction.atomic():
        if _locked(session).state == SessionState.CANCELLED:
            raise ValidationError(_("The session was called off."), code="cancelled")
        rows = [Enrolment(session=session, person=person) for person in people]
        before = session.enrolments.count()
        Enrolment.objects.bulk_create(rows, ignore_conflicts=True)
        return session.enrolments.count() - before


def take_off_list(session: TrainingSession, person: Person, *, by: User) -> None:
    """Somebody will not take part after all; refused once hours of theirs are written down."""
    with acting(by.actor), transaction.atomic():
        _locked(session)
        if session.attendances.filter(person=person).exists():
            raise ValidationError(_("Hours of this person are in the log already."), code="recorded")
        session.enrolments.filter(person=person).delete()


def number_sheet(session: TrainingSession, *, by: User) -> AttendanceSheet:
    """The session's attendance sheet; its number is the next of its year and never changes."""
    with acting(by.actor), transaction.atomic():
        _locked(session)
        found = AttendanceSheet.objects.filter(session=session).first()
        if found:
            return found
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [NUMBERING])
        year = session.day.year
        last = AttendanceSheet.objects.filter(year=year).aggregate(last=Max("serial"))["last"] or 0
        return AttendanceSheet.objects.create(
            session=session, year=year, serial=last + 1, made_at=timezone.now(), made_by=by
        )


def hold(
    session: TrainingSession, *, by: User, cost_fen: int | None = None, computers: Sequence[Asset] = ()
) -> None:
    """It took place. Refused before its end, and once it was held or called off."""
    with acting(by.actor), transaction.atomic():
        _demand_planned(_locked(session))
        if session.end > timezone.now():
            raise ValidationError(_("The session is not over yet."), code="future")
        number_sheet(session, by=by)
        session.computers.set(computers)
        session.cost_fen = session.cost_fen if cost_fen is None else cost_fen
        session.state = SessionState.HELD
        session.save(update_fields=["state", "cost_fen"])


def call_off(session: TrainingSession, *, by: User, reason: str) -> None:
    """It does not take place; why is kept."""
    if not reason.strip():
        raise ValidationError({"reason": _("Say why.")}, code="reason")
    with acting(by.actor), because(reason), transaction.atomic():
        _demand_planned(_locked(session))
        session.state, session.closed_reason = SessionState.CANCELLED, reason.strip()
        session.save(update_fields=["state", "closed_reason"])


def _locked(session: TrainingSession) -> TrainingSession:
    """As it stands now; nobody else changes it until the transaction ends."""
    return TrainingSession.objects.select_for_update().get(pk=session.pk)


def _demand_planned(session: TrainingSession) -> None:
    if not session.is_planned:
        raise ValidationError(_("The session was held or called off already."), code="closed")
