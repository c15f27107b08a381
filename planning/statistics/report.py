"""A month of one county as it leaves in files: columns are indicators, lines are places, the county apart."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from planning.statistics.values import Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One indicator with what it counts, who answers for it and how far it is ("confirmed by … on …")."""

    code: str
    name: str
    unit: Unit
    unit_name: str
    definition: str
    version: str
    office: str
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One figure; `note` says why there is none, or how many could not be told."""

    part: int = 0
    whole: int = 0
    value: Decimal | None = None
    said: str = "–"
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One place; its cells stand in the order of the columns."""

    name: str
    cells: Sequence[Cell]


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A figure that was reported otherwise: which column and line it is (-1: the county), and why."""

    column: int
    line: int
    reported: Decimal
    reported_said: str
    explanation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthReport:
    """All of it. `month` is written as people read it, `made_on` is a day."""

    month: str
    year: int
    number: int
    county: str
    as_of: str
    made_on: str
    columns: Sequence[Column]
    whole: Line
    lines: Sequence[Line]
    differences: Sequence[Difference] = ()

    def line(self, number: int) -> Line:
        """-1 is the county's."""
        return self.whole if number < 0 else self.lines[number]


class UnusableForm(Exception):
    """A form that cannot be filled in; `said` names what stands in the way, in the form's own words."""

    def __init__(self, said: str) -> None:
        super().__init__(said)
        self.said = said
