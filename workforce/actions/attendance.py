"""Hours into the log: written down from the sheet, signed by the trainee, approved, or taken back as a whole."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from psycopg.types.range import TimestamptzRange

from itops.database.actor import acting
from itops.files.models import StoredFile
from itops.organisation.models import Person, User
from workforce.actions import log
from workforce.actions.refusals import of_person, of_signature
from workforce.ledger.canonical import Json
from workforce.ledger.kinds import Kind
from workforce.models import Attendance, AttendanceSheet, Enrolment, TrainingSession
from workforce.models.log import LogEntry
from workforce.schemes.employment import Employed, employed
from workforce.schemes.validity import (
    Sitting,
    Unsigned,
    approver_refused,
    trainee_refused,
    wrongs,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of the attendance sheet."""

    person: Person
    hours: Decimal


def record(
    session: TrainingSession, *, lines: Sequence[Line], by: User, scan: StoredFile | None = None
) -> list[Attendance]:
    """Write these hours into the log; all of them, or none and every reason why not (ValidationError)."""
    with acting(by.actor), transaction.atomic():
        held = _locked_session(session)
        people = _locked_people(line.person for line in lines)
        _refuse(held, lines, people)
        sheet = _sheet(held, scan)
        return [_write(held, line, sheet, by) for line in lines]


def sign(attendance: Attendance, *, by: User) -> None:
    """The trainee says that it is so."""
    with acting(by.actor), transaction.atomic():
        row = _locked_row(attendance)
        _demand(trainee_refused(row.as_entry(), by.person_id))
        entry = _sign_off(row, "trainee", by)
        row.signed_entry, row.signed_at = entry.seq, entry.at
        row.save(update_fields=["signed_at", "signed_entry"])


def approve(attendance: Attendance, *, by: User) -> None:
    """Somebody who is neither the trainee nor the recorder approves it."""
    with acting(by.actor), transaction.atomic():
        row = _locked_row(attendance)
        _demand(approver_refused(row.as_entry(), by.pk, by.person_id))
        entry = _sign_off(row, "approver", by)
        row.approved_entry, row.approved_at, row.approved_by = entry.seq, entry.at, by
        row.save(update_fields=["approved_at", "approved_by", "approved_entry"])


def reverse(attendance: Attendance, *, reason: str, by: User) -> None:
    """Take the entry back as a whole, once, and say why. What was right is written down anew."""
    if not reason.strip():
        raise ValidationError({"reason": _("Say why.")}, code="reason")
    with acting(by.actor), transaction.atomic():
        row = _locked_row(attendance)
        if row.reversed_at:
            raise of_signature(Unsigned.REVERSED)
        taken_back = LogEntry.objects.get(pk=row.entry)
        entry = log.reverse(entry=taken_back, reason=reason, by=by.actor)
        row.reversed_entry, row.reversed_at = entry.seq, entry.at
        row.reversed_by, row.reason = by, reason.strip()
        row.save(update_fields=["reversed_at", "reversed_by", "reversed_entry", "reason"])


def _locked_session(session: TrainingSession) -> TrainingSession:
    held = TrainingSession.objects.select_for_update(of=("self",), no_key=True).select_related(
        "course", "place"
    )
    found = held.get(pk=session.pk)
    if not found.is_held:
        raise ValidationError(_("Hours are written down once the session was held."), code="not_held")
    return found


def _locked_people(people: Iterable[Person]) -> Mapping[int, Person]:
    """In one order, so that two recorders never wait for each other; nothing else is written of them meanwhile."""
    keys = {person.pk for person in people}
    locked = Person.objects.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk")
    return {person.pk: person for person in locked}


def _locked_row(attendance: Attendance) -> Attendance:
    locked = Attendance.objects.select_for_update(of=("self",), no_key=True)
    return locked.select_related("session__place", "recorded_by").get(pk=attendance.pk)


def _refuse(session: TrainingSession, lines: Sequence[Line], people: Mapping[int, Person]) -> None:
    if not lines:
        raise ValidationError(_("Nobody stands on the sheet."), code="empty")
    begin, end, now = (timezone.localtime(one) for one in (session.begin, session.end, timezone.now()))
    known = _known(people, begin)
    refused: list[ValidationError] = []
    for line in lines:
        new = Sitting(starts=begin, ends=end, hours=line.hours)
        beside = known.setdefault(line.person.pk, [])
        person = people[line.person.pk]
        refused += of_person(person, wrongs(new, beside, _employment(person), now))
        beside.append(new)
    if refused:
        raise ValidationError(refused)


def _known(people: Mapping[int, Person], begin: datetime) -> dict[int, list[Sitting]]:
    """What stands in the log of these people for that day."""
    found: dict[int, list[Sitting]] = {}
    for row in Attendance.objects.standing().filter(person__in=people, day=begin.date()):
        found.setdefault(row.person_id, []).append(row.as_sitting())
    return found


def _employment(person: Person) -> tuple[Employed, ...]:
    return employed(person.joined_on, person.left_on, archived=person.archived)


def _sheet(session: TrainingSession, scan: StoredFile | None) -> AttendanceSheet:
    sheet = AttendanceSheet.objects.select_for_update().get(session=session)
    if scan is not None:
        sheet.scan = scan
        sheet.save(update_fields=["scan"])
    return sheet


def _write(session: TrainingSession, line: Line, sheet: AttendanceSheet, by: User) -> Attendance:
    Enrolment.objects.get_or_create(session=session, person=line.person)
    entry = log.append(
        kind=Kind.TRAINING_ENTRY,
        body=_body(session, line, sheet),
        by=by.actor,
        place=session.place,
        personal={"trainee": named(line.person)},
        files=[sheet.scan] if sheet.scan else (),
    )
    return Attendance.objects.create(
        session=session,
        person=line.person,
        during=TimestamptzRange(session.begin, session.end),
        day=session.day,
        hours=line.hours,
        category=session.course.category,
        recorded_at=entry.at,
        recorded_by=by,
        entry=entry.seq,
    )


def _body(session: TrainingSession, line: Line, sheet: AttendanceSheet) -> dict[str, Json]:
    return {
        "session": session.pk,
        "course": session.course.name,
        "category": session.course.category,
        "day": session.day.isoformat(),
        "begins": f"{session.starts:%H:%M}",
        "ends": f"{session.ends:%H:%M}",
        "hours_tenths": tenths(line.hours),
        "provider": session.provider,
        "sheet": sheet.number,
        "person": line.person.pk,
    }


def tenths(hours: Decimal) -> int:
    """The log knows whole numbers only."""
    return int(hours * 10)


def named(person: Person) -> dict[str, Json]:
    """Somebody by name, for the personal part of an entry."""
    return {"id": person.pk, "name": person.name, "office": person.office.name}


def _sign_off(row: Attendance, role: str, by: User) -> LogEntry:
    body: dict[str, Json] = {"of": row.entry, "as": role, "session": row.session_id}
    signer = named(by.person) if by.person else {"name": by.username}
    return log.append(
        kind=Kind.SIGN_OFF, body=body, by=by.actor, place=row.session.place, personal={"signer": signer}
    )


def _demand(refusal: Unsigned | None) -> None:
    if refusal is not None:
        raise of_signature(refusal)
