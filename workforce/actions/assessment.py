"""Assessment into the log: attempts with their score, the level that a pass shows, target sheets signed."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from itops.database.actor import acting
from itops.organisation.models import Person, Place, User
from workforce.actions import log
from workforce.actions.attendance import named, tenths
from workforce.ledger.canonical import Json
from workforce.ledger.kinds import Kind
from workforce.models import (
    Attempt,
    Evidence,
    HeldSkill,
    LogEntry,
    Paper,
    TargetIndicator,
    TargetScore,
    TargetSheet,
)
from workforce.schemes.assessment import HIGHEST, NotTaken, Try, wrongs
from workforce.schemes.employment import employed

NOT_TAKEN = {
    NotTaken.FUTURE: gettext_lazy("That day is still to come."),
    NotTaken.NOT_EMPLOYED: gettext_lazy("The person was not employed that day."),
    NotTaken.SCORE: gettext_lazy("The score lies between nothing and the paper’s highest."),
    NotTaken.OWN: gettext_lazy("Nobody assesses oneself."),
}


def assess(paper: Paper, person: Person, *, day: date, score: Decimal, by: User) -> Attempt:
    """Write an attempt into the log. A pass of a paper with a skill is evidence of its level from that day on."""
    with acting(by.actor), transaction.atomic():
        locked = Person.objects.select_for_update(no_key=True).get(pk=person.pk)
        _refuse(paper, locked, day, score, by)
        tried = Attempt.objects.filter(paper=paper, person=person)
        number = (tried.aggregate(last=Max("number"))["last"] or 0) + 1
        entry = _enter(paper, locked, day, score, number, by)
        attempt = Attempt.objects.create(
            paper=paper,
            person=person,
            number=number,
            day=day,
            score=score,
            pass_mark=paper.pass_mark,
            assessor=by,
            recorded_at=entry.at,
            entry=entry.seq,
        )
        if attempt.passed:
            _show_level(attempt)
        return attempt


def reverse_attempt(attempt: Attempt, *, reason: str, by: User) -> None:
    """Take a result back as a whole, once, and with it the level it showed."""
    if not reason.strip():
        raise ValidationError({"reason": _("Say why.")}, code="reason")
    with acting(by.actor), transaction.atomic():
        row = Attempt.objects.select_for_update(of=("self",)).get(pk=attempt.pk)
        entry = log.reverse(entry=LogEntry.objects.get(pk=row.entry), reason=reason, by=by.actor)
        row.reversed_at, row.reversed_entry, row.reason = entry.at, entry.seq, reason.strip()
        row.save(update_fields=["reversed_at", "reversed_entry", "reason"])
        HeldSkill.objects.filter(
            person=row.person_id, evidence=Evidence.ASSESSMENT, reference=_reference(row)
        ).delete()


def score_sheet(
    place: Place, year: int, *, scores: Mapping[TargetIndicator, tuple[Decimal, str]], by: User
) -> TargetSheet:
    """Score a township's indicators; refused once the sheet is signed."""
    if any(not 0 <= score <= HIGHEST for score, _note in scores.values()):
        raise ValidationError(_("A score lies between 0 and 100."), code="score")
    with acting(by.actor), transaction.atomic():
        sheet, _made = TargetSheet.objects.select_for_update().get_or_create(place=place, year=year)
        _demand_unsigned(sheet)
        for indicator, (score, note) in scores.items():
            TargetScore.objects.update_or_create(
                sheet=sheet, indicator=indicator, defaults={"score": score, "note": note[:300]}
            )
        sheet.scored_by = by
        sheet.save(update_fields=["scored_by"])
        return sheet


def sign_sheet(sheet: TargetSheet, *, by: User) -> None:
    """Somebody other than who scored it signs; from then on it stands in the log."""
    with acting(by.actor), transaction.atomic():
        row = TargetSheet.objects.select_for_update(of=("self",)).select_related("place").get(pk=sheet.pk)
        _demand_unsigned(row)
        total = row.score()
        if total is None:
            raise ValidationError(_("Not every indicator is scored yet."), code="incomplete")
        if row.scored_by_id == by.pk:
            raise ValidationError(_("Whoever scored the sheet cannot sign it."), code="scorer")
        entry = log.append(
            kind=Kind.ASSESSMENT_RESULT,
            body=_of_sheet(row, total),
            by=by.actor,
            place=row.place,
            personal={"signer": named(by.person) if by.person else {"name": by.username}},
        )
        row.total, row.signed_by, row.signed_at, row.entry = total, by, entry.at, entry.seq
        row.save(update_fields=["total", "signed_by", "signed_at", "entry"])


def _refuse(paper: Paper, person: Person, day: date, score: Decimal, by: User) -> None:
    new = Try(day=day, score=score, highest=paper.highest, person=person.pk, assessor=by.person_id)
    spans = employed(person.joined_on, person.left_on, archived=person.archived)
    found = wrongs(new, spans, timezone.localdate())
    if found:
        raise ValidationError([ValidationError(NOT_TAKEN[code], code=code.value) for code in found])


def _enter(paper: Paper, person: Person, day: date, score: Decimal, number: int, by: User) -> LogEntry:
    body: dict[str, Json] = {
        "paper": paper.name,
        "form": paper.form,
        "day": day.isoformat(),
        "attempt": number,
        "score_tenths": tenths(score),
        "pass_tenths": tenths(paper.pass_mark),
        "passed": score >= paper.pass_mark,
        "person": person.pk,
    }
    return log.append(
        kind=Kind.ASSESSMENT_RESULT,
        body=body,
        by=by.actor,
        place=person.office.place,
        personal={"person": named(person)},
    )


def _show_level(attempt: Attempt) -> None:
    """Where that day already says something of the skill, what was shown last that day stands."""
    paper = attempt.paper
    if paper.skill_id is None:
        return
    HeldSkill.objects.update_or_create(
        person=attempt.person,
        skill=paper.skill,
        since=attempt.day,
        defaults={"level": paper.level, "evidence": Evidence.ASSESSMENT, "reference": _reference(attempt)},
    )


def _reference(attempt: Attempt) -> str:
    return f"#{attempt.entry}"


def _demand_unsigned(sheet: TargetSheet) -> None:
    if sheet.signed_at:
        raise ValidationError(_("The sheet is signed and stands in the log."), code="signed")


def _of_sheet(sheet: TargetSheet, total: Decimal) -> dict[str, Json]:
    return {
        "sheet": sheet.pk,
        "year": sheet.year,
        "total_tenths": tenths(total),
        "scores": [
            {
                "indicator": line.indicator.name,
                "weight": line.indicator.weight,
                "score_tenths": tenths(line.score),
                "note": line.note,
            }
            for line in sheet.scores.select_related("indicator")
        ],
    }
