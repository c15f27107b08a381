"""How far the log is sealed, whether it still agrees with its checkpoints, and what was taken back."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from itops.audit.wording import who
from itops.organisation.models import User
from itops.organisation.scope import visible
from workforce.actions.log_tree import tree_head
from workforce.ledger.checkpoints import TreeHead, read_checkpoint
from workforce.ledger.kinds import Kind
from workforce.models import Attempt, Attendance, Checkpoint, LogEntry

SEEN = "workforce.view_logentry"
MONTH_DAYS = 31


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealed:
    """The log's end, the last checkpoint that is here, and whether the two agree."""

    head: TreeHead | None
    checkpoints: Sequence[Checkpoint]
    agrees: bool
    open_since: datetime | None
    legacy: int

    @property
    def size(self) -> int:
        return self.head.size if self.head else 0

    @property
    def last(self) -> Checkpoint | None:
        return self.checkpoints[0] if self.checkpoints else None

    @property
    def to(self) -> int:
        return self.last.size if self.last else 0

    @property
    def open(self) -> int:
        """Entries for which nobody but this server vouches."""
        return max(self.size - self.to, 0)

    @property
    def percent(self) -> int:
        """Of the log, in full tens: enough for a picture."""
        return 100 * self.to // self.size if self.size else 0

    def is_late(self, today: date) -> bool:
        """Nobody has sealed for more than a month, and something waits."""
        return self.open_since is not None and (today - _day(self.open_since)).days > MONTH_DAYS


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenBack:
    """A reversal: what it took back, why, and whether something stands in its stead."""

    seq: int
    of: LogEntry
    at: datetime
    who: str
    reason: str
    what: str = ""
    anew: bool | None = None


def sealed() -> Sealed:
    """As the server knows it: whoever holds a checkpoint of their own believes that one instead."""
    head = tree_head()
    checkpoints = list(Checkpoint.objects.order_by("-size", "-id"))
    last = checkpoints[0] if checkpoints else None
    after = LogEntry.objects.filter(seq__gt=last.size if last else 0).order_by("seq")
    return Sealed(
        head=head,
        checkpoints=checkpoints,
        agrees=last is None or tree_head(last.size) == read_checkpoint(last.text).tree,
        open_since=after.values_list("at", flat=True).first(),
        legacy=LogEntry.objects.filter(kind=Kind.LEGACY_IMPORT).count(),
    )


def taken_back(user: User, most: int) -> tuple[list[TakenBack], int]:
    """The latest reversals in the user's scope, and how many there are."""
    found = visible(LogEntry.objects.filter(kind=Kind.REVERSAL), user, SEEN)
    entries = list(found.select_related("reverses__place").order_by("-seq")[:most])
    numbers = [entry.seq for entry in entries]
    rows = Attendance.objects.filter(reversed_entry__in=numbers).select_related("session__course")
    hours = {row.reversed_entry: row for row in rows}
    tried = {
        row.reversed_entry: row
        for row in Attempt.objects.filter(reversed_entry__in=numbers).select_related("person", "paper")
    }
    standing = _standing(hours.values())
    accounts = accounts_of(str(entry.fields["by"]) for entry in entries)
    told = [
        TakenBack(
            seq=entry.seq,
            of=_reversed(entry),
            at=entry.at,
            who=who(str(entry.fields["by"]), accounts),
            reason=str(entry.body["reason"]),
            what=str(hours[entry.seq].session if entry.seq in hours else tried.get(entry.seq, "")),
            anew=(hours[entry.seq].session_id, hours[entry.seq].person_id) in standing
            if entry.seq in hours
            else None,
        )
        for entry in entries
    ]
    return told, found.count()


def _reversed(entry: LogEntry) -> LogEntry:
    assert entry.reverses is not None
    return entry.reverses


def _standing(rows: Iterable[Attendance]) -> set[tuple[int, int]]:
    """Sessions and people of whom hours still stand in the log."""
    sessions = {row.session_id for row in rows}
    kept = Attendance.objects.filter(session__in=sessions, reversed_at=None)
    return set(kept.order_by().values_list("session", "person"))


def accounts_of(actors: Iterable[str]) -> dict[str, str]:
    """The accounts behind actors such as `user:7`, by name."""
    keys = {actor.partition(":")[2] for actor in actors if actor.startswith("user:")}
    accounts = User.objects.filter(pk__in=[key for key in keys if key.isdecimal()]).select_related("person")
    return {account.actor: str(account) for account in accounts}


def _day(moment: datetime) -> date:
    return timezone.localtime(moment).date()
