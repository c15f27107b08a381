"""From two answers in a row to the numbers that are stored: counters become rates, everything else stands."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Literal

from monitoring.probes.answer import Answer
from monitoring.probes.counters import capacity_bps, rate
from monitoring.probes.profile import Number, Profile, Quantity


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
    stored = list(answer.values)
    counters = counters_of(answer.profile)
    rates = _rates(before, answer) if before and counters else None
    for index, number in counters:
        stored[index] = rates(number, index) if rates else None
    return tuple(stored), Counted(values=answer.values, at=answer.asked_at, uptime_s=answer.uptime_s)


def growth(name: str, before: Counted | None, answer: Answer) -> float | None:
    """By how much a lifelong total (page count) grew; None when that cannot be said."""
    now, then = _named(name, answer.values, answer), _named(name, before.values if before else None, answer)
    return now - then if now is not None and then is not None and now >= then else None


@lru_cache(maxsize=4096)
def counters_of(profile: Profile) -> tuple[tuple[int, Number], ...]:
    """The numbers that are stored as rates, with their places in the layout."""
    return tuple(
        (index, number)
        for index, number in enumerate(profile.numbers)
        if number.quantity in {Quantity.COUNTER32, Quantity.COUNTER64}
    )


def _rates(before: Counted, answer: Answer) -> Callable[[Number, int], float | None]:
    """The rate of each counter over the span between two answers."""
    over_the_span = partial(
        rate,
        seconds=answer.asked_at - before.at,
        uptime_before=before.uptime_s,
        uptime_now=answer.uptime_s,
        discontinuity_before=_named("discontinuity_s", before.values, answer),
        discontinuity_now=_named("discontinuity_s", answer.values, answer),
        highest_rate=capacity_bps(answer.interfaces),
    )

    def rate_of(number: Number, index: int) -> float | None:
        narrow = number.quantity is Quantity.COUNTER32 or number.name in answer.fallbacks
        bits: Literal[32, 64] = 32 if narrow else 64
        return over_the_span(before.values[index], answer.values[index], bits=bits, scale=number.scale)

    return rate_of


def _named(name: str, values: tuple[float | None, ...] | None, answer: Answer) -> float | None:
    layout = answer.profile.layout
    return values[layout.index(name)] if values and name in layout else None
