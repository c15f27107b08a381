"""What each day says of an asset, as bits: days are read here alone, of one asset or of thousands at once."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntFlag
from typing import Protocol

import numpy as np
import numpy.typing as npt

from inventory.blocks.days import NAMES, Days, Flags, Grid
from inventory.blocks.table import WITNESSES
from inventory.marks.facts import Day, Witness
from inventory.marks.kind import Kind
from inventory.marks.policy import Policy

Signs = npt.NDArray[np.uint16]  # of each day and asset
ALL = 10_000  # basis points
NETWORK = ~np.uint8(1 << WITNESSES.index(Witness.PERSON))


class Numbers(Protocol):
    """Numbers of days and assets by their name."""

    def __getitem__(self, name: str, /) -> Grid: ...


@dataclass(frozen=True, slots=True)
class Part:
    """Some assets of a grid; nothing is copied but what is asked for."""

    days: Days
    length: int  # so many of the last days
    columns: npt.NDArray[np.int64]

    def __getitem__(self, name: str, /) -> Grid:
        return self.days.numbers[name][-self.length :, self.columns]


class Sign(IntFlag):
    """`COUNTS`: an office day observed long enough. `BLIND`: there, but its use could not be measured.

    `ASKED`: probes ran. A kind has two rules of use at most.
    """

    KNOWN = 1
    OFFICE = 2
    COUNTS = 4
    SEEN = 8
    ASKED = 16
    GENERATED = 32
    USED = 64
    BLIND = 128
    USED_TOO = 256
    BLIND_TOO = 512
    SHARE_KNOWN = 1024
    FULL = 2048


@dataclass(frozen=True, slots=True)
class Measured:
    """Whether use could be measured, and whether there was any."""

    known: Flags
    used: Flags


def users(day: Numbers, least: int) -> Measured:
    """Somebody was signed in."""
    return _any(day["users"])


def calls(day: Numbers, least: int) -> Measured:
    """A call of `least` minutes; where calls cannot be counted, so many minutes of a call's traffic."""
    counted, other = _any(day["calls"]), busy(day, least)
    minutes = day["call_minutes"]
    long = counted.used & (np.isnan(minutes) | (minutes >= least))
    return Measured(counted.known | other.known, np.where(counted.known, long, other.used))


def busy(day: Numbers, least: int) -> Measured:
    """`least` minutes above the threshold of activity."""
    return _least(day["busy_minutes"], least)


def pages(day: Numbers, least: int) -> Measured:
    """Something was printed."""
    return _any(day["pages"])


def content(day: Numbers, least: int) -> Measured:
    """What the board shows changed."""
    return _any(day["content_changes"])


def display(day: Numbers, least: int) -> Measured:
    """The panel was on for `least` minutes."""
    return _least(day["display_on_minutes"], least)


def _any(amounts: Grid) -> Measured:
    return Measured(~np.isnan(amounts), amounts > 0)


def _least(amounts: Grid, least: int) -> Measured:
    return Measured(~np.isnan(amounts), amounts >= least)


@dataclass(frozen=True, slots=True, kw_only=True)
class UseRule:
    """`off_is_idle`: a day on which it was off all day is without use. `totals`: counts shown as proof."""

    what: str
    used: Callable[[Numbers, int], Measured]
    off_is_idle: bool
    totals: tuple[str, ...]


