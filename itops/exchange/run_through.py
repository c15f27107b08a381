"""A file run through against what is recorded: what it adds, changes and leaves, and all that is wrong with it.

The dry run is the real one, taken back at its end: what the preview says is what happens.
"""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import IntegrityError, transaction

from itops.crud.intake import OWN, Taken, derived_too, take
from itops.crud.resource import Resource
from itops.crud.several_taken import SeveralTaken
from itops.database.actor import acting
from itops.exchange import said, writing
from itops.exchange.cells import Cells
from itops.exchange.columns import Column, columns, meanings
from itops.exchange.existing import Existing, existing
from itops.exchange.identity import Key
from itops.exchange.order import in_order
from itops.exchange.outcome import MOST_SHOWN, Change, Keep, Outcome
from itops.exchange.reading.faults import Fault, Unreadable
from itops.exchange.reading.sheets import Found, meant, read
from itops.exchange.reading.text import Row
from itops.exchange.reading.words import key
from itops.exchange.said import LONGEST_SHOWN, Problem
from itops.exchange.shown import shown
from itops.exchange.suggesting import Suggestions
from itops.organisation.models import User

CHUNK = 5_000
OF_ADDITIONS = frozenset(("required", "unique", "unique_together"))

Progress = Callable[[int, int], None]


def run_through(
    resource: Resource,
    data: bytes,
    *,
    by: User,
    keep: Keep,
    reason: str,
    actor: str = "",
    expected: str = "",
    progress: Progress | None = None,
) -> Outcome:
    """
    One transaction: kept as `keep` says, and only if the outcome is the one `expected` by its fingerprint.

    `by` says what may be done where; `reason` (the file's name) and `actor` (else the account) go to the change
    record.
    """
    known = meanings(resource)
    try:
        found = meant(read(data), lambda cell: known.get(key(cell)))
    except Unreadable as unreadable:
        outcome = Outcome()
        outcome.say(said.of_file(unreadable))
        return outcome
    run = Run(resource, found, by, progress)
    try:
        with acting(actor or by.actor, reason), transaction.atomic():
            outcome = run.outcome()
            outcome.written = _is_kept(outcome, keep, expected)
            if not outcome.written:
                transaction.set_rollback(True)
    except IntegrityError:
        outcome = Outcome(rows=len(found.rows), wrong=len(found.rows))
        outcome.say(said.refused_by_database())
    return outcome


def _is_kept(outcome: Outcome, keep: Keep, expected: str) -> bool:
    if keep is Keep.NOTHING or (expected and expected != outcome.fingerprint):
        return False
    return keep is Keep.GOOD_ROWS or not outcome.problem_count


