"""A file run through against what is recorded: what it adds, changes and leaves, and all that is wrong with it.

The dry run is the real one, taken back at its end: what the preview says is what happens.
"""

import hashlib
from collections import Counter
from collections.abc import Callable, Container, Iterator, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Any

from django.db import IntegrityError, transaction

from itops.crud.intake import Taken, take_columns
from itops.crud.resource import Resource
from itops.database.actor import acting
from itops.exchange import said, writing
from itops.exchange.cells import Cells, Problems
from itops.exchange.columns import Column, columns, meanings
from itops.exchange.existing import Existing, existing
from itops.exchange.garbage import left_alone
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

CHUNK = 10_000
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
    with left_alone():
        try:
            found = _found(resource, data)
        except Unreadable as unreadable:
            outcome = Outcome()
            outcome.say(said.of_file(unreadable))
            return outcome
        with acting(actor or by.actor, reason):
            return _tried(Run(resource, found, by, progress), keep, expected)


def _found(resource: Resource, data: bytes) -> Found:
    known = meanings(resource)
    return meant(read(data), lambda cell: known.get(key(cell)))


def _tried(run: "Run", keep: Keep, expected: str) -> Outcome:
    try:
        with transaction.atomic():
            outcome = run.outcome()
            outcome.written = _is_kept(outcome, keep, expected)
            if not outcome.written:
                transaction.set_rollback(True)
    except IntegrityError:
        outcome = Outcome(rows=len(run.found.rows), wrong=len(run.found.rows))
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
    columns: Sequence[Column] = field(init=False)
    values_of: Callable[[Any], tuple[Any, ...]] = field(init=False)
    suggestions: Suggestions = field(init=False)
    earlier: dict[Key, int] = field(default_factory=dict)
    lacking: Counter[str] = field(default_factory=Counter)
    result: Outcome = field(default_factory=Outcome)
    seal: Any = field(default_factory=hashlib.sha256)

    def __post_init__(self) -> None:
        self.cells = Cells(self.found.heading)
        self.columns = [column for column in self.found.heading.columns if column.field is not None]
        self.values_of = _values_of([str(column.field.attname) for column in self.columns])
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
        columns, problems = self.cells.read(chunk)
        known = existing(self.resource, self.cells, chunk, columns, self.user, self.earlier)
        for index, wrong in known.problems.items():
            problems[index].append(wrong)
        before = self._remembered(known)
        taken = take_columns(self.resource, columns, user=self.user, existing=known.instances)
        self._join(chunk, taken, problems, known.problems.keys())
        good = [n for n, one in enumerate(taken.instances) if one is not None and n not in problems]
        self.result.wrong += len(chunk) - len(good)
        for index in sorted(problems):
            for problem in problems[index]:
                self.result.say(problem)
                self.seal.update(f"{problem.row} {problem.column} {problem.reason}".encode())
        self._write(chunk, taken, good, before)

    def _remembered(self, known: Existing) -> list[tuple[Any, ...] | None]:
        """What the records say before `take_columns` sets the new values on them."""
        return [None if one is None else self._values(one) for one in known.instances]

    def _values(self, instance: Any) -> tuple[Any, ...]:
        return self.values_of(instance.__dict__)

    def _join(
        self,
        chunk: Sequence[Row],
        taken: Taken,
        problems: Problems,
        doubtful: Container[int],
    ) -> None:
        """What the intake says, by the file's own headings; a column that is missing is said once.

        Of a row whose record is in doubt nothing is said that holds for additions alone.
        """
        for problem in taken.problems:
            row, _cells = chunk[problem.row]
            heading = self.cells.headed(problem.field)
            if problem.row in doubtful and problem.code in OF_ADDITIONS:
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
        new = [index for index in good if before[index] is None]
        after = {index: self._values(taken.instances[index]) for index in good if before[index] is not None}
        changed = [index for index, now in after.items() if now != before[index]]
        for index in new[: MOST_SHOWN - len(self.result.additions)]:
            self.result.additions.append(Change(chunk[index][0], str(taken.instances[index])))
        for index in changed[: MOST_SHOWN - len(self.result.changes)]:
            one, old = taken.instances[index], before[index] or ()
            self.result.changes.append(
                Change(chunk[index][0], str(one), self._differences(old, after[index]))
            )
        self.result.added += len(new)
        self.result.changed += len(changed)
        self.result.unchanged += len(good) - len(new) - len(changed)
        self._seal([(chunk[index][0], self._values(taken.instances[index])) for index in new])
        self._seal(
            [(chunk[index][0], taken.instances[index].pk, before[index], after[index]) for index in changed]
        )
        writing.add([taken.instances[index] for index in new])
        names = {
            column.name
            for index in changed
            for column, was, becomes in zip(self.columns, before[index] or (), after[index], strict=True)
            if was != becomes
        }
        writing.change(
            [taken.instances[index] for index in changed], [*sorted(names), *self.resource.derived]
        )

    def _seal(self, said: object) -> None:
        self.seal.update(repr(said).encode())

    def _differences(self, old: Sequence[Any], now: Sequence[Any]) -> list[tuple[str, str, str]]:
        return [
            (column.heading(), shown(column, was), shown(column, becomes))
            for column, was, becomes in zip(self.columns, old, now, strict=True)
            if was != becomes
        ]


def _values_of(attnames: Sequence[str]) -> Callable[[Any], tuple[Any, ...]]:
    """Always a tuple, of one value and of none too."""
    if len(attnames) > 1:
        return itemgetter(*attnames)
    return lambda said: tuple(said[name] for name in attnames)
