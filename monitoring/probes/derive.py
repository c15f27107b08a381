"""From two answers in a row to the numbers that are stored: counters become rates, everything else stands."""

from dataclasses import dataclass
from typing import Literal

from monitoring.probes.answer import Answer
from monitoring.probes.counters import rate
from monitoring.probes.profile import Number, Quantity


@dataclass(frozen=True, slots=True)
class Counted:
    """What the last answer counted, in the profile's layout, to take the next difference from."""

    values: tuple[float | None, ...]
    at: float  # Unix time
    uptime_s: float | None


def derive(before: Counted | None, answer: Answer) -> tuple[tuple[float | None, ...], Counted | None]:
    """The values to store and what to remember; a counter's first reading is a gap (None)."""
    if not answer.answered:
        return (), None
    numbers = answer.profile.numbers
    stored = (
        tuple(_stored(number, index, before, answer) for index, number in enumerate(numbers))
        + answer.values[len(numbers) :]
    )
    return stored, Counted(values=answer.values, at=answer.asked_at, uptime_s=answer.uptime_s)


def growth(name: str, before: Counted | None, answer: Answer) -> float | None:
    """By how much a lifelong total (page count) grew; None when that cannot be said."""
    if before is None:
        return None
    index = answer.profile.layout.index(name)
    now, then = answer.values[index], before.values[index]
    return now - then if now is not None and then is not None and now >= then else None


def _stored(number: Number, index: int, before: Counted | None, answer: Answer) -> float | None:
    value = answer.values[index]
    if value is None or number.quantity in {Quantity.GAUGE, Quantity.TOTAL}:
        return value
    if before is None or before.values[index] is None:
        return None
    bits: Literal[32, 64] = (
        32 if number.quantity is Quantity.COUNTER32 or number.name in answer.fallbacks else 64
    )
    return rate(
        before.values[index],
        value,
        seconds=answer.asked_at - before.at,
        bits=bits,
        uptime_before=before.uptime_s,
        uptime_now=answer.uptime_s,
    )