NO_CALLS = UseRule(
    what="no_calls", used=calls, off_is_idle=True, totals=("calls", "call_minutes", "busy_minutes")
)
DISPLAY_OFF = UseRule(what="display_off", used=display, off_is_idle=True, totals=("display_on_minutes",))
USE_RULES: Mapping[Kind, tuple[UseRule, ...]] = {
    Kind.COMPUTER: (UseRule(what="no_users", used=users, off_is_idle=True, totals=()),),
    Kind.CONFERENCE_ROOM: (NO_CALLS,),
    Kind.VIDEO_ENDPOINT: (NO_CALLS,),
    Kind.NOTICE_BOARD: (
        UseRule(what="unchanged_content", used=content, off_is_idle=True, totals=("content_changes",)),
        DISPLAY_OFF,
    ),
    Kind.DISPLAY: (DISPLAY_OFF,),
    Kind.NETWORK_LINK: (UseRule(what="idle", used=busy, off_is_idle=False, totals=("busy_minutes",)),),
    Kind.PRINTER: (UseRule(what="no_pages", used=pages, off_is_idle=True, totals=("pages",)),),
    Kind.UPS: (UseRule(what="no_load", used=busy, off_is_idle=False, totals=("busy_minutes",)),),
}
USE_SIGNS = ((Sign.USED, Sign.BLIND), (Sign.USED_TOO, Sign.BLIND_TOO))


def read(days: Days, numbers: Numbers, kind: Kind, policy: Policy) -> Signs:
    """The signs of assets of one kind; `numbers` are those of the days, for these assets."""
    common = read_common(days, policy)
    return read_use(common, numbers, kind, policy)


def read_common(days: Days, policy: Policy) -> Signs:
    """The signs that every kind has."""
    opened, observable = days.numbers["open_minutes"], days.numbers["observable_minutes"]
    office = opened > 0
    counts = office & (observable >= policy.observable_minutes)
    counts &= observable * ALL >= policy.observable_share * opened  # whole numbers: no rounding decides
    really_seen = (days.numbers["seen_minutes"] > 0) | ((days.saw & NETWORK) > 0)
    asked = (days.numbers["asked_minutes"] > 0) | (observable > 0)
    found = _bits(days.present, Sign.KNOWN) | _bits(office, Sign.OFFICE) | _bits(counts, Sign.COUNTS)
    found |= _bits(really_seen, Sign.SEEN) | _bits(asked, Sign.ASKED)
    return found | _bits(days.present & days.generated, Sign.GENERATED)


def read_use(common: Signs, numbers: Numbers, kind: Kind, policy: Policy) -> Signs:
    """The same with the signs of use of assets of one kind.

    Use, and presence whose use nobody could measure, count on any day; disuse only on days that count.
    """
    found, least = common.copy(), policy.kinds[kind].used_minutes
    counts, there = (common & Sign.COUNTS) > 0, numbers["seen_minutes"] > 0
    for rule, (used, blind) in zip(USE_RULES.get(kind, ()), USE_SIGNS, strict=False):
        day = rule.used(numbers, least)
        excused = counts if not rule.off_is_idle else counts & there
        found |= _bits(day.known & day.used, used) | _bits(~day.known & (excused | ~counts & there), blind)
    if kind is Kind.NETWORK_LINK:
        share = numbers["line_share_p95"]
        found |= _bits(~np.isnan(share), Sign.SHARE_KNOWN)
        found |= _bits(share >= policy.saturation_share, Sign.FULL)
    return found


def grid_of(days: Sequence[Day], start: date, length: int) -> Days:
    """The days of one asset; those outside are left out."""
    grid = Days.empty(start, length, 1)
    apart = {"call_minutes": np.full((length, 1), np.nan, np.float32)}
    numbers = {**grid.numbers, **apart}
    inside = [(row, day) for day in days if 0 <= (row := (day.day - start).days) < length]
    for row, day in inside:
        grid.present[row], grid.generated[row] = True, day.generated
        grid.saw[row] = sum(1 << WITNESSES.index(one) for one in day.witnesses)
    rows = [row for row, _day in inside]
    for name in NAMES:
        numbers[name][rows, 0] = np.array(
            [getattr(day, name) for _row, day in inside], np.float64
        )  # None is NaN
    return Days(start, grid.present, grid.generated, grid.saw, numbers)


def dates(start: date, length: int) -> list[date]:
    return [start + timedelta(days=offset) for offset in range(length)]


def _bits(flags: Flags, sign: Sign) -> Signs:
    return flags.astype(np.uint16) * np.uint16(sign)
