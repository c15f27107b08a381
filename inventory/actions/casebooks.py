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

from inventory import marks
from inventory.actions.as_of import AsOf
from inventory.actions.verdicts import Verdict
from inventory.blocks.casebook import LINE, Line, Lines, entered, packed, unpacked
from inventory.marks.bearing import Told, written
from inventory.marks.due import next_day
from inventory.marks.layers import Policies
from inventory.marks.support_table import Systems
from itops.database.statements import array, rows, run

NUMBERS = "SELECT number FROM inventory_casebook ORDER BY number"
BOOKS = (
    "SELECT number, day, basis, bearings::text, data FROM inventory_casebook WHERE number = ANY(%(numbers)s)"
)
STORE = """
    INSERT INTO inventory_casebook (number, day, basis, bearings, data)
    VALUES (%(number)s, %(day)s, %(basis)s, %(bearings)s, %(data)s)
    ON CONFLICT (number) DO UPDATE SET day = excluded.day, basis = excluded.basis,
        bearings = excluded.bearings, data = excluded.data
"""
# Everything is judged afresh: now, or the next time.
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
    """The casebook of one block; `standing` where what it says was judged by what holds now."""

    number: int
    lines: Lines
    bearings: Sequence[str]
    standing: bool


def basis(policies: Policies, systems: Systems) -> str:
    """Rules, policies and support dates in one name: where it is another, everything is judged afresh."""
    by = [_program(), _policies(policies), repr(sorted(systems.items(), key=repr))]
    return blake2b("\n".join(by).encode(), digest_size=16).hexdigest()


def taken() -> set[int]:
    """The assets that are to be judged afresh; from now on nobody says so any more."""
    [(pending,)] = rows(TAKEN, {})
    return set(pending or ())


def again(assets: Iterable[int]) -> None:
    """Judge these afresh the next time as well."""
    run(AGAIN, {"assets": array(assets)})


def numbers() -> list[int]:
    return [number for (number,) in rows(NUMBERS, {})]


def books(day: date, basis: str) -> Iterator[Book]:
    """One after the other."""
    for number in numbers():
        yield from _books([number], day, basis)


def leave(book: Book, afresh: set[int]) -> set[int]:
    """Take these out of a book, and all when it was judged by what holds no longer; which were there."""
    lines = book.lines
    gone = np.isin(lines["asset"], np.array(sorted(afresh), np.int64)) | (not book.standing)
    book.lines = lines[~gone]
    return set(lines["asset"][gone].tolist())


def store(book: Book, day: date, basis: str) -> None:
    asked = {"number": book.number, "day": day, "basis": basis}
    run(STORE, {**asked, "bearings": json.dumps(list(book.bearings)), "data": packed(book.lines)})


def remember(verdicts: Sequence[Verdict], policies: Policies, day: date, basis: str) -> None:
    """Enter these into their books; those that several endpoints speak for are judged afresh each time."""
    ahead: dict[int, date] = dict(AsOf(day, [one.asset for one in verdicts]).rows(AHEAD))
    entries = defaultdict[int, list[Line]](list)
    others = []
    for one in verdicts:
        if one.simple:
            line = _line(one, policies, day, ahead.get(one.asset, date.max))
            entries[line.book].append(line)
        else:
            others.append(one.asset)
    again(others)
    there = {book.number: book for book in _books(list(entries), day, basis)}
    for number, fresh in entries.items():
        book = there.get(number) or Book(number, np.empty(0, LINE), [], standing=True)
        book.lines, book.bearings = entered(book.lines, book.bearings, fresh)
        store(book, day, basis)


def _books(numbers: Sequence[int], day: date, basis: str) -> Iterator[Book]:
    for number, judged, by, bearings, data in rows(BOOKS, {"numbers": list(numbers)}):
        yield Book(number, unpacked(data), json.loads(bearings), by == basis and judged <= day)


def _line(one: Verdict, policies: Policies, day: date, ahead: date) -> Line:
    told = Told.of(one.judgement, one.answers)
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
        shape=told.shape,
        said=told.said,
    )


def _policies(policies: Policies) -> str:
    by_place = sorted((place, repr(one.version)) for place, one in policies.of_place.items())
    return repr([policies.usual.version, str(policies.usual.settings), by_place])


@cache
def _program() -> str:
    """The rules as they are written: another release may judge otherwise."""
    folder = Path(marks.__file__).parent
    files = [*sorted(folder.glob("*.py")), *sorted(folder.glob("*/*.*"))]
    return blake2b(b"".join(one.read_bytes() for one in files if one.suffix != ".pyc")).hexdigest()
