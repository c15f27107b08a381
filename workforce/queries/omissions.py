"""What the records themselves leave open: sessions without an end, a sheet, signatures or results; hours unproved."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Sum

from itops.organisation.models import User
from itops.organisation.scope import visible
from workforce.models import Attempt, Attendance, LogEntry, Paper, SessionState, TrainingSession

SEEN = "workforce.view_attendance"
NO_FILES = ',"files":[],"kind":'  # as canonical JSON writes it, and only there
STANDS = Q(attendances__reversed_at=None, attendances__isnull=False)
COUNTS = STANDS & Q(attendances__signed_at__isnull=False, attendances__approved_at__isnull=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """A session whose day is past: how far its records go. None: there is nothing to show at that step."""

    session: TrainingSession
    held: bool
    recorded: int
    sheet: bool | None
    counting: int
    results: bool | None

    @property
    def is_closed(self) -> bool:
        whole = self.recorded > 0 and self.counting == self.recorded
        return self.held and whole and bool(self.sheet) and self.results is not False


@dataclass(frozen=True, slots=True, kw_only=True)
class Unproved:
    """Somebody whose hours stand in the log without a file."""

    person: int
    name: str
    office: str
    entries: int
    hours: Decimal


def checked(user: User, since: date, until: date) -> list[Checked]:
    """Every session from day to day that was not called off; the oldest first."""
    past = TrainingSession.objects.filter(day__gte=since, day__lte=until)
    seen = visible(past.exclude(state=SessionState.CANCELLED), user, SEEN)
    papers = Paper.objects.filter(skill=OuterRef("course__skill"), archived=False)
    tried = Attempt.objects.filter(
        paper__skill=OuterRef("course__skill"),
        day__gte=OuterRef("day"),
        reversed_at=None,
        person__enrolments__session=OuterRef("pk"),
    )
    rows = seen.select_related("course", "place").annotate(
        recorded=Count("attendances", STANDS),
        counting=Count("attendances", COUNTS),
        scanned=F("sheet__scan"),
        examinable=Exists(papers),
        examined=Exists(tried),
    )
    return [_checked(row) for row in rows.order_by("day", "pk")]


def _checked(row: TrainingSession) -> Checked:
    told = row.__dict__  # what the query worked out beside the columns
    held = row.is_held
    return Checked(
        session=row,
        held=held,
        recorded=told["recorded"],
        counting=told["counting"],
        sheet=told["scanned"] is not None if held else None,
        results=told["examined"] if held and told["examinable"] else None,
    )


def unproved(user: User, since: date, until: date) -> Sequence[Unproved]:
    """Hours from day to day sealed without a signed sheet, by person; whoever has most first."""
    rows = visible(
        Attendance.objects.filter(day__gte=since, day__lte=until), user, SEEN, "person__office__place"
    )
    told = (
        _without_file(rows)
        .order_by()
        .values_list("person", "person__name", "person__office__name")
        .annotate(entries=Count("pk"), total=Sum("hours"))
        .order_by("-total", "person__pinyin")
    )
    return [
        Unproved(person=person, name=name, office=office, entries=entries, hours=total)
        for person, name, office, entries, total in told
    ]


def _without_file(rows: QuerySet[Attendance]) -> QuerySet[Attendance]:
    sealed_alone = LogEntry.objects.filter(pk=OuterRef("entry"), entry__contains=NO_FILES)
    return rows.filter(Exists(sealed_alone), reversed_at=None)
