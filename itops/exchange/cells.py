"""A file's rows as columns of values: what spreadsheets spoil is noticed, amounts become fen, "#7" becomes an id."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from itops.crud.batch import NOT_GIVEN, OWN
from itops.exchange.columns import Column
from itops.exchange.reading.heading import Heading
from itops.exchange.reading.text import Row
from itops.exchange.reading.values import armed, as_fen, is_formula_error, is_shortened
from itops.exchange.said import Problem, Wrong, of_cell
from itops.extras.custom_fields import FILTER_PREFIX

BY_ID = re.compile(r"#([1-9]\d{0,17})")
SPOILED = frozenset(
    "#0123456789"
)  # what a spoiled cell begins with; asked first because nearly all are sound

Columns = dict[str, list[Any]]
Problems = dict[int, list[Problem]]
"""By the row's index."""


@dataclass(frozen=True, slots=True)
class Cells:
    """How the columns of one file are read."""

    heading: Heading[Column]

    def headed(self, name: str) -> str:
        """The heading under which a field stands in this file, "" when it does not."""
        found = (place for column, place in self.heading.columns.items() if column.name == name)
        return next((self.heading.cells[place] for place in found), "")

    def in_yuan(self, name: str) -> bool:
        """Whether the file says the field in yuan, which is kept in fen."""
        return any(column.money for column in self.heading.columns if column.name == name)

    def read(self, rows: Sequence[Row]) -> tuple[Columns, Problems]:
        """The columns by field, and what is wrong with cells; those are not given."""
        problems: Problems = defaultdict(list)
        for index, (row, cells) in enumerate(rows):
            if len(cells) > len(self.heading.cells):
                problems[index] += self._beyond(row, cells)
        texts = _texts(rows, len(self.heading.cells))
        columns = {
            column.name: self._column(rows, texts[place], column, self.heading.cells[place], problems)
            for column, place in self.heading.columns.items()
        }
        return _with_own(columns, len(rows)), problems

    def _beyond(self, row: int, cells: Sequence[str]) -> Iterator[Problem]:
        """A comma inside a text shifts everything after it."""
        extra = [cell for cell in cells[len(self.heading.cells) :] if cell]
        if extra:
            yield of_cell(Wrong.TOO_MANY_CELLS, row, "", extra[0])

    def _column(
        self, rows: Sequence[Row], texts: Sequence[str], column: Column, heading: str, problems: Problems
    ) -> list[Any]:
        """Columns repeat themselves: every different text is looked at once."""
        values = {text: _value(column, text) for text in set(texts)}
        if any(value.__class__ is Wrong for value in values.values()):
            for index, text in enumerate(texts):
                if (wrong := values[text]).__class__ is Wrong:
                    problems[index].append(of_cell(wrong, rows[index][0], heading, text))
            values = {text: NOT_GIVEN if one.__class__ is Wrong else one for text, one in values.items()}
        return [values[text] for text in texts]


def _texts(rows: Sequence[Row], width: int) -> Sequence[Sequence[str]]:
    """The rows turned into columns; a row that ends early is empty from there on."""
    if all(len(cells) == width for _row, cells in rows):
        return list(zip(*(cells for _row, cells in rows), strict=True))
    return [[cells[place] if place < len(cells) else "" for _row, cells in rows] for place in range(width)]


def _with_own(columns: Columns, count: int) -> Columns:
    """The county's own fields stand together, under their keys."""
    own = [name for name in columns if name.startswith(FILTER_PREFIX)]
    if not own:
        return columns
    together: list[dict[str, Any]] = [{} for _row in range(count)]
    for name in own:
        key = name.removeprefix(FILTER_PREFIX)
        for values, value in zip(together, columns[name], strict=True):
            if value is not NOT_GIVEN:
                values[key] = value
    return {name: column for name, column in columns.items() if name not in own} | {OWN: together}


def _value(column: Column, text: str) -> Any:
    """What a cell says, or what is wrong with it."""
    if text[:1] in SPOILED and (found := _spoiled(column, text)):
        return found
    if column.money:
        fen = as_fen(text) if text else None
        return Wrong.NO_AMOUNT if text and fen is None else fen
    if text[:1] == "#" and column.refers and (by_id := BY_ID.fullmatch(text)):
        return int(by_id[1])
    return armed(text)


def _spoiled(column: Column, text: str) -> Wrong | None:
    if text[0] == "#":
        return Wrong.FORMULA_ERROR if is_formula_error(text) else None
    return Wrong.SHORTENED if column.holds_text and is_shortened(text) else None
