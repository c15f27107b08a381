"""From two answers in a row to the numbers that are stored: counters become rates, everything else stands."""

from dataclasses import dataclass
from functools import lru_cache

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
    for index, number in counters_of(answer.profile):
        stored[index] = _rate(number, index, before, answer)
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


def _rate(number: Number, index: int, before: Counted | None, answer: Answer) -> float | None:
    now = answer.values[index]
    if now is None or before is None:
        return None
    narrow = number.quantity is Quantity.COUNTER32 or number.name in answer.fallbacks
    return rate(
        before.values[index],
        now,
        answer.asked_at - before.at,
        32 if narrow else 64,
        scale=number.scale,
        uptime_before=before.uptime_s,
        uptime_now=answer.uptime_s,
        discontinuity_before=_named("discontinuity_s", before.values, answer),
        discontinuity_now=_named("discontinuity_s", answer.values, answer),
        highest_rate=capacity_bps(answer.interfaces),
    )


def _named(name: str, values: tuple[float | None, ...] | None, answer: Answer) -> float | None:
    layout = answer.profile.layout
    return values[layout.index(name)] if values and name in layout else None
