"""A row of a file as values by field: what spreadsheets spoil is noticed, amounts become fen, "#7" becomes an id."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models

from itops.crud.intake import OWN
from itops.exchange.columns import ID, Column
from itops.exchange.reading.heading import Heading
from itops.exchange.reading.text import Row
from itops.exchange.reading.values import armed, as_fen, is_formula_error, is_shortened
from itops.exchange.said import Problem, Wrong, of_cell
from itops.extras.custom_fields import FILTER_PREFIX

BY_ID = re.compile(r"#([1-9]\d{0,17})")
Values = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Cells:
    """How the columns of one file are read."""

    heading: Heading[Column]

    def headed(self, name: str) -> str:
        """The heading under which a field stands in this file, "" when it does not."""
        found = (place for column, place in self.heading.columns.items() if column.name == name)
        return next((self.heading.cells[place] for place in found), "")

    @property
    def names(self) -> list[str]:
        """The fields that the file is about."""
        return [column.name for column in self.heading.columns if column.name != ID]

    def read(self, rows: Sequence[Row]) -> tuple[list[Values], list[list[Problem]]]:
        """Beside each row its values, and what is wrong with its cells; those are left out."""
        columns = [(column, place) for column, place in self.heading.columns.items()]
        values: list[Values] = []
        problems: list[list[Problem]] = []
        for row, cells in rows:
            wrong: list[Problem] = []
            if len(cells) > len(self.heading.cells):
                wrong += self._beyond(row, cells)
            values.append(_with_own(dict(self._values(row, cells, columns, wrong))))
            problems.append(wrong)
        return values, problems

    def _beyond(self, row: int, cells: Sequence[str]) -> Iterator[Problem]:
        """A comma inside a text shifts everything after it."""
        extra = [cell for cell in cells[len(self.heading.cells) :] if cell]
        if extra:
            yield of_cell(Wrong.TOO_MANY_CELLS, row, "", extra[0])

    def _values(
        self, row: int, cells: Sequence[str], columns: Sequence[tuple[Column, int]], wrong: list[Problem]
    ) -> Iterator[tuple[str, Any]]:
        for column, place in columns:
            text = cells[place] if place < len(cells) else ""
            if text[:1] in SPOILED and (found := _spoiled(column, text)):
                wrong.append(of_cell(found, row, self.heading.cells[place], text))
            elif column.money and text:
                fen = as_fen(text)
                if fen is None:
                    wrong.append(of_cell(Wrong.NO_AMOUNT, row, self.heading.cells[place], text))
                yield column.name, fen
            elif text[:1] == "#" and column.refers and (by_id := BY_ID.fullmatch(text)):
                yield column.name, int(by_id[1])
            else:
                yield column.name, armed(text) if text[:1] == "'" else text


def _with_own(values: Values) -> Values:
    """The county's own fields stand together, under their keys."""
    own = {name for name in values if name.startswith(FILTER_PREFIX)}
    if not own:
        return values
    together = {name.removeprefix(FILTER_PREFIX): values[name] for name in own}
    return {name: value for name, value in values.items() if name not in own} | {OWN: together}


SPOILED = frozenset(
    "#0123456789"
)  # what a spoiled cell begins with; asked first because nearly all are sound


def _spoiled(column: Column, text: str) -> Wrong | None:
    if text[0] == "#":
        return Wrong.FORMULA_ERROR if is_formula_error(text) else None
    holds_text = isinstance(column.field, models.CharField | models.TextField)
    return Wrong.SHORTENED if holds_text and is_shortened(text) else None
