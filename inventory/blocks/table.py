"""Evidence of one day as columns: what a block holds, and what rows become on their way into one."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any, Self

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]

BLOCK = 4_000  # endpoints that share a block, by their number
BEYOND = 2**40  # more than any endpoint's number
# What a block calls each witness by its place here: only ever add at the end.
WITNESSES = ("ping", "snmp", "mac_table", "http", "tcp", "report", "person")
# A day's later evidence is added to these, so that 0 and "not offered" stay apart.
ADDED = (
    "open_minutes",
    "observable_minutes",
    "seen_minutes",
    "asked_minutes",
    "used_minutes",
    "calls",
    "pages",
    "content_changes",
    "display_on_minutes",
)
LARGEST = ("users", "line_share_p95", "last_cycle")
FIELDS = (*ADDED, *LARGEST, "generated")  # last_cycle in microseconds since 1970, generated as 0 or 1


@dataclass(frozen=True, slots=True)
class Table:
    """Rows in the order of endpoint and witness, each pair once. NaN is "not offered"."""

    endpoint: Whole
    witness: Whole  # places in WITNESSES
    numbers: Mapping[str, Numbers]

    @classmethod
    def of(cls, rows: Iterable[Sequence[Any]]) -> Self:
        """From (endpoint, place of the witness, *FIELDS), in any order; None is "not offered"."""
        return cls.of_columns(list(zip(*rows, strict=True)) or [()] * (len(FIELDS) + 2))

    @classmethod
    def of_columns(cls, columns: Sequence[Sequence[Any]]) -> Self:
        """The same, column by column."""
        endpoint, witness = np.array(columns[0], np.int64), np.array(columns[1], np.int64)
        numbers = {
            name: np.array(column, np.float64) for name, column in zip(FIELDS, columns[2:], strict=True)
        }
        return cls(endpoint, witness, numbers).take(np.lexsort((witness, endpoint)))

    def rows(self) -> list[tuple[Any, ...]]:
        """(endpoint, place of the witness, *FIELDS) with None for "not offered"."""
        known = [
            [None if value != value else value for value in self.numbers[name].tolist()] for name in FIELDS
        ]
        return list(zip(self.endpoint.tolist(), self.witness.tolist(), *known, strict=True))

    def only(self, names: Iterable[str]) -> Self:
        """Some of the columns."""
        return type(self)(self.endpoint, self.witness, {name: self.numbers[name] for name in names})

    def take(self, chosen: npt.NDArray[Any]) -> Self:
        """Some of the rows."""
        return type(self)(
            self.endpoint[chosen],
            self.witness[chosen],
            {name: column[chosen] for name, column in self.numbers.items()},
        )

    def blocks(self) -> list[tuple[int, Self]]:
        """The rows of each block, by its number."""
        numbers = self.endpoint // BLOCK
        starts = np.flatnonzero(np.diff(numbers, prepend=-1))
        ends = np.append(starts[1:], len(numbers))[: len(starts)]
        return [
            (int(numbers[start]), self.take(np.arange(start, end)))
            for start, end in zip(starts, ends, strict=True)
        ]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Evidence of several days; `day` is that of each row, as an ordinal."""

    day: Whole
    table: Table

    @classmethod
    def of(cls, parts: Sequence[tuple[int | Whole, Table]]) -> Self:
        """Parts that say nothing twice: of a day each, or with the day of each row."""
        day = np.concatenate([np.broadcast_to(day, len(table.endpoint)) for day, table in parts])
        tables = [table for _, table in parts]
        names = tables[0].numbers
        return cls(
            day,
            Table(
                np.concatenate([one.endpoint for one in tables]),
                np.concatenate([one.witness for one in tables]),
                {name: np.concatenate([one.numbers[name] for one in tables]) for name in names},
            ),
        )

    def with_more(self, more: "Stretch") -> "Stretch":
        """Both; what both say of one day, endpoint and witness is put together."""
        both = merged([self._by_day_and_endpoint(), more._by_day_and_endpoint()])
        day, endpoint = np.divmod(both.endpoint, BEYOND)
        return Stretch(day, Table(endpoint, both.witness, both.numbers))

    def _by_day_and_endpoint(self) -> Table:
        return Table(self.day * BEYOND + self.table.endpoint, self.table.witness, self.table.numbers)


def merged(tables: Iterable[Table]) -> Table:
    """Evidence of one day from several hands: the sum of what each saw, as if it had come together."""
    return reduce(_merged, tables)


def _merged(one: Table, other: Table) -> Table:
    if not len(one.endpoint) or not len(other.endpoint):
        return one if len(one.endpoint) else other
    endpoint = np.concatenate([one.endpoint, other.endpoint])
    witness = np.concatenate([one.witness, other.witness])
    order = np.lexsort((witness, endpoint))
    endpoint, witness = endpoint[order], witness[order]
    again = (np.diff(endpoint, prepend=-1) == 0) & (np.diff(witness, prepend=-1) == 0)
    second = np.flatnonzero(again)  # each pair is in a table once, so it is here twice at most
    numbers = {}
    for name in one.numbers:
        column = np.concatenate([one.numbers[name], other.numbers[name]])[order]
        column[second - 1] = _both(name, column[second - 1], column[second])
        numbers[name] = column[~again]
    return Table(endpoint[~again], witness[~again], numbers)


def _both(name: str, one: Numbers, other: Numbers) -> Numbers:
    if name in LARGEST:
        return np.fmax(one, other)
    if name == "generated":
        return one * other  # what was really seen makes the day a real one
    both = one + other
    return np.where(np.isnan(one), other, np.where(np.isnan(other), one, both))
