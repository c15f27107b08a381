"""What the tables say of each entry of the sealed log that they stand in."""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import F, QuerySet
from django.utils import timezone

from itops.organisation.models import User
from itops.organisation.scope import visible
from workforce.actions.attendance import tenths
from workforce.ledger.canonical import Json
from workforce.ledger.kinds import Kind
from workforce.models import (
    Attempt,
    Attendance,
    Certificate,
    Explanation,
    LegacyTraining,
    LogEntry,
    TargetSheet,
)
from workforce.queries.log_state import SEEN
from workforce.schemes.agreement import Recorded

OF_PERSON, OF_SESSION = "person__office__place", "session__place"


@dataclass(frozen=True, slots=True)
class _Table:
    """A table whose rows stand in the log. `at` is when they came there ("": the row does not say)."""

    kind: Kind
    rows: Callable[[], QuerySet[Any]]
    entry: str
    at: str
    place: str
    told: Callable[[Sequence[Any]], Recorded]


def recorded(seqs: Collection[int], kinds: Collection[str]) -> Mapping[int, Recorded]:
    """By number of the entry; only tables are asked whose rows stand in the log as one of these kinds."""
    found = {}
    for table in (one for one in _tables() if one.kind in kinds):
        by_entry = defaultdict(list)
        for row in table.rows().filter(**{f"{table.entry}__in": seqs}).order_by():
            by_entry[getattr(row, table.entry)].append(row)
        found.update({seq: table.told(rows) for seq, rows in by_entry.items()})
    return found


def numbers_without_entry(user: User, begin: datetime, end: datetime) -> set[int]:
    """Of records of that time whose entry the log does not have. One statement."""
    first, *others = (_lacking(table, user, begin, end) for table in _tables())
    return {row[0] for row in first.union(*others)}


def _lacking(table: _Table, user: User, begin: datetime, end: datetime) -> QuerySet[Any, Any]:
    rows = table.rows().filter(**{f"{table.entry}__isnull": False})
    if table.at:
        rows = rows.filter(**{f"{table.at}__gte": begin, f"{table.at}__lt": end})
    rows = rows.exclude(**{f"{table.entry}__in": LogEntry.objects.values("pk")})
    seen = visible(rows, user, SEEN, table.place).order_by()
    numbers: QuerySet[Any, Any] = seen.annotate(of_entry=F(table.entry)).values_list("of_entry")
    return numbers


def _of_hours(rows: Sequence[Attendance]) -> Recorded:
    row = rows[0]
    begins, ends = timezone.localtime(row.during.lower), timezone.localtime(row.during.upper)
    return Recorded(
        kind=Kind.TRAINING_ENTRY,
        says={
            "session": row.session_id,
            "person": row.person_id,
            "day": row.day.isoformat(),
            "begins": f"{begins:%H:%M}",
            "ends": f"{ends:%H:%M}",
            "hours_tenths": tenths(row.hours),
            "category": row.category,
        },
        signed=_without_none(trainee=row.signed_entry, approver=row.approved_entry),
        reversed_by=row.reversed_entry,
    )


def _of_attempt(rows: Sequence[Attempt]) -> Recorded:
    row = rows[0]
    return Recorded(
        kind=Kind.ASSESSMENT_RESULT,
        says={
            "person": row.person_id,
            "day": row.day.isoformat(),
            "attempt": row.number,
            "score_tenths": tenths(row.score),
            "pass_tenths": tenths(row.pass_mark),
            "passed": row.passed,
        },
        reversed_by=row.reversed_entry,
    )


def _of_certificate(rows: Sequence[Certificate]) -> Recorded:
    row = rows[0]
    return Recorded(
        kind=Kind.CERTIFICATE,
        says={
            "person": row.person_id,
            "certificate": row.name,
            "issuer": row.issuer,
            "issued_on": row.issued_on.isoformat(),
            "expires": row.expires.isoformat() if row.expires else None,
            "level": row.level,
        },
        personal={"number": row.number},
        reversed_by=row.reversed_entry,
    )


def _of_sheet(rows: Sequence[TargetSheet]) -> Recorded:
    row = rows[0]
    scores: list[Json] = [
        {
            "indicator": line.indicator.name,
            "weight": line.indicator.weight,
            "score_tenths": tenths(line.score),
            "note": line.note,
        }
        for line in row.scores.all()
    ]
    total = tenths(row.total) if row.total is not None else None
    says: dict[str, Json] = {"sheet": row.pk, "year": row.year, "total_tenths": total, "scores": scores}
    return Recorded(kind=Kind.ASSESSMENT_RESULT, says=says)


def _of_explanation(rows: Sequence[Explanation]) -> Recorded:
    row = rows[0]
    return Recorded(
        kind=Kind.EXPLANATION_ASKED,
        says={"session": row.session_id, "signed_in": row.signed_in, "minutes_on": int(row.minutes)},
        signed=_without_none(answer=row.answered_entry),
    )


def _of_legacy(rows: Sequence[LegacyTraining]) -> Recorded:
    return Recorded(
        kind=Kind.LEGACY_IMPORT,
        says={
            "rows": len(rows),
            "hours_tenths": tenths(sum((row.hours for row in rows), Decimal(0))),
            "first": min(row.day for row in rows).isoformat(),
            "last": max(row.day for row in rows).isoformat(),
        },
    )


def _without_none(**numbers: int | None) -> dict[str, int]:
    return {role: seq for role, seq in numbers.items() if seq is not None}


def _sheets() -> QuerySet[TargetSheet]:
    return TargetSheet.objects.exclude(signed_at=None).prefetch_related("scores__indicator")


def _tables() -> tuple[_Table, ...]:
    return (
        _Table(Kind.TRAINING_ENTRY, Attendance.objects.all, "entry", "recorded_at", OF_PERSON, _of_hours),
        _Table(Kind.ASSESSMENT_RESULT, Attempt.objects.all, "entry", "recorded_at", OF_PERSON, _of_attempt),
        _Table(Kind.CERTIFICATE, Certificate.objects.all, "entry", "recorded_at", OF_PERSON, _of_certificate),
        _Table(Kind.ASSESSMENT_RESULT, _sheets, "entry", "signed_at", "place", _of_sheet),
        _Table(
            Kind.EXPLANATION_ASKED,
            Explanation.objects.all,
            "asked_entry",
            "asked_at",
            OF_SESSION,
            _of_explanation,
        ),
        _Table(Kind.LEGACY_IMPORT, LegacyTraining.objects.all, "entry", "", OF_PERSON, _of_legacy),
    )
