"""What the marking remembers from one time to the next: its casebooks, and which assets are to be judged afresh."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from hashlib import blake2b
from pathlib import Path

import numpy as np

from inventory import blocks, marks
from inventory.actions.as_of import AsOf
from inventory.actions.verdicts import Verdict
from inventory.blocks.casebook import LINE, NOT_YET, Line, Lines, entered, packed, unpacked
from inventory.blocks.days import Flags
from inventory.marks.bearing import shape, written
from inventory.marks.due import next_day
from inventory.marks.layers import Policies
from inventory.marks.support_table import Systems
from itops.database.statements import array, rows, run, run_packed
from itops.database.statements import packed as packed_rows

NUMBERS = "SELECT number FROM inventory_casebook ORDER BY number"
STANDING = "SELECT bool_and(basis = %(basis)s AND day <= %(day)s) FROM inventory_casebook"
BOOKS = (
    "SELECT number, bearings::text, data FROM inventory_casebook WHERE number = ANY(%(numbers)s::bigint[])"
)
STORE = """
    INSERT INTO inventory_casebook (number, day, basis, bearings, data)
    VALUES (%(number)s, %(day)s, %(basis)s, %(bearings)s, %(data)b)
    ON CONFLICT (number) DO UPDATE SET day = excluded.day, basis = excluded.basis,
        bearings = excluded.bearings, data = excluded.data
"""
FORGET = "DELETE FROM inventory_casebook; DELETE FROM inventory_pending"
TAKEN = """
    WITH gone AS (DELETE FROM inventory_pending RETURNING asset_id) SELECT array_agg(DISTINCT asset_id) FROM gone
"""
AGAIN = "INSERT INTO inventory_pending (asset_id) SELECT unnest(%(assets)s::bigint[])"
# What is dated ahead, and repairs that will be a year old.
AHEAD = """
    SELECT asset_id, min(day) FROM (
        SELECT asset_id, "on" + 365 FROM inventory_repair WHERE "on" > %(day)s::date - 365 AND "on" <= %(day)s
        UNION ALL SELECT asset_id, "on" FROM inventory_repair WHERE "on" > %(day)s
        UNION ALL SELECT asset_id, "on" FROM inventory_sighting WHERE "on" > %(day)s
        UNION ALL SELECT asset_id, starts FROM inventory_waiver WHERE starts > %(day)s
        UNION ALL SELECT b.asset_id, (lower(b.during) AT TIME ZONE %(zone)s)::date FROM inventory_binding b
            WHERE lower(b.during) >= %(end)s
    ) ahead (asset_id, day)
    WHERE asset_id = ANY(%(assets)s) GROUP BY asset_id
"""


@dataclass(slots=True)
class Book:
    """The casebook of one block."""

    number: int
    lines: Lines
    bearings: Sequence[str]
    changed: bool = False  # since it was read

    def leave(self, gone: Flags) -> set[int]:
        """Take these lines out; whose they were."""
        left = set(self.lines["asset"][gone].tolist())
        self.lines, self.changed = self.lines[~gone], self.changed or bool(left)
        return left

    def enter(self, fresh: Sequence[Line]) -> None:
        self.lines, self.bearings = entered(self.lines, self.bearings, fresh)
        self.changed = True


def basis(policies: Policies, systems: Systems) -> str:
    """Rules, policies and support dates in one name: where it is another, everything is judged afresh."""
    by = [_program(), _policies(policies), repr(sorted(systems.items(), key=repr))]
    return blake2b("\n".join(by).encode(), digest_size=16).hexdigest()


def forget() -> None:
    """Everything is judged afresh: now, or the next time."""
    run(FORGET, {})


def taken() -> set[int]:
    """The assets that are to be judged afresh; from now on nobody says so any more."""
    [(pending,)] = rows(TAKEN, {})
    return set(pending or ())


def again(assets: Iterable[int]) -> None:
    """Judge these afresh the next time as well."""
    run(AGAIN, {"assets": array(assets)})


def standing(day: date, basis: str) -> bool:
    """Whether there are books, and all of them were judged by what holds now."""
    [(holds,)] = rows(STANDING, {"day": day, "basis": basis})
    return bool(holds)


def books() -> Iterator[Book]:
    """One after the other."""
    for (number,) in rows(NUMBERS, {}):
        yield from _books([number])


def remember(
    verdicts: Sequence[Verdict], policies: Policies, day: date, basis: str, books: Iterable[Book] = ()
) -> None:
    """Enter these into their books, of which some are at hand, and store all that changed.

    Those that several endpoints speak for are judged afresh each time.
    """
    ahead: dict[int, date] = dict(AsOf(day, [one.asset for one in verdicts]).rows(AHEAD))
    entries = defaultdict[int, list[Line]](list)
    for one in verdicts:
        if one.simple:
            line = _line(one, policies, day, ahead.get(one.asset, date.max))
            entries[line.book].append(line)
    again(one.asset for one in verdicts if not one.simple)
    there = {book.number: book for book in books}
    there |= {book.number: book for book in _books(entries.keys() - there)}
    for number, fresh in entries.items():
        there.setdefault(number, Book(number, np.empty(0, LINE), [])).enter(fresh)
    for book in there.values():
        if book.changed:
            _store(book, day, basis)


def _store(book: Book, day: date, basis: str) -> None:
    asked = {"number": book.number, "day": day, "basis": basis, "data": packed(book.lines)}
    run_packed(STORE, {**asked, "bearings": json.dumps(list(book.bearings))})
    book.changed = False


def _books(numbers: Iterable[int]) -> Iterator[Book]:
    for number, bearings, data in packed_rows(BOOKS, {"numbers": list(numbers)}):
        yield Book(number, unpacked(data), json.loads(bearings))


def _line(one: Verdict, policies: Policies, day: date, ahead: date) -> Line:
    unused, too = (*(tally.idle_since for tally in one.window.tallies), None, None)[:2]
    endpoint, behind = one.voice.endpoints[0] if one.voice else (0, None)
    alone = one.voice.alone if one.voice else None
    return Line(
        asset=one.asset,
        place=one.place,
        endpoint=endpoint,
        behind=behind or 0,
        first=(alone or date.min).toordinal(),
        due=min(next_day(one.facts, policies.of(one.place), day), ahead).toordinal(),
        bearing=written(one.facts),
        shape=shape(one.judgement, one.answers),
        silent=_ordinal(one.window.silent_since),
        unused=_ordinal(unused),
        unused_too=_ordinal(too),
    )


def _ordinal(day: date | None) -> int:
    return day.toordinal() if day else NOT_YET


def _policies(policies: Policies) -> str:
    by_place = sorted((place, repr(one.version)) for place, one in policies.of_place.items())
    return repr([policies.usual.version, str(policies.usual.settings), by_place])


@cache
def _program() -> str:
    """The rules, and how days are read, as they are written: another release may judge otherwise."""
    folders = [Path(marks.__file__).parent, Path(blocks.__file__).parent]
    files = [one for folder in folders for one in sorted(folder.rglob("*.*"))]
    return blake2b(b"".join(one.read_bytes() for one in files if one.suffix != ".pyc")).hexdigest()
