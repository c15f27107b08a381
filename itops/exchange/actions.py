"""From a file handed in to rows written: kept, looked at, shown, written. Each step may be done twice without harm."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime, timedelta
from pathlib import PurePath
from typing import Any

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import get_language, override

from itops.crud.resource import Resource
from itops.exchange.languages import in_all
from itops.exchange.models import ImportRun, State
from itops.exchange.outcome import Keep, Outcome
from itops.exchange.progress import telling
from itops.exchange.reading.faults import Unreadable
from itops.exchange.reading.sheets import read
from itops.exchange.reading.spreadsheet import size_inside
from itops.exchange.run_through import Progress, run_through
from itops.files.models import StoredFile
from itops.files.store import drop, path_of
from itops.files.store import keep as keep_file
from itops.organisation.models import User

KEPT_FOR = timedelta(days=30)
JUST_NOW = timedelta(days=1)
AT_ONCE_BYTES = 2**20
AT_ONCE_INSIDE = 20 * 2**20  # what a spreadsheet of that size may unpack to
AT_ONCE_ROWS = 2_000
ONE_WORKER = "SELECT pg_try_advisory_xact_lock(hashtext('exchange.importrun'), %s)"

Resources = Mapping[str, Resource]


def begin(*, by: User, resource: Resource, file_name: str, data: bytes) -> ImportRun:
    """The file is kept; nothing has been looked at yet."""
    return ImportRun.objects.create(
        owner=by,
        resource=resource.key,
        file_name=PurePath(file_name).name[-200:] or "?",
        sha256=keep_file(data),
        size=len(data),
        language=get_language() or "",
    )


def is_small(data: bytes) -> bool:
    """Whether it can be done while its owner waits."""
    if len(data) > AT_ONCE_BYTES:
        return False
    try:
        if size_inside(data) > AT_ONCE_INSIDE:
            return False
        return sum(len(sheet.rows) for sheet in read(data)) <= AT_ONCE_ROWS
    except Unreadable:
        return True


def ask_to_write(run: ImportRun, keep: Keep) -> bool:
    """Whether it was this call that asked: a second one changes nothing."""
    ready = ImportRun.objects.filter(pk=run.pk, state=State.READY)
    return ready.update(state=State.WRITING, keep=keep.value, done=0, moved=False) == 1


def carry_on(pk: int, resources: Resources, *, in_background: bool = False) -> None:
    """Look or write, whichever the run waits for; nothing when it waits for neither or another worker is at it."""
    try:
        if in_background:
            with telling(pk) as progress:
                _step(pk, resources, progress)
        else:
            _step(pk, resources, None)
    except Exception:
        ImportRun.objects.filter(pk=pk).update(state=State.FAILED, finished=timezone.now())
        raise


@transaction.atomic
def _step(pk: int, resources: Resources, progress: Progress | None) -> None:
    """One transaction: what is written and that it is written stand or fall together."""
    with connection.cursor() as cursor:
        cursor.execute(ONE_WORKER, [pk % 2**31])
        if not cursor.fetchone()[0]:
            return
    run = ImportRun.objects.select_related("owner").get(pk=pk)
    if not run.busy:
        return
    writing = run.state == State.WRITING
    with override(run.language or None):
        outcome = run_through(
            resources[run.resource],
            path_of(run.sha256).read_bytes(),
            by=run.owner,
            keep=Keep(run.keep) if writing else Keep.NOTHING,
            reason=run.file_name,
            expected=run.fingerprint if writing else "",
            progress=progress,
        )
    _note(run, outcome, writing=writing)


def _note(run: ImportRun, outcome: Outcome, *, writing: bool) -> None:
    """A writing whose outcome is not the one that was shown is taken back and shown again."""
    ImportRun.objects.filter(pk=run.pk, state=run.state).update(
        state=State.WRITTEN if outcome.written else State.READY,
        moved=writing and not outcome.written,
        finished=timezone.now() if outcome.written else None,
        done=outcome.rows,
        total=outcome.rows,
        added=outcome.added,
        changed=outcome.changed,
        unchanged=outcome.unchanged,
        wrong=outcome.wrong,
        problem_count=outcome.problem_count,
        fingerprint=outcome.fingerprint,
        outcome=_kept(outcome),
    )


def forget_old(now: datetime) -> int:
    """Runs of a month ago go, and their files where nothing else needs them; what they changed stays on record."""
    old = ImportRun.objects.filter(created__lt=now - KEPT_FOR)
    with transaction.atomic():
        files = set(old.values_list("sha256", flat=True))
        count = old.delete()[0]
    for sha256 in files:
        others = ImportRun.objects.filter(sha256=sha256), StoredFile.objects.filter(sha256=sha256)
        if not any(one.exists() for one in others):
            drop(sha256, before=now - JUST_NOW)
    return count


def _kept(outcome: Outcome) -> dict[str, Any]:
    everything = in_all(asdict(outcome))
    return {name: everything[name] for name in ("problems", "changes", "additions", "unread", "sheet")}
