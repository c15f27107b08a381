"""The days looked back at, summed up for the rules: which of them count, when it was seen, when it was used."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntFlag
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from inventory.blocks.days import Flags
from inventory.marks.facts import Day
from inventory.marks.kind import Kind
from inventory.marks.policy import KindPolicy, Policy
from inventory.marks.signs import ALL, USE_RULES, USE_SIGNS, Numbers, Sign, Signs, UseRule, grid_of, read

Whole = npt.NDArray[np.int64]
NEVER = -1  # in place of a day's number in the window
LATER = 2**15  # where no threshold has been crossed


class Gist(IntFlag):
    """What of a window decides; its numbers only prove it. Equal gists of one bearing give findings of one shape.

    `ONLY_GENERATED`: of generated days no other day could have shown it. `SEEN_GENERATED`: no other day did.
    """

    SEEN = 1
    FRESH = 2  # seen lately
    SILENT = 4
    OBSERVED = 8  # on enough days
    ONLY_GENERATED = 16
    SEEN_GENERATED = 32
    USED = 64  # on enough days
    UNMEASURED = 128  # on too many days
    USED_TOO = 256
    UNMEASURED_TOO = 512


USE_GISTS = ((Gist.USED, Gist.UNMEASURED), (Gist.USED_TOO, Gist.UNMEASURED_TOO))


class Tally(NamedTuple):
    """Days of use, days without, and days on which it was there but its use could not be measured.

    `idle_since` is the day on which there were as many days without use as the policy asks. The totals are those of
    the rule, and are summed up only for one asset by itself, where too little use may be found.
    """

    used_days: int
    idle_days: int
    blind_days: int
    last_used_on: date | None
    idle_since: date | None
    totals: tuple[int | None, ...] = ()


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
    gist: int
    office_days: int
    observable_days: int
    seen_days: int
    last_seen_on: date | None
    silent_days: int
    silent_since: date | None
    generated_days: int
    tallies: tuple[Tally, ...]
    fullness: Fullness | None

    @property
    def length(self) -> int:
        """Calendar days, first and last included."""
        return (self.end - self.start).days + 1


@dataclass(frozen=True, slots=True)
class Asked:
    """For which assets of a grid windows are wanted: all of one kind, under one policy."""

    kind: Kind
    policy: Policy

    @property
    def limits(self) -> KindPolicy:
        return self.policy.kinds[self.kind]

    @property
    def uses(self) -> list[tuple[UseRule, Sign, Sign]]:
        """The kind's rules of use, each with its signs."""
        return [(rule, *signs) for rule, signs in zip(USE_RULES.get(self.kind, ()), USE_SIGNS, strict=False)]


class Thresholds(NamedTuple):
    """What numbers are held against, of each of several assets."""

    silent_office_days: Whole
    minimum_observable_days: Whole
    used_days_below: Whole
    fresh_within_days: Whole
    blind_share: Whole
    rules_of_use: Whole

    @classmethod
    def of(cls, asked: Sequence[Asked], each: Sequence[int] | Whole) -> "Thresholds":
        """So many assets of each, one after the other."""
        rows = [
            (
                one.limits.silent_office_days,
                one.limits.minimum_observable_days,
                one.limits.used_days_below,
                one.policy.fresh_within_days,
                one.policy.blind_share,
                len(one.uses),
            )
            for one in asked
        ]
        return cls(*np.repeat(np.array(rows, np.int64).T, each, axis=1))


def look_back(days: Sequence[Day], kind: Kind, today: date, policy: Policy) -> Window:
    """The window of one asset: the last calendar days up to and including today."""
    grid = grid_of(days, today - timedelta(days=policy.window_days - 1), policy.window_days)
    asked = Asked(kind, policy)
    [window] = windows(read(grid, grid.numbers, kind, policy), today, asked, grid.numbers)
    tallies = [
        tally._replace(totals=tuple(_total(grid.numbers[name]) for name in rule.totals))
        for (rule, _, _), tally in zip(asked.uses, window.tallies, strict=True)
    ]
    return window._replace(tallies=tuple(tallies))


