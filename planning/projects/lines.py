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


@dataclass(frozen=True, slots=True)
class Breach:
    """A rule, the first day on which it is broken, and what would stand at the end of it."""

    code: Wrong
    day: date
    stands: Sums


def breaches(lines: Sequence[Line]) -> list[Breach]:
    """What these lines of one cell break, each rule once."""
    found = {wrong: Breach(wrong, line.day, Sums()) for line in lines for wrong in _alone(line)}
    for day in sorted({line.day for line in lines}):
        stands = sums(line for line in lines if line.day <= day)
        for wrong in _standing(stands):
            found.setdefault(wrong, Breach(wrong, day, stands))
    return [found[wrong] for wrong in sorted(found)]


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


def match_lacking(lines: Iterable[Line], terms: Mapping[int, tuple[int, int]]) -> Mapping[int, int]:
    """By the source that matches: what it has yet to commit. `terms`: the match of a source, and who gives it."""
    every, owed = list(lines), Counter[int]()
    allocated, committed = of_entry(every, Entry.ALLOCATION), of_entry(every, Entry.COMMITMENT)
    for source, (match, payer) in terms.items():
        owed[payer] += match_owed(allocated[source], match)
    return {payer: fen - committed[payer] for payer, fen in owed.items() if fen > committed[payer]}


def of_entry(lines: Iterable[Line], entry: Entry) -> Counter[int]:
    """By source."""
    found = Counter[int]()
    for line in lines:
        if line.entry is entry:
            found[line.source] += line.fen
    return found


def match_owed(allocated: int, match: int) -> int:
    """The fewest fen that a county adds to an allocation, so that its share of both is no less than the match."""
    return -(-allocated * match // (WHOLE - match))
