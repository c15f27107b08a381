"""Assets of which nothing changed but their days: judged again a block at a time, from what a casebook says of them.

The rules of presence and use are asked once for all assets of one bearing and window. Where they come to another
answer, another finding or another lack than the last time, or where time changes what the facts say, the asset is
judged afresh with all its facts, from the days that are in hand; where only numbers differ, these are brought up to
date.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

import numpy as np
import numpy.typing as npt

from inventory.actions.as_of import AsOf
from inventory.actions.case_rows import Change, bring_up_to_date
from inventory.actions.casebooks import Book
from inventory.actions.looking import BY_SWITCH, LastCycles, Looked, Voice, look_at_block
from inventory.blocks.casebook import Lines
from inventory.blocks.days import Days, Flags
from inventory.blocks.table import BLOCK
from inventory.marks.bearing import Told, read, tell
from inventory.marks.kind import Kind
from inventory.marks.layers import Policies
from inventory.marks.policy import Policy
from inventory.marks.quiet import may_be_quiet, quiet
from inventory.marks.signs import Part, Signs
from inventory.marks.signs import read as read_signs
from inventory.marks.window import Asked, Window, windows

Whole = npt.NDArray[np.int64]
Tellings = npt.NDArray[np.object_]
AT_ONCE = 20_000  # changes that are written together
MOST = 20_000  # cases that are kept in mind


@dataclass(frozen=True, slots=True)
class Alike:
    """Assets of one block, of one kind and under one policy: their lines, signs and numbers."""

    asked: Asked
    bearings: Sequence[str]
    bearing: Whole  # of each line, its place in the list
    common: Signs
    part: Part

    @classmethod
    def of(cls, book: Book, mine: Whole, days: Days, signs: Signs, asked: Asked) -> "Alike":
        length, lines = asked.policy.window_days, book.lines[mine]
        columns, unheard = lines["endpoint"] % BLOCK, _unheard(lines, days)
        common = signs[-length:, columns]
        if unheard is not None:
            unheard = unheard[-length:]
            common[unheard] = 0
        part = Part(days, length, columns, unheard)
        return cls(asked, book.bearings, lines["bearing"].astype(np.int64), common, part)

    def windows(self, chosen: Whole, today: date) -> list[Window]:
        return windows(self.common[:, chosen], self.part.some(chosen), today, self.asked)


@dataclass(slots=True)
class Rejudging:
    """A run over all books. `longer` are assets whose marks turned out to be older than was known.

    `afresh` are those that are to be judged from all their facts, with their days.
    """

    day: date
    policies: Policies
    afresh: list[Looked] = field(default_factory=list)
    longer: set[int] = field(default_factory=set)
    _known: dict[tuple[str, str, Window], Told] = field(default_factory=dict)
    _quietly: dict[tuple[str, str], Told] = field(default_factory=dict)
    _changes: list[Change] = field(default_factory=list)

    def book(self, book: Book) -> None:
        """Judge its assets again; those that are to be judged afresh leave it."""
        if not len(book.lines):
            return
        days, cycles = self._days(book)
        lines, told = book.lines, np.empty(len(book.lines), np.object_)
        for mine, alike in self._alike(book, days):
            told[mine] = self._told(alike)
        said = np.array([one.said for one in told], np.int64)
        other = np.array([one.shape for one in told], np.int64) != lines["shape"]
        other |= lines["due"] <= self.day.toordinal()
        changed = ~other & (said != lines["said"])
        self._note(lines[changed], told[changed], cycles)
        lines["said"] = said
        if other.any():
            self.afresh.append(_looked(lines[other], book.bearings, days, cycles))
            book.lines = lines[~other]

    def finish(self) -> None:
        """Write what is left."""
        if self._changes:
            self.longer |= bring_up_to_date(self._changes, self.day)
            self._changes.clear()

    def _days(self, book: Book) -> tuple[Days, LastCycles]:
        length = self.policies.window_days
        if book.number >= 0:
            return look_at_block(AsOf(self.day), book.number, length)
        start = self.day - timedelta(days=length - 1)
        return Days.empty(start, length, BLOCK), LastCycles.of(np.empty(0, np.int64))

    def _alike(self, book: Book, days: Days) -> Iterator[tuple[Whole, Alike]]:
        """The places of the lines that are looked at together."""
        signs: dict[str, Signs] = {}
        for (version, kind), (policy, mine) in self._sorted(book).items():
            if version not in signs:
                signs[version] = read_signs(days, policy)
            asked = Asked(kind, policy, policy.kinds[kind])
            yield mine, Alike.of(book, mine, days, signs[version], asked)

    def _sorted(self, book: Book) -> dict[tuple[str, Kind], tuple[Policy, Whole]]:
        """The places of the lines of each kind under each policy."""
        many = max(len(book.bearings), 1)
        pairs, of_line = np.unique(book.lines["place"] * many + book.lines["bearing"], return_inverse=True)
        alike: dict[tuple[str, Kind], tuple[Policy, list[int]]] = {}
        for at, pair in enumerate(pairs.tolist()):
            policy, kind = self.policies.of(pair // many), read(book.bearings[pair % many]).kind
            alike.setdefault((policy.version, kind), (policy, []))[1].append(at)
        return {
            key: (policy, np.flatnonzero(np.isin(of_line, mine))) for key, (policy, mine) in alike.items()
        }

    def _told(self, alike: Alike) -> Tellings:
        told = np.empty(len(alike.bearing), np.object_)
        still = quiet(alike.common, alike.part, alike.asked)
        for at in np.unique(alike.bearing).tolist():
            mine = np.flatnonzero(still & (alike.bearing == at))
            if len(mine) and may_be_quiet(read(alike.bearings[at])):
                told[mine] = self._quiet(alike, alike.bearings[at], mine[:1])
            else:
                still[mine] = False
        rest = np.flatnonzero(~still)
        for at, window in zip(rest.tolist(), alike.windows(rest, self.day), strict=True):
            told[at] = self._case(alike.bearings[alike.bearing[at]], alike.asked.policy, window)
        return told

    def _quiet(self, alike: Alike, bearing: str, first: Whole) -> Told:
        """What is said of one of them is said of all."""
        key = alike.asked.policy.version, bearing
        if key not in self._quietly:
            [window] = alike.windows(first, self.day)
            self._quietly[key] = tell(bearing, alike.asked.policy, self.day, window)
        return self._quietly[key]

    def _case(self, bearing: str, policy: Policy, window: Window) -> Told:
        key = policy.version, bearing, window
        found = self._known.get(key)
        if found is None:
            if len(self._known) >= MOST:
                self._known.clear()
            found = self._known[key] = tell(bearing, policy, self.day, window)
        return found

    def _note(self, lines: Lines, told: Tellings, cycles: LastCycles) -> None:
        if not len(lines):
            return
        latest = cycles.told()
        for asset, endpoint, behind, one in zip(
            lines["asset"].tolist(),
            lines["endpoint"].tolist(),
            lines["behind"].tolist(),
            told.tolist(),
            strict=True,
        ):
            cycle, witness = latest.get(endpoint, (None, 0))
            cited = (behind or None) if witness == BY_SWITCH else endpoint
            reading = (cited, cycle) if cycle and cited else (None, None)
            self._changes.append(Change(asset, one, *reading))
        if len(self._changes) >= AT_ONCE:
            self.finish()


def _unheard(lines: Lines, days: Days) -> Flags | None:
    """The days before the endpoint of each spoke for its asset."""
    late = lines["first"] - days.start.toordinal()
    return np.arange(len(days.present))[:, None] < late if (late > 0).any() else None


def _looked(lines: Lines, bearings: Sequence[str], days: Days, cycles: LastCycles) -> Looked:
    """What is needed to judge them afresh, as if they had been looked back at by themselves."""
    voices, latest = {}, cycles.told()
    for one in lines[lines["endpoint"] > 0]:
        voices[int(one["asset"])] = Voice(
            read(bearings[one["bearing"]]).first_observed_on,
            ((int(one["endpoint"]), int(one["behind"]) or None),),
            date.fromordinal(int(one["first"])),
        )
    told = {endpoint: latest[endpoint] for endpoint in lines["endpoint"].tolist() if endpoint in latest}
    part = days.some(lines["endpoint"] % BLOCK, _unheard(lines, days))
    return Looked(lines["asset"].tolist(), part, voices, told, voices.keys())