def windows(signs: Signs, today: date, asked: Asked, numbers: Numbers | None = None) -> list[Window]:
    """The window of each of these assets; the last row are the signs of today. How full lines were is in `numbers`."""
    day_of = _days_of(today - timedelta(days=len(signs) - 1), len(signs))
    sums = Sums.of(signs, Thresholds.of([asked], [signs.shape[1]]))
    use = [_tallies(sums, one, day_of) for one in sums.uses]
    tallies: Iterable[tuple[Tally, ...]] = zip(*use, strict=True) if use else ((),) * signs.shape[1]
    lines = (
        _fullness(signs, numbers, asked.policy, day_of)
        if numbers and asked.kind is Kind.NETWORK_LINK
        else None
    )
    return [
        Window._make((day_of[0], today, *presence, tally, fullness))
        for presence, tally, fullness in zip(
            _presence(signs, sums, day_of), tallies, lines or (None,) * signs.shape[1], strict=True
        )
    ]


def gists(signs: Signs, limits: Thresholds) -> tuple[Whole, Whole]:
    """What decides of each of these assets; and in which row silence and each disuse became long enough."""
    sums = Sums.of(signs, limits)
    crossed = np.full((1 + len(USE_SIGNS), signs.shape[1]), LATER, np.int64)
    crossed[0] = _crossed(sums.silent, sums.is_silent, limits.silent_office_days)
    for row, one in enumerate(sums.uses, 1):
        crossed[row] = _crossed(one.idle, sums.few(one), limits.minimum_observable_days)
    return sums.gists(), crossed


@dataclass(frozen=True, slots=True)
class UseSums:
    """By one rule of use: days with it, days without, and those that could not be measured."""

    ruled: Flags  # whose kind has the rule
    used: Flags
    idle: Flags
    used_days: Whole
    idle_days: Whole
    blind_days: Whole

    @classmethod
    def of(cls, signs: Signs, ruled: Flags, used_sign: Sign, blind_sign: Sign) -> "UseSums":
        used, counting = _has(signs, used_sign), Sign.COUNTS | used_sign | blind_sign
        idle: Flags = (signs & np.uint16(counting)) == np.uint16(Sign.COUNTS)
        return cls(ruled, used, idle, _sum(used), _sum(idle), _sum(_has(signs, blind_sign)))


@dataclass(frozen=True, slots=True)
class Sums:
    """What windows and gists both look at: days of each sort, and the row on which each asset was last seen."""

    limits: Thresholds
    last_seen: Whole
    observable_days: Whole
    silent: Flags
    silent_days: Whole
    ever: Signs  # signs on any day
    really: Signs  # signs on any day that is not generated
    fresh: Flags
    uses: Sequence[UseSums]

    @classmethod
    def of(cls, signs: Signs, limits: Thresholds) -> "Sums":
        counts, last_seen = _has(signs, Sign.COUNTS), _last(_has(signs, Sign.SEEN))
        silent = counts & (np.arange(len(signs), dtype=np.int16)[:, None] > last_seen.astype(np.int16))
        ever: Signs = np.bitwise_or.reduce(signs, axis=0)
        rules = [limits.rules_of_use > place for place in range(len(USE_SIGNS))]
        return cls(
            limits,
            last_seen,
            _sum(counts),
            silent,
            _sum(silent),
            ever,
            _really(signs, ever),
            last_seen >= np.maximum(len(signs) - limits.fresh_within_days, 0),
            [
                UseSums.of(signs, ruled, *of_use)
                for ruled, of_use in zip(rules, USE_SIGNS, strict=True)
                if ruled.any()
            ],
        )

    @property
    def is_silent(self) -> Flags:
        return np.asarray(self.silent_days >= self.limits.silent_office_days)

    def few(self, use: UseSums) -> Flags:
        """Used on too few days, and on enough not used."""
        few = use.ruled & (use.used_days < self.limits.used_days_below)
        return few & np.asarray(use.idle_days >= self.limits.minimum_observable_days)

    def gists(self) -> Whole:
        limits = self.limits
        generated, seen = _has(self.ever, Sign.GENERATED), _has(self.really, Sign.SEEN)
        found = _where(self.last_seen != NEVER, Gist.SEEN)
        found |= _where(self.fresh, Gist.FRESH)
        found |= _where(self.is_silent, Gist.SILENT)
        found |= _where(self.observable_days >= limits.minimum_observable_days, Gist.OBSERVED)
        found |= _where(generated & ~_has(self.really, Sign.SEEN | Sign.ASKED), Gist.ONLY_GENERATED)
        found |= _where(generated & ~seen, Gist.SEEN_GENERATED)
        for use, (used, unmeasured) in zip(self.uses, USE_GISTS, strict=False):
            blind = use.blind_days * ALL > limits.blind_share * self.observable_days
            too_blind = blind | (use.idle_days < limits.minimum_observable_days)
            found |= _where(use.ruled & (use.used_days >= limits.used_days_below), used)
            found |= _where(use.ruled & too_blind, unmeasured)
        return found


