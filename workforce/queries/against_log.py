"""The records of a period held against the sealed log: what lacks its entry, its record, or was changed since."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Q
from django.utils import timezone

from itops.organisation.models import User
from itops.organisation.scope import visible
from workforce.ledger.algorithms import Algorithm
from workforce.ledger.commitments import commitment
from workforce.ledger.kinds import Kind
from workforce.models import LogEntry, LogPersonal
from workforce.queries.log_state import SEEN
from workforce.queries.recorded import numbers_without_entry, recorded
from workforce.schemes.agreement import Difference, Logged, Recorded, differences

HAVE_RECORDS = (
    Kind.TRAINING_ENTRY,
    Kind.ASSESSMENT_RESULT,
    Kind.CERTIFICATE,
    Kind.EXPLANATION_ASKED,
    Kind.LEGACY_IMPORT,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Disagreement:
    """One entry or record, and how the two differ; `entry` None: the log has none."""

    seq: int
    entry: LogEntry | None
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """How many were compared, and those that do not agree, the latest first."""

    compared: int
    disagreements: list[Disagreement]


def compare(user: User, since: date, until: date) -> Comparison:
    """What came into the log, or should have, from day to day."""
    entries = visible(LogEntry.objects.filter(kind__in=HAVE_RECORDS), user, SEEN)
    begin, end = _midnight(since), _midnight(until + timedelta(days=1))
    lacking = numbers_without_entry(user, begin, end)
    seqs = lacking.union(entries.filter(at__gte=begin, at__lt=end).values_list("pk", flat=True))
    logged = _logged(seqs)
    kinds = HAVE_RECORDS if lacking else {entry.kind for entry, _said in logged.values()}
    told = recorded(seqs, kinds)
    found = [
        _compared(seq, told.get(seq), *logged.get(seq, (None, None))) for seq in sorted(seqs, reverse=True)
    ]
    return Comparison(compared=len(seqs), disagreements=[one for one in found if one.differences])


def _compared(seq: int, told: Recorded | None, entry: LogEntry | None, logged: Logged | None) -> Disagreement:
    return Disagreement(seq=seq, entry=entry, differences=differences(told, logged))


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _logged(seqs: Collection[int]) -> dict[int, tuple[LogEntry, Logged]]:
    entries = LogEntry.objects.select_related("place").in_bulk(list(seqs))
    if not entries:
        return {}
    reversals = dict(LogEntry.objects.filter(reverses__in=entries).values_list("reverses", "seq"))
    signed, personal = _signatures(entries), _personal(entries)
    gone = {
        (seq, name) for seq, one in entries.items() for name in one.fields["personal"].keys() - personal[seq]
    }
    missed = {seq for seq, _name in gone - _erased()} if gone else ()
    return {
        seq: (entry, _of_entry(entry, reversals.get(seq), signed[seq], personal[seq], missed=seq in missed))
        for seq, entry in entries.items()
    }


def _of_entry(
    entry: LogEntry,
    reversed_by: int | None,
    signed: Mapping[str, int],
    kept: Mapping[str, LogPersonal],
    *,
    missed: bool,
) -> Logged:
    sealed, algorithm = entry.fields["personal"], Algorithm(entry.fields["alg"])
    opened = all(
        commitment(name, one.value, bytes(one.salt), algorithm) == sealed.get(name)
        for name, one in kept.items()
    )
    return Logged(
        kind=entry.kind,
        body=entry.body,
        personal={name: one.value for name, one in kept.items()},
        sealed=opened and not missed,
        signed=signed,
        reversed_by=reversed_by,
    )


def _signatures(entries: Mapping[int, LogEntry]) -> defaultdict[int, dict[str, int]]:
    """Signatures and answers come after what they are about."""
    found: defaultdict[int, dict[str, int]] = defaultdict(dict)
    said = Q(kind=Kind.SIGN_OFF) | Q(kind=Kind.EXPLANATION_ANSWERED)
    for one in LogEntry.objects.filter(said, seq__gt=min(entries)).iterator():
        if one.body["of"] in entries:
            found[one.body["of"]][one.body.get("as", "answer")] = one.seq
    return found


def _erased() -> set[tuple[int, str]]:
    """What was erased and said to be."""
    bodies = [entry.body for entry in LogEntry.objects.filter(kind=Kind.ERASURE)]
    return {(body["seq"], name) for body in bodies for name in body["names"]}


def _personal(entries: Mapping[int, LogEntry]) -> defaultdict[int, dict[str, LogPersonal]]:
    found: defaultdict[int, dict[str, LogPersonal]] = defaultdict(dict)
    for one in LogPersonal.objects.filter(entry__in=entries):
        found[one.entry_id][one.name] = one
    return found
