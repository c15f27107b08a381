"""A file run through against what is recorded: what it adds, changes and leaves, and all that is wrong with it.

The dry run is the real one, taken back at its end: what the preview says is what happens.
"""

import hashlib
from collections import Counter
from collections.abc import Callable, Container, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import orjson
from django.db import IntegrityError, transaction
from django_stubs_ext import StrOrPromise

from itops.crud.batch import Problem as CellProblem
from itops.crud.intake import Taken, take_columns
from itops.crud.resource import Resource
from itops.database.actor import acting
from itops.exchange import said, writing
from itops.exchange.cells import Cells, Problems
from itops.exchange.columns import columns, meanings
from itops.exchange.existing import Existing, existing
from itops.exchange.garbage import left_alone
from itops.exchange.identity import Key
from itops.exchange.order import in_order
from itops.exchange.outcome import MOST_SHOWN, Change, Difference, Keep, Outcome
from itops.exchange.reading.faults import Fault, Unreadable
from itops.exchange.reading.sheets import Found, meant, read
from itops.exchange.reading.text import Row
from itops.exchange.reading.values import armed, yuan
from itops.exchange.reading.words import key
from itops.exchange.said import LONGEST_SHOWN, Problem, sentence
from itops.exchange.shown import shown
from itops.exchange.states import ByIndex, State, States, with_links
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
    return meant(read(data), lambda cell: known.get(key(armed(cell))))


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
    states: States = field(init=False)
    suggestions: Suggestions = field(init=False)
    earlier: dict[Key, int] = field(default_factory=dict)
    lacking: Counter[str] = field(default_factory=Counter)
    result: Outcome = field(default_factory=Outcome)
    seal: Any = field(default_factory=hashlib.sha256)

    def __post_init__(self) -> None:
        self.cells = Cells(self.found.heading)
        self.states = States.shown_by(self.found.heading.columns)
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
        taken = take_columns(
            self.resource,
            columns,
            user=self.user,
            existing=known.instances,
            unrecorded=known.looked_up,
            doubtful=known.problems.keys(),
            fixed=known.fixed,
        )
        self._join(chunk, taken, problems, known.problems.keys())
        good = [n for n, one in enumerate(taken.instances) if one is not None and n not in problems]
        self.result.wrong += len(chunk) - len(good)
        for index in sorted(problems):
            for problem in problems[index]:
                self.result.say(problem)
                self.seal.update(f"{problem.row} {problem.column} {problem.reason}".encode())
        self._write(chunk, taken, good, before)

    def _remembered(self, known: Existing) -> list[State | None]:
        """What the records say before `take_columns` sets the new values on them."""
        return [None if one is None else self.states.of(one) for one in known.instances]

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
            problems[problem.row].append(
                Problem(row, heading, self._value(problem), sentence(problem), self._right(problem))
            )

    def _value(self, problem: CellProblem) -> str:
        """As the file says it."""
        value = problem.value
        if isinstance(value, int) and self.cells.in_yuan(problem.field):
            return yuan(value)
        return "" if value is None else str(value)[:LONGEST_SHOWN]

    def _right(self, problem: CellProblem) -> StrOrPromise:
        if self.cells.in_yuan(problem.field):
            return said.IN_YUAN
        known = self.suggestions.for_unknown(problem) if problem.code == "unknown" else ""
        return known or problem.expected

    def _say_missing_columns(self) -> None:
        known = {column.name: column for column in columns(self.resource)}
        for name, rows in self.lacking.items():
            self.result.say(said.missing_column(self.found.heading.row, known[name].headed, rows))

    def _write(
        self,
        chunk: Sequence[Row],
        taken: Taken,
        good: Sequence[int],
        before: Sequence[State | None],
    ) -> None:
        links = self.states.links(taken)
        wanted = [one.wanted for one in links]
        known = {index: old for index in good if (old := before[index]) is not None}
        was = with_links(known, [one.before for one in links])
        now = with_links({index: self.states.of(taken.instances[index]) for index in was}, wanted)
        new = [index for index in good if index not in was]
        changed = {index: old for index, old in was.items() if now[index] != old}
        self._count(chunk, taken, new, changed, now)
        added = with_links({index: self.states.of(taken.instances[index]) for index in new}, wanted)
        self._seal([(chunk[index][0], values) for index, values in added.items()])
        self._seal(
            [(chunk[index][0], taken.instances[index].pk, changed[index], now[index]) for index in changed]
        )
        writing.add([taken.instances[index] for index in new], with_keys=bool(links))
        names = [*sorted(self.states.names(changed, now)), *self.resource.derived]
        writing.change([taken.instances[index] for index in changed], names)
        written = {*new, *changed}
        for one in links:
            one.store([each if index in written else None for index, each in enumerate(taken.instances)])

    def _count(
        self, chunk: Sequence[Row], taken: Taken, new: Sequence[int], changed: ByIndex, now: ByIndex
    ) -> None:
        """How many there are of each sort; the first are told."""
        result = self.result
        for index in new[: MOST_SHOWN - len(result.additions)]:
            result.additions.append(Change(chunk[index][0], str(taken.instances[index])))
        for index in list(changed)[: MOST_SHOWN - len(result.changes)]:
            fields = self._differences(changed[index], now[index])
            result.changes.append(Change(chunk[index][0], str(taken.instances[index]), fields))
        result.added += len(new)
        result.changed += len(changed)
        result.unchanged += len(now) - len(changed)

    def _seal(self, said: object) -> None:
        self.seal.update(_sealed(said))

    def _differences(self, old: State, now: State) -> list[Difference]:
        return [
            (column.headed, shown(column, was), shown(column, becomes))
            for column, was, becomes in zip(self.states.columns, old, now, strict=True)
            if was != becomes
        ]


def _sealed(said: object) -> bytes:
    """The same for the same; numbers and texts that JSON does not know are told as Python does."""
    try:
        return orjson.dumps(said)
    except TypeError:
        return repr(said).encode()
