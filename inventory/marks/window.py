"""The days looked back at, summed up for the rules: which of them count, when it was seen, when it was used."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from inventory.blocks.days import Flags
from inventory.marks.facts import Day
from inventory.marks.kind import Kind
from inventory.marks.policy import KindPolicy, Policy
from inventory.marks.signs import USE_RULES, USE_SIGNS, Numbers, Sign, Signs, UseRule, grid_of, read, read_use

Whole = npt.NDArray[np.int64]
NEVER = -1  # in place of a day's number in the window


class Tally(NamedTuple):
    """Days of use, days without, and days on which it was there but its use could not be measured.

    `idle_since` is the day on which there were as many days without use as the policy asks. The totals are those of
    the rule, and are summed up only where too little use may be found.
    """

    used_days: int
    idle_days: int
    blind_days: int
    last_used_on: date | None
    idle_since: date | None
    totals: tuple[int | None, ...]


class Fullness(NamedTuple):
    """How full a line was on the last observable days."""

    observable_days: int
    measured_days: int
    full_days: int
    generated_days: int
    highest_share: int | None
    full_since: date | None


class Window(NamedTuple):
    """What is seen counts whenever it is seen; what is not seen counts on observable days alone.

    `silent_days` are the observable days since the network last saw anything of the asset, `silent_since` the day on
    which they were as many as the policy asks.
    """

    start: date
    end: date
    office_days: int
    observable_days: int
    seen_days: int
    last_seen_on: date | None
    silent_days: int
    silent_since: date | None
    generated_days: int
    generated: bool  # some day is generated
    really_observable: bool  # some day that is not generated could have shown the asset
    really_seen: bool  # and some did
    tallies: tuple[Tally, ...]
    fullness: Fullness | None

    @property
    def length(self) -> int:
        """Calendar days, first and last included."""
        return (self.end - self.start).days + 1


UNSEEN = Window(date.min, date.min, 0, 0, 0, None, 0, None, 0, False, False, False, (), None)


@dataclass(frozen=True, slots=True)
class Asked:
    """For which assets of a grid windows are wanted: all of one kind, under one policy."""

    kind: Kind
    policy: Policy
    limits: KindPolicy


def look_back(days: Sequence[Day], kind: Kind, today: date, policy: Policy) -> Window:
    """The window of one asset: the last calendar days up to and including today."""
    grid = grid_of(days, today - timedelta(days=policy.window_days - 1), policy.window_days)
    [window] = windows(read(grid, policy), grid.numbers, today, Asked(kind, policy, policy.kinds[kind]))
    return window


def windows(common: Signs, numbers: Numbers, today: date, asked: Asked) -> list[Window]:
    """The window of each of these assets; `common` are their signs, the last row's those of today."""
    day_of = _days_of(today - timedelta(days=len(common) - 1), len(common))
    signs = common | read_use(common, numbers, asked.kind, asked.policy, asked.limits)
    use = [_tallies(signs, numbers, *each, asked.limits, day_of) for each in _rules(asked.kind)]
    tallies: Iterable[tuple[Tally, ...]] = zip(*use, strict=True) if use else ((),) * common.shape[1]
    lines = _fullness(signs, numbers, asked.policy, day_of) if asked.kind is Kind.NETWORK_LINK else None
    return [
        Window._make((day_of[0], today, *presence, tally, fullness))
        for presence, tally, fullness in zip(
            _presence(signs, asked.limits, day_of),
            tallies,
            lines or (None,) * common.shape[1],
            strict=True,
        )
    ]


def _rules(kind: Kind) -> list[tuple[UseRule, Sign, Sign]]:
    return [(rule, *signs) for rule, signs in zip(USE_RULES.get(kind, ()), USE_SIGNS, strict=False)]


def _days_of(start: date, length: int) -> list[date | None]:
    """The day of each row; None for NEVER, which is the last."""
    return [*(start + timedelta(days=row) for row in range(length)), None]