def _really(signs: Signs, ever: Signs) -> Signs:
    if not _has(ever, Sign.GENERATED).any():
        return ever
    found: Signs = np.bitwise_or.reduce(np.where(_has(signs, Sign.GENERATED), np.uint16(0), signs), axis=0)
    return found


def _days_of(start: date, length: int) -> list[date | None]:
    """The day of each row; None for NEVER, which is the last."""
    return [*(start + timedelta(days=row) for row in range(length)), None]


def _presence(signs: Signs, sums: Sums, day_of: Sequence[date | None]) -> Iterable[tuple[Any, ...]]:
    return zip(
        sums.gists().tolist(),
        _sum(_has(signs, Sign.OFFICE)).tolist(),
        sums.observable_days.tolist(),
        _sum(_has(signs, Sign.SEEN)).tolist(),
        [day_of[row] for row in sums.last_seen.tolist()],
        sums.silent_days.tolist(),
        _since(sums.silent, sums.is_silent, sums.limits.silent_office_days, day_of),
        _sum((signs & COUNTS_GENERATED) == COUNTS_GENERATED).tolist(),
        strict=True,
    )


COUNTS_GENERATED = np.uint16(Sign.COUNTS | Sign.GENERATED)


def _tallies(sums: Sums, use: UseSums, day_of: Sequence[date | None]) -> list[Tally]:
    columns = zip(
        use.used_days.tolist(),
        use.idle_days.tolist(),
        use.blind_days.tolist(),
        [day_of[row] for row in _last(use.used).tolist()],
        _since(use.idle, sums.few(use), sums.limits.minimum_observable_days, day_of),
        strict=True,
    )
    return [Tally(*one) for one in columns]


def _total(amounts: npt.NDArray[np.float32]) -> int | None:
    known: npt.NDArray[np.float64] = amounts[~np.isnan(amounts)].astype(np.float64)
    return round(float(known.sum())) if len(known) else None


def _fullness(
    signs: Signs, numbers: Numbers, policy: Policy, day_of: Sequence[date | None]
) -> list[Fullness]:
    length = min(policy.saturation_window_days, len(signs))
    recent, shares = signs[-length:], numbers["line_share_p95"][-length:]
    counts = _has(recent, Sign.COUNTS)
    measured, full = counts & _has(recent, Sign.SHARE_KNOWN), counts & _has(recent, Sign.FULL)
    full_days, least = _sum(full), np.full(signs.shape[1], policy.saturation_days)
    highest = np.where(measured, shares, np.float32(-1)).max(axis=0)
    columns = zip(
        _sum(counts).tolist(),
        _sum(measured).tolist(),
        full_days.tolist(),
        _sum(counts & _has(recent, Sign.GENERATED)).tolist(),
        [int(share) if share >= 0 else None for share in highest.tolist()],
        _since(full, full_days >= least, least, day_of[-1 - length :]),
        strict=True,
    )
    return [Fullness(*one) for one in columns]


def _since(days: Flags, where: Flags, count: Whole, day_of: Sequence[date | None]) -> list[date | None]:
    """The day on which there were `count` such days, for the assets for which it is asked."""
    return [None if row == LATER else day_of[row] for row in _crossed(days, where, count).tolist()]


def _crossed(days: Flags, where: Flags, count: Whole) -> Whole:
    """The row of that day."""
    found = np.full(len(where), LATER, np.int64)
    chosen = np.flatnonzero(where)
    if len(chosen):
        reached = np.cumsum(days[:, chosen], axis=0, dtype=np.int16) >= count[chosen]
        found[chosen] = reached.argmax(axis=0)
    return found


def _has(signs: Signs, sign: Sign) -> Flags:
    found: Flags = (signs & np.uint16(sign)) != 0
    return found


def _where(flags: Flags, gist: Gist) -> Whole:
    return flags * np.int64(gist)


def _sum(days: Flags) -> Whole:
    """Added up 255 days at a time, which is as many as a byte holds."""
    parts = (days[at : at + 255].view(np.uint8) for at in range(0, len(days), 255))
    return sum(
        (np.add.reduce(part, axis=0, dtype=np.uint8).astype(np.int64) for part in parts),
        np.zeros(days.shape[1], np.int64),
    )


def _last(days: Flags) -> Whole:
    """The last row of each column on which it holds, or NEVER."""
    rows = np.arange(1, len(days) + 1, dtype=np.int16)[:, None]
    last: Whole = (days * rows).max(axis=0, initial=0).astype(np.int64) - 1
    return last