@dataclass(slots=True)
class Run:
    """One file's way through; everything it needs to remember from chunk to chunk."""

    resource: Resource
    found: Found
    user: User
    progress: Progress | None = None
    cells: Cells = field(init=False)
    suggestions: Suggestions = field(init=False)
    earlier: dict[Key, int] = field(default_factory=dict)
    lacking: Counter[str] = field(default_factory=Counter)
    result: Outcome = field(default_factory=Outcome)
    seal: Any = field(default_factory=hashlib.sha256)

    def __post_init__(self) -> None:
        self.cells = Cells(self.found.heading)
        self.suggestions = Suggestions(self.resource, self.user)

    def outcome(self) -> Outcome:
        """Chunk after chunk; the chunks before are written when one is looked at, so that rows may refer to rows."""
        result = self.result
        result.sheet, result.unread = self.found.sheet, self.found.heading.unread()
        if not self.found.rows:
            result.say(said.of_file(Unreadable(Fault.NO_ROWS)))
        for chunk in self._chunks():
            self._take(chunk)
            result.rows += len(chunk)
            if self.progress:
                self.progress(result.rows, len(self.found.rows))
        self._say_missing_columns()
        result.problems.sort(key=lambda problem: problem.row)
        result.fingerprint = self.seal.hexdigest()
        return result

    def _chunks(self) -> Iterator[Sequence[Row]]:
        for batch in in_order(self.resource, self.found.heading, self.found.rows):
            for start in range(0, len(batch), CHUNK):
                yield batch[start : start + CHUNK]

    def _take(self, chunk: Sequence[Row]) -> None:
        values, problems = self.cells.read(chunk)
        known = existing(self.resource, self.cells, chunk, values, self.user, self.earlier)
        for wrong, more in zip(problems, known.problems, strict=True):
            wrong += more
        before = self._remembered(known)
        taken = take(self.resource, values, user=self.user, existing=known.instances)
        self._join(chunk, taken, problems, [bool(wrong) for wrong in known.problems])
        good = [index for index, one in enumerate(taken.instances) if one is not None and not problems[index]]
        self.result.wrong += len(chunk) - len(good)
        for wrong in problems:
            for problem in wrong:
                self.result.say(problem)
                self.seal.update(f"{problem.row} {problem.column} {problem.reason}".encode())
        self._write(chunk, taken, good, before)

    def _remembered(self, known: Existing) -> list[tuple[Any, ...] | None]:
        """What the records say before `take` sets the new values on them."""
        state = self._state()
        return [None if one is None else state(one) for one in known.instances]

    def _state(self) -> Callable[[Any], tuple[Any, ...]]:
        """What the columns of the file show of an instance, in their order but for tags and the like."""
        attnames = [str(column.field.attname) for column in self._columns() if column.own is None]
        keys = [column.own.key for column in self._columns() if column.own is not None]
        if not keys:
            return lambda one: tuple([one.__dict__[name] for name in attnames])
        return lambda one: (
            *(one.__dict__[name] for name in attnames),
            *(one.__dict__[OWN].get(key) for key in keys),
        )

    def _columns(self) -> list[Column]:
        """Fields of the model first, then the county's own."""
        known = [column for column in self.found.heading.columns if column.field is not None]
        return [*known, *(column for column in self.found.heading.columns if column.own is not None)]

    def _join(
        self,
        chunk: Sequence[Row],
        taken: Taken,
        problems: Sequence[list[Problem]],
        doubtful: Sequence[bool],
    ) -> None:
        """What the intake says, by the file's own headings; a column that is missing is said once.

        Of a row whose record is in doubt nothing is said that holds for additions alone.
        """
        for problem in taken.problems:
            row, _cells = chunk[problem.row]
            heading = self.cells.headed(problem.field)
            if doubtful[problem.row] and problem.code in OF_ADDITIONS:
                continue
            if problem.code == "required" and problem.field and not heading:
                self.lacking[problem.field] += 1
                continue
            if any(one.column == heading for one in problems[problem.row]):
                continue
            value = "" if problem.value is None else str(problem.value)
            right = self.suggestions.like(problem.field, value) if problem.code == "unknown" else ""
            problems[problem.row].append(
                Problem(row, heading, value[:LONGEST_SHOWN], problem.sentence, right or problem.expected)
            )

    def _say_missing_columns(self) -> None:
        known = {column.name: column for column in columns(self.resource)}
        for name, rows in self.lacking.items():
            self.result.say(said.missing_column(self.found.heading.row, known[name].heading(), rows))

    def _write(
        self,
        chunk: Sequence[Row],
        taken: Taken,
        good: Sequence[int],
        before: Sequence[tuple[Any, ...] | None],
    ) -> None:
        state, new, changed = self._state(), [], []
        several = self._in_order_of_columns(taken)
        for index in good:
            one, old = taken.instances[index], before[index]
            now = (*state(one), *(held.wanted[index] for held in several))
            if old is not None:
                old = (*old, *(held.before[index] for held in several))
            if old is None:
                new.append(one)
                self._show_addition(chunk[index][0], one)
            elif old != now:
                changed.append(one)
                self._show_change(chunk[index][0], one, old, now)
            else:
                continue
            self.seal.update(f"{chunk[index][0]} {one.pk} {old} {now}".encode())
        self.result.added += len(new)
        self.result.changed += len(changed)
        self.result.unchanged += len(good) - len(new) - len(changed)
        writing.add(new, with_keys=bool(taken.several))
        writing.change(changed, derived_too(taken))
        kept = set(good)
        for one in several:
            one.store([each if index in kept else None for index, each in enumerate(taken.instances)])

    def _in_order_of_columns(self, taken: Taken) -> list[SeveralTaken]:
        known = {one.several.name: one for one in taken.several}
        return [known[column.name] for column in self.found.heading.columns if column.name in known]

    def _show_addition(self, row: int, instance: Any) -> None:
        if len(self.result.additions) < MOST_SHOWN:
            self.result.additions.append(Change(row, str(instance)))

    def _show_change(self, row: int, instance: Any, old: tuple[Any, ...], now: tuple[Any, ...]) -> None:
        if len(self.result.changes) < MOST_SHOWN:
            held = [column for column in self.found.heading.columns if column.several is not None]
            fields = [
                (column.heading(), shown(column, was), shown(column, becomes))
                for column, was, becomes in zip([*self._columns(), *held], old, now, strict=True)
                if was != becomes
            ]
            self.result.changes.append(Change(row, str(instance), fields))
