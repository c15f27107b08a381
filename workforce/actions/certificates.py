"""Certificates into the log, with the level of a skill that they show."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from itops.database.actor import acting
from itops.organisation.models import User
from workforce.actions import log
from workforce.actions.attendance import named
from workforce.ledger.canonical import Json
from workforce.ledger.kinds import Kind
from workforce.models import Certificate, Evidence, HeldSkill, LogEntry

WITH_THE_ENTRY = ["recorded_at", "recorded_by", "entry"]


def certify(certificate: Certificate, *, by: User) -> Certificate:
    """Write a certificate that was shown into the log; ValidationError for what cannot be."""
    with acting(by.actor), transaction.atomic():
        _refuse(certificate, by)
        entry = log.append(
            kind=Kind.CERTIFICATE,
            body=_body(certificate),
            by=by.actor,
            place=certificate.person.office.place,
            personal={"person": named(certificate.person), "number": certificate.number},
            files=[certificate.scan] if certificate.scan else (),
        )
        certificate.recorded_at, certificate.recorded_by, certificate.entry = entry.at, by, entry.seq
        certificate.save(force_insert=True)
        _show_level(certificate)
    return certificate


def reverse_certificate(certificate: Certificate, *, reason: str, by: User) -> None:
    """Take it back as a whole, once, and with it the level that it showed."""
    if not reason.strip():
        raise ValidationError({"reason": _("Say why.")}, code="reason")
    with acting(by.actor), transaction.atomic():
        row = Certificate.objects.select_for_update(of=("self",)).get(pk=certificate.pk)
        entry = log.reverse(entry=LogEntry.objects.get(pk=row.entry), reason=reason, by=by.actor)
        row.reversed_at, row.reversed_entry, row.reason = entry.at, entry.seq, reason.strip()
        row.save(update_fields=["reversed_at", "reversed_entry", "reason"])
        shown = HeldSkill.objects.filter(person=row.person_id, evidence=Evidence.CERTIFICATE)
        shown.filter(reference=_reference(row)).delete()


def _refuse(certificate: Certificate, by: User) -> None:
    certificate.full_clean(exclude=WITH_THE_ENTRY)
    if certificate.issued_on > timezone.localdate():
        raise ValidationError({"issued_on": _("That day is still to come.")}, code="future")
    if certificate.person_id == by.person_id:
        raise ValidationError(_("Nobody writes down a certificate of one’s own."), code="own")


def _body(certificate: Certificate) -> dict[str, Json]:
    return {
        "certificate": certificate.name,
        "issuer": certificate.issuer,
        "issued_on": certificate.issued_on.isoformat(),
        "expires": certificate.expires.isoformat() if certificate.expires else None,
        "skill": certificate.skill.name if certificate.skill else None,
        "level": certificate.level,
        "person": certificate.person_id,
    }


def _show_level(certificate: Certificate) -> None:
    """Where that day already says something of the skill, the certificate stands."""
    if certificate.skill is None:
        return
    HeldSkill.objects.update_or_create(
        person=certificate.person,
        skill=certificate.skill,
        since=certificate.issued_on,
        defaults={
            "level": certificate.level,
            "expires": certificate.expires,
            "evidence": Evidence.CERTIFICATE,
            "reference": _reference(certificate),
        },
    )


def _reference(certificate: Certificate) -> str:
    return f"#{certificate.entry}"