def _presence(signs: Signs, limits: KindPolicy, day_of: Sequence[date | None]) -> Iterable[tuple[Any, ...]]:
    counts, seen = _has(signs, Sign.COUNTS), _has(signs, Sign.SEEN)
    last_seen = _last(seen)
    silent = counts & (np.arange(len(signs))[:, None] > last_seen)
    generated = _has(signs, Sign.GENERATED)
    really = _has(signs, Sign.KNOWN) & ~generated
    any_generated, really_seen = _any(generated), _any(really & seen)
    silent_days = _sum(silent)
    return zip(
        _sum(_has(signs, Sign.OFFICE)).tolist(),
        _sum(counts).tolist(),
        _sum(seen).tolist(),
        [day_of[row] for row in last_seen.tolist()],
        silent_days.tolist(),
        _crossed(silent, silent_days >= limits.silent_office_days, limits.silent_office_days, day_of),
        _sum(counts & generated).tolist(),
        any_generated.tolist(),
        (any_generated & (really_seen | _any(really & _has(signs, Sign.ASKED)))).tolist(),
        (any_generated & really_seen).tolist(),
        strict=True,
    )


def _tallies(
    signs: Signs,
    numbers: Numbers,
    rule: UseRule,
    used_sign: Sign,
    blind_sign: Sign,
    limits: KindPolicy,
    day_of: Sequence[date | None],
) -> list[Tally]:
    used, blind = _has(signs, used_sign), _has(signs, blind_sign)
    idle = _has(signs, Sign.COUNTS) & ~used & ~blind
    used_days, idle_days = _sum(used), _sum(idle)
    few = (used_days < limits.used_days_below) & (idle_days >= limits.minimum_observable_days)
    columns = zip(
        used_days.tolist(),
        idle_days.tolist(),
        _sum(blind).tolist(),
        [day_of[row] for row in _last(used).tolist()],
        _crossed(idle, few, limits.minimum_observable_days, day_of),
        _totals(numbers, rule, few),
        strict=True,
    )
    return [Tally(*one) for one in columns]


def _totals(numbers: Numbers, rule: UseRule, few: Flags) -> list[tuple[int | None, ...]]:
    found: list[tuple[int | None, ...]] = [()] * len(few)
    chosen = np.flatnonzero(few)
    sums = [_total(numbers[name][:, chosen]) for name in rule.totals] if len(chosen) else []
    for place, amounts in zip(chosen.tolist(), zip(*sums, strict=True), strict=bool(sums)):
        found[place] = amounts
    return found


def _total(amounts: npt.NDArray[np.float32]) -> list[int | None]:
    known = _any(~np.isnan(amounts))
    sums: npt.NDArray[np.float64] = np.nansum(amounts, axis=0, dtype=np.float64)
    return [round(sum_) if one else None for sum_, one in zip(sums.tolist(), known.tolist(), strict=True)]


def _fullness(
    signs: Signs, numbers: Numbers, policy: Policy, day_of: Sequence[date | None]
) -> list[Fullness]:
    length = min(policy.saturation_window_days, len(signs))
    recent, shares = signs[-length:], numbers["line_share_p95"][-length:]
    counts = _has(recent, Sign.COUNTS)
    measured, full = counts & _has(recent, Sign.SHARE_KNOWN), counts & _has(recent, Sign.FULL)
    full_days = _sum(full)
    highest = np.where(measured, shares, np.float32(-1)).max(axis=0)
    columns = zip(
        _sum(counts).tolist(),
        _sum(measured).tolist(),
        full_days.tolist(),
        _sum(counts & _has(recent, Sign.GENERATED)).tolist(),
        [int(share) if share >= 0 else None for share in highest.tolist()],
        _crossed(full, full_days >= policy.saturation_days, policy.saturation_days, day_of[-1 - length :]),
        strict=True,
    )
    return [Fullness(*one) for one in columns]


def _crossed(days: Flags, where: Flags, count: int, day_of: Sequence[date | None]) -> list[date | None]:
    """The day on which there were `count` such days, for the assets for which it is asked."""
    found: list[date | None] = [None] * len(where)
    chosen = np.flatnonzero(where)
    if len(chosen):
        reached = np.cumsum(days[:, chosen], axis=0, dtype=np.int16) >= count
        for place, row in zip(chosen.tolist(), reached.argmax(axis=0).tolist(), strict=True):
            found[place] = day_of[row]
    return found


def _has(signs: Signs, sign: Sign) -> Flags:
    found: Flags = (signs & np.uint16(sign)) != 0
    return found


def _sum(days: Flags) -> Whole:
    count: Whole = np.add.reduce(days.view(np.uint8), axis=0, dtype=np.int64)
    return count


def _any(days: Flags) -> Flags:
    return np.asarray(days.any(axis=0))


def _last(days: Flags) -> Whole:
    """The last row of each column on which it holds, or NEVER."""
    rows = len(days) - 1 - days[::-1].argmax(axis=0)
    return np.where(_any(days), rows, NEVER)
