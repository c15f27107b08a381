"""Assessment: whether an attempt may be written down, and a weighted score. Answers are codes."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from workforce.schemes.employment import Employed

HIGHEST = 100
TENTH = Decimal("0.1")


class NotTaken(StrEnum):
    """Why an attempt cannot be written down."""

    FUTURE = "future"
    NOT_EMPLOYED = "not_employed"
    SCORE = "score"
    OWN = "own"


@dataclass(frozen=True, slots=True, kw_only=True)
class Try:
    """One attempt at one paper."""

    day: date
    score: Decimal
    highest: Decimal
    person: int
    assessor: int | None


def wrongs(new: Try, employed: Iterable[Employed], today: date) -> tuple[NotTaken, ...]:
    return tuple(_wrongs(new, employed, today))


def _wrongs(new: Try, employed: Iterable[Employed], today: date) -> Iterator[NotTaken]:
    if new.day > today:
        yield NotTaken.FUTURE
    if not any(span.on(new.day) for span in employed):
        yield NotTaken.NOT_EMPLOYED
    if not 0 <= new.score <= new.highest:
        yield NotTaken.SCORE
    if new.assessor is not None and new.assessor == new.person:
        yield NotTaken.OWN


@dataclass(frozen=True, slots=True)
class Scored:
    """One indicator of a target sheet, 0 to 100, and how much it weighs."""

    weight: int
    score: Decimal


def weighted(scored: Iterable[Scored]) -> Decimal | None:
    """The whole sheet's score, half a tenth rounded up; None where nothing weighs anything."""
    lines = list(scored)
    weights = sum(line.weight for line in lines)
    if not weights:
        return None
    exact = sum((line.weight * line.score for line in lines), Decimal(0)) / weights
    return exact.quantize(TENTH, ROUND_HALF_UP)
