"""Finding the row of headings: a title may stand above it."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from itops.exchange.reading.faults import Fault, Unreadable
from itops.exchange.reading.text import Row

WITHIN = 10  # rows

C = TypeVar("C", bound=Hashable)
Meaning = Callable[[str], C | None]


@dataclass(frozen=True, slots=True)
class Heading(Generic[C]):
    """The row of the headings, and where each column stands."""

    row: int
    columns: Mapping[C, int]
    cells: Sequence[str]
    twice: tuple[str, ...] = ()

    def refuse_twice(self) -> None:
        """Unreadable when two headings mean the same column."""
        if self.twice:
            raise Unreadable(Fault.HEADING_TWICE, row=self.row, right=self.twice)

    def unread(self) -> list[str]:
        """Headings that mean nothing here."""
        taken = set(self.columns.values())
        return [cell for place, cell in enumerate(self.cells) if cell and place not in taken]

    def below(self, rows: Sequence[Row]) -> list[Row]:
        """The rows under the heading that say something."""
        return [(row, cells) for row, cells in rows if row > self.row and any(cells)]


def find(rows: Sequence[Row], meaning: Meaning[C]) -> Heading[C]:
    """The row of the first ten that names the most columns; Unreadable when there is no row at all."""
    candidates = [(row, cells) for row, cells in rows[:WITHIN] if any(cells)]
    if not candidates:
        raise Unreadable(Fault.NO_ROWS)
    row, cells = max(candidates, key=lambda candidate: len(_known(candidate[1], meaning)))
    found = _known(cells, meaning)
    return Heading(row, {column: place for place, column in found}, cells, _twice(found, cells))


def _known(cells: Sequence[str], meaning: Meaning[C]) -> list[tuple[int, C]]:
    named = [(place, meaning(cell)) for place, cell in enumerate(cells) if cell]
    return [(place, column) for place, column in named if column is not None]


def _twice(found: Sequence[tuple[int, C]], cells: Sequence[str]) -> tuple[str, ...]:
    columns = [column for _, column in found]
    return tuple(dict.fromkeys(cells[place] for place, column in found if columns.count(column) > 1))
