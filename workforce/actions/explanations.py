"""Where the equipment contradicts an attendance sheet somebody is asked why; question and answer stand in the log."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from itops.database.actor import acting
from itops.organisation.models import User
from workforce.actions import log
from workforce.ledger.canonical import Json
from workforce.ledger.kinds import Kind
from workforce.models import Explanation, TrainingSession


def ask(session: TrainingSession, *, signed_in: int, minutes: float, by: str, name: str) -> Explanation:
    """Ask once for an explanation; asked again, the first question stands."""
    with acting(by), transaction.atomic():
        locked = TrainingSession.objects.select_for_update(no_key=True).get(pk=session.pk)
        found = Explanation.objects.filter(session=locked).first()
        if found:
            return found
        if not locked.is_held:
            raise ValidationError(
                _("Only of a session that was held an explanation is asked."), code="not_held"
            )
        body: dict[str, Json] = {
            "session": session.pk,
            "day": session.day.isoformat(),
            "signed_in": signed_in,
            "minutes_on": int(minutes),
        }
        entry = log.append(kind=Kind.EXPLANATION_ASKED, body=body, by=by, place=session.place)
        return Explanation.objects.create(
            session=session,
            signed_in=signed_in,
            minutes=minutes,
            asked_at=entry.at,
            asked_by=name[:60],
            asked_entry=entry.seq,
        )


def answer(explanation: Explanation, *, text: str, by: User) -> None:
    """The answer, once; it stays in the log."""
    if not text.strip():
        raise ValidationError({"answer": _("Say what happened.")}, code="empty")
    with acting(by.actor), transaction.atomic():
        row = (
            Explanation.objects.select_for_update(of=("self",))
            .select_related("session__place")
            .get(pk=explanation.pk)
        )
        if row.answered_at:
            raise ValidationError(_("This was answered already; the answer stands."), code="answered")
        body: dict[str, Json] = {"of": row.asked_entry, "session": row.session_id}
        entry = log.append(
            kind=Kind.EXPLANATION_ANSWERED,
            body=body,
            by=by.actor,
            place=row.session.place,
            personal={"answer": text.strip()},
        )
        row.answer, row.answered_by = text.strip(), by
        row.answered_at, row.answered_entry = entry.at, entry.seq
        row.save(update_fields=["answer", "answered_by", "answered_at", "answered_entry"])
