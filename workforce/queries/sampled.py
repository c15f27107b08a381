"""Entries drawn from the log for an auditor, with their files and what the equipment says of their day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from itops.organisation.models import Person, User
from itops.organisation.scope import visible
from workforce.ledger.checkpoints import TreeHead
from workforce.ledger.kinds import Kind
from workforce.ledger.samples import drawn
from workforce.models import Attempt, Attendance, Certificate, LogEntry, TargetSheet, TrainingSession
from workforce.queries.log_state import SEEN
from workforce.queries.testimony import equipment_says
from workforce.schemes.witness import Witnessed

TOLD_OF_PEOPLE = (Kind.TRAINING_ENTRY, Kind.ASSESSMENT_RESULT, Kind.CERTIFICATE)
LOOKED_AT = 400  # numbers drawn at most: what is not about people's training is passed over
MANY = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """One entry, and all that stands beside it."""

    entry: LogEntry
    reversed: bool
    row: Attendance | None = None
    attempt: Attempt | None = None
    sheet: TargetSheet | None = None
    certificate: Certificate | None = None
    said: Witnessed | None = None

    @property
    def person(self) -> Person | None:
        of = self.row or self.attempt or self.certificate
        return of.person if of else None


def samples(user: User, tree: TreeHead, number: int) -> list[Sample]:
    """The first of those drawn that tell of somebody's training, in the user's scope."""
    order = list(islice(drawn(tree.root, number, tree.size, tree.algorithm), LOOKED_AT))
    found = visible(LogEntry.objects.filter(pk__in=order, kind__in=TOLD_OF_PEOPLE), user, SEEN)
    entries = found.select_related("place", "reversal").in_bulk()
    chosen = [entries[seq] for seq in order if seq in entries][:MANY]
    return _beside(chosen)


def _beside(entries: Sequence[LogEntry]) -> list[Sample]:
    numbers = [entry.seq for entry in entries]
    rows = Attendance.objects.filter(entry__in=numbers).select_related(
        "session__course", "session__place", "session__sheet", "person__office"
    )
    by_entry = {row.entry: row for row in rows}
    attempts = Attempt.objects.filter(entry__in=numbers).select_related("paper", "person__office")
    tried = {attempt.entry: attempt for attempt in attempts}
    scored = {one.entry: one for one in TargetSheet.objects.filter(entry__in=numbers).select_related("place")}
    papers = Certificate.objects.filter(entry__in=numbers).select_related("person__office")
    attested = {one.entry: one for one in papers}
    said = _witnesses({row.session_id: row.session for row in by_entry.values()})
    return [
        Sample(
            entry=entry,
            reversed=hasattr(entry, "reversal"),
            row=(row := by_entry.get(entry.seq)),
            attempt=tried.get(entry.seq),
            sheet=scored.get(entry.seq),
            certificate=attested.get(entry.seq),
            said=said[row.session_id] if row else None,
        )
        for entry in entries
    ]


def _witnesses(sessions: Mapping[int, TrainingSession]) -> dict[int, Witnessed]:
    return {
        key: equipment_says(session, session.attendances.standing().count())
        for key, session in sessions.items()
    }
