"""What a project's lines must add up to, on every day: paid ≤ committed ≤ allocated, and nothing below zero."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from planning.money.amounts import WHOLE


class Entry(StrEnum):
    """What a line is. A line that takes back has the opposite sign."""

    ALLOCATION = "allocation"
    COMMITMENT = "commitment"
    INVOICE = "invoice"
    PAYMENT = "payment"
    REFUND = "refund"


class Wrong(StrEnum):
    """What a line would break."""

    NOTHING = "nothing"
    SIGN = "sign"
    BELOW_ZERO = "below_zero"
    COMMITTED_BEYOND = "committed_beyond"
    INVOICED_BEYOND = "invoiced_beyond"
    PAID_BEYOND = "paid_beyond"


@dataclass(frozen=True, slots=True)
class Line:
    """A signed amount of one source and category in one project."""

    source: int
    category: str
    entry: Entry
    day: date
    fen: int


Cell = tuple[int, str]


@dataclass(frozen=True, slots=True)
class Sums:
    """What stands at the end of a day."""

    allocated: int = 0
    committed: int = 0
    invoiced: int = 0
    paid: int = 0  # less what came back


def sums(lines: Iterable[Line]) -> Sums:
    of: Counter[Entry] = Counter()
    for line in lines:
        of[line.entry] += line.fen
    return Sums(
        allocated=of[Entry.ALLOCATION],
        committed=of[Entry.COMMITMENT],
        invoiced=of[Entry.INVOICE],
        paid=of[Entry.PAYMENT] + of[Entry.REFUND],
    )


def by_cell(lines: Iterable[Line]) -> Mapping[Cell, Sequence[Line]]:
    found: dict[Cell, list[Line]] = {}
    for line in lines:
        found.setdefault((line.source, line.category), []).append(line)
    return found


def wrongs(lines: Sequence[Line]) -> list[Wrong]:
    """What these lines of one cell break, on whichever day."""
    found = {wrong for line in lines for wrong in _alone(line)}
    for day in sorted({line.day for line in lines}):
        found |= set(_standing(sums(line for line in lines if line.day <= day)))
    return sorted(found)


def _alone(line: Line) -> Iterable[Wrong]:
    if not line.fen:
        yield Wrong.NOTHING
    if line.entry is Entry.REFUND and line.fen > 0:
        yield Wrong.SIGN


def _standing(stands: Sums) -> Iterable[Wrong]:
    if min(stands.allocated, stands.committed, stands.invoiced, stands.paid) < 0:
        yield Wrong.BELOW_ZERO
    if stands.committed > stands.allocated:
        yield Wrong.COMMITTED_BEYOND
    if stands.invoiced > stands.committed:
        yield Wrong.INVOICED_BEYOND
    if stands.paid > stands.committed:
        yield Wrong.PAID_BEYOND


def match_owed(allocated: int, match: int) -> int:
    """The fewest fen that a county adds to an allocation, so that its share of both is no less than the match."""
    return -(-allocated * match // (WHOLE - match))
