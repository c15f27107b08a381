"""The signs of the assets of a casebook, day by day: kept beside each block of evidence, or read from it and kept.

Signs are kept for the lines of a book and the basis they were read by; the database empties them when the block's
data change. A day of which there are rows is read from these and the block each time.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import blake2b
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from inventory.actions.observed import rows_of_block
from inventory.blocks.casebook import Lines
from inventory.blocks.codec import unpack
from inventory.blocks.days import NEVER, READ, Days, Layer
from inventory.blocks.signs import pack
from inventory.blocks.signs import unpack as unpack_signs
from inventory.blocks.table import BLOCK, Table, merged
from inventory.marks.signs import Part, Signs, read_common, read_use
from inventory.marks.window import Asked
from itops.database.statements import packed, run_packed

# `version` is another after every change of the row.
BLOCKS = """
    SELECT day, version, CASE WHEN kept THEN signs END, CASE WHEN NOT kept THEN data END
    FROM (
        SELECT b.*, b.xmin::text AS version,
            coalesce(b.signs_by = %(by)s AND b.signs IS NOT NULL, false) AND NOT b.day = ANY(%(in_rows)s) AS kept
        FROM inventory_evidenceblock b
        WHERE b.number = %(number)s AND b.day >= %(first)s AND b.day <= %(last)s
    ) each
"""
KEEP = """
    UPDATE inventory_evidenceblock b SET signs = fresh.signs, signs_by = %(by)s
    FROM unnest(%(days)s::date[], %(versions)s::text[], %(signs)b::bytea[]) AS fresh (day, version, signs)
    WHERE b.number = %(number)s AND b.day = fresh.day AND b.xmin::text = fresh.version
"""


@dataclass(frozen=True, slots=True)
class Ordered:
    """The lines of a book, those together whose days are read alike: up to each of `ends` as `asked` says."""

    number: int
    lines: Lines
    asked: Sequence[Asked]
    ends: Sequence[int]

    def parts(self) -> Iterator[tuple[Asked, slice]]:
        starts = (0, *self.ends)
        return ((asked, slice(*ends)) for asked, ends in zip(self.asked, pairwise(starts), strict=True))

    def by(self, basis: str) -> str:
        """For whom signs are read and how, in one name."""
        alike = zip(self.asked, self.ends, strict=True)
        how = repr([(one.kind.value, one.policy.version, end) for one, end in alike])
        said = basis.encode() + how.encode() + self.lines["endpoint"].tobytes()
        return blake2b(said, digest_size=16).hexdigest()

    def read(self, days: Days) -> Signs:
        """Of a grid of the block's endpoints."""
        found = np.zeros((len(days.present), len(self.lines)), np.uint16)
        common = {one.policy.version: read_common(days, one.policy) for one in self.asked}
        for asked, mine in self.parts():
            part = Part(days, len(days.present), self.lines["endpoint"][mine] % BLOCK)
            signs = common[asked.policy.version][:, part.columns]
            found[:, mine] = read_use(signs, part, asked.kind, asked.policy)
        return found


class _Unread(NamedTuple):
    """A day that lies in a block of this version, in rows, or in both."""

    day: date
    rows: Table | None
    block: bytes | None
    version: str

    @property
    def table(self) -> Table:
        parts = [unpack(self.block, READ)] if self.block is not None else []
        return merged([self.rows.only(READ), *parts] if self.rows else parts)


def signs_of(book: Ordered, day: date, length: int, basis: str) -> Signs:
    """Of the last `length` days and each line, whoever the endpoint spoke for."""
    found = np.zeros((length, len(book.lines)), np.uint16)
    if book.number < 0:
        return found  # assets without an endpoint
    start, by = day - timedelta(days=length - 1), book.by(basis)
    in_rows = rows_of_block(book.number, start, day)
    asked = {"number": book.number, "first": start, "last": day, "by": by, "in_rows": list(in_rows)}
    unread = {on: _Unread(on, table, None, "") for on, table in in_rows.items()}
    for on, version, signs, data in packed(BLOCKS, asked):
        if signs is None:
            unread[on] = _Unread(on, in_rows.get(on), data, version)
        else:
            unpack_signs(signs, found[(on - start).days])
    if unread:
        _read(book, [unread[on] for on in sorted(unread)], start, found, by)
    return found


def _read(book: Ordered, unread: Sequence[_Unread], start: date, into: Signs, by: str) -> None:
    """From the first of these days to the last; those between them that are not among them are left alone."""
    first, last = unread[0].day, unread[-1].day
    days, layer = Days.empty(first, (last - first).days + 1, BLOCK), _everybody(book.number)
    for one in unread:
        days.put(one.day, one.table, [layer])
    fresh = book.read(days)
    for one in unread:
        into[(one.day - start).days] = fresh[(one.day - first).days]
    keep = [one for one in unread if one.rows is None]
    told = {
        "number": book.number,
        "by": by,
        "days": [one.day for one in keep],
        "versions": [one.version for one in keep],
        "signs": [pack(into[(one.day - start).days]) for one in keep],
    }
    if keep:
        run_packed(KEEP, told)


def _everybody(number: int) -> Layer:
    endpoints = np.arange(number * BLOCK, (number + 1) * BLOCK)
    return Layer(endpoints, np.arange(BLOCK), np.zeros_like(endpoints), np.full_like(endpoints, NEVER))
