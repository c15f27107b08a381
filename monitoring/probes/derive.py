"""From two answers in a row to the numbers that are stored: counters become rates, everything else stands."""

from dataclasses import dataclass

from monitoring.probes.answer import Answer
from monitoring.probes.counters import capacity_bps, rate
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
    highest = capacity_bps(answer.interfaces)
    numbers = answer.profile.numbers
    stored = tuple(
        _stored(number, answer.values[index], _then(before, index), before, answer, highest)
        for index, number in enumerate(numbers)
    )
    counted = Counted(values=answer.values, at=answer.asked_at, uptime_s=answer.uptime_s)
    return stored + answer.values[len(numbers) :], counted


def growth(name: str, before: Counted | None, answer: Answer) -> float | None:
    """By how much a lifelong total (page count) grew; None when that cannot be said."""
    now, then = _named(name, answer.values, answer), _named(name, before and before.values, answer)
    return now - then if now is not None and then is not None and now >= then else None


def _stored(
    number: Number,
    now: float | None,
    then: float | None,
    before: Counted | None,
    answer: Answer,
    highest: float | None,
) -> float | None:
    if now is None or number.quantity in {Quantity.GAUGE, Quantity.TOTAL}:
        return now
    if before is None:
        return None
    narrow = number.quantity is Quantity.COUNTER32 or number.name in answer.fallbacks
    return rate(
        then,
        now,
        answer.asked_at - before.at,
        32 if narrow else 64,
        scale=number.scale,
        uptime_before=before.uptime_s,
        uptime_now=answer.uptime_s,
        discontinuity_before=_named("discontinuity_s", before.values, answer),
        discontinuity_now=_named("discontinuity_s", answer.values, answer),
        highest_rate=highest,
    )


def _then(before: Counted | None, index: int) -> float | None:
    return before.values[index] if before else None


def _named(name: str, values: tuple[float | None, ...] | None, answer: Answer) -> float | None:
    layout = answer.profile.layout
    return values[layout.index(name)] if values and name in layout else None
