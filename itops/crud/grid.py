"""The county grid as data: places × kinds, one cell each (components/grid.html)."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from itops.crud.looks import MARKS

FEW, MANY = 0.25, 0.50  # shares of the kind that are marked: below FEW no tint, from MANY the dark one

CellState = Literal["observed", "unknown", "none", "down"]
"""Seen · not observed enough to say · not required here · the line is cut."""


@dataclass(frozen=True, slots=True)
class Cell:
    """Marked pieces of one kind in one place; `total`: the standard or what is there, whichever is more."""

    place: str
    kind: str
    url: str
    missing: int = 0
    outdated: int = 0
    unused: int = 0
    total: int = 0
    state: CellState = "observed"

    @property
    def counts(self) -> list[tuple[str, int]]:
        """(mark, number) of those that are there, in their fixed slots."""
        all_three = [("missing", self.missing), ("outdated", self.outdated), ("unused", self.unused)]
        return [(code, number) for code, number in all_three if number]

    @property
    def lead(self) -> str:
        """The most frequent mark; a tie goes to the graver."""
        return max(self.counts, key=lambda counted: counted[1])[0] if self.counts else ""

    @property
    def more(self) -> int:
        """How many pieces the leading mark does not speak for: phones show "+n"."""
        numbers = [number for _code, number in self.counts]
        return sum(numbers) - max(numbers, default=0)

    @property
    def css(self) -> str:
        if self.state != "observed":
            return f"cell-{self.state}"
        return f"cell-marks cell-{self.lead} {self.tint}" if self.lead else "cell-clear"

    @property
    def tint(self) -> str:
        """By the share that is marked, not by the mere number: else the largest kind is always coloured."""
        share = sum(number for _code, number in self.counts) / max(self.total, 1)
        return "l2" if share >= MANY else "l1" if share >= FEW else "l0"

    @property
    def label(self) -> str:
        """What a screen reader says instead of the drawing."""
        return _("%(place)s, %(kind)s: %(what)s") % {
            "place": self.place,
            "kind": self.kind,
            "what": self._what(),
        }

    def _what(self) -> str:
        said = {
            "unknown": _("not seen enough to say"),
            "none": _("not required here"),
            "down": _("line cut, out of sight"),
        }
        if self.state != "observed":
            return said[self.state]
        return " ".join(f"{MARKS[code].word} {number}" for code, number in self.counts) or _("in order")


@dataclass(frozen=True, slots=True)
class Kind:
    """A column's head."""

    label: str
    wide: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One place; `unreachable` hatches its name while its line is cut."""

    name: str
    url: str
    cells: Sequence[Cell]
    unreachable: bool = False


@dataclass(frozen=True, slots=True)
class Total:
    """The foot of a column: marked out of all."""

    marked: int
    total: int


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows come worst first: phones show the first eight until asked for all."""

    kinds: Sequence[Kind]
    rows: Sequence[Row]
    totals: Sequence[Total] = ()
    caption: str = ""


def grid_cells(cells: Sequence[Cell]) -> SafeString:
    """A place's kinds in the county grid."""
    language = get_language()
    return SafeString("".join([f"<td>{_grid_cell(language, cell)}</td>" for cell in cells]))


@lru_cache(maxsize=4096)
def _grid_cell(_language: str | None, cell: Cell) -> SafeString:
    """Between two visits few of a county's cells change."""
    return SafeString(render_to_string("components/cell.html", {"cell": cell}).strip())
