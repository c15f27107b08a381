"""Assets of which nothing changed but their days: judged again a block at a time, from what a casebook says of them.

The rules of presence and use are asked once for all assets of one bearing in whose windows the same decides. Where they
come to another answer, another finding or another lack than the last time, where a mark turns out to be older than was
known, or where time changes what the facts say, the asset is judged afresh with all its facts.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np
import numpy.typing as npt

from inventory.actions.casebooks import Book
from inventory.actions.kept_signs import Sorted, signs_of
from inventory.actions.looking import Heard, Voice, latest_cycles
from inventory.blocks.casebook import CROSSED, NOT_YET, Lines
from inventory.blocks.days import Flags
from inventory.marks.bearing import read, shape_of
from inventory.marks.kind import Kind
from inventory.marks.layers import Policies
from inventory.marks.signs import Signs
from inventory.marks.window import LATER, Asked, Window, gists, windows

Whole = npt.NDArray[np.int64]
MOST = 20_000  # shapes that are kept in mind
OF_GIST = 16  # bits


@dataclass(slots=True)
class Afresh:
    """Who is to be judged from all facts, with the windows they were seen in."""

    voices: dict[int, Voice | None] = field(default_factory=dict)
    windows: dict[int, tuple[Asked, Window]] = field(default_factory=dict)

    def add(self, lines: Lines, bearings: Sequence[str], signs: Signs, asked: Asked, day: date) -> None:
        for line, window in zip(lines, windows(signs, day, asked), strict=True):
            asset = int(line["asset"])
            self.windows[asset] = asked, window
            self.voices[asset] = _voice(line, bearings)

    def heard(self, day: date) -> Heard:
        """As if they had been looked back at by themselves."""
        voices = {asset: voice for asset, voice in self.voices.items() if voice}
        endpoints = [endpoint for voice in voices.values() for endpoint, _ in voice.endpoints]
        cycles = latest_cycles(day, np.array(endpoints, np.int64))
        return Heard(list(self.windows), voices, cycles, voices.keys())


@dataclass(slots=True)
class Rejudging:
    """A run over all books."""

    day: date
    policies: Policies
    basis: str
    pending: Whole  # assets
    _shapes: dict[tuple[str, str, int], int] = field(default_factory=dict)

    def books(self, books: Iterable[Book]) -> Afresh:
        """Judge what they say again. Who is to be judged afresh, and who is pending anyway, leaves them."""
        afresh = Afresh()
        for book in books:
            if len(book.lines):
                self._book(book, afresh)
        return afresh

    def _book(self, book: Book, afresh: Afresh) -> None:
        sorted_ = self._sorted(book)
        signs = signs_of(sorted_, self.day, self.policies.window_days, self.basis)
        pending = np.isin(book.lines["asset"], self.pending)
        leave = pending.copy()
        for at, asked in enumerate(sorted_.asked):
            mine = np.flatnonzero((sorted_.of_line == at) & ~pending)
            lines, heard = book.lines[mine], self._heard(book.lines[mine], signs[:, mine], asked)
            changed = self._changed(lines, book.bearings, heard, asked)
            leave[mine] = changed
            afresh.add(lines[changed], book.bearings, heard[:, changed], asked, self.day)
        book.leave(leave)

    def _sorted(self, book: Book) -> Sorted:
        """How the days of each line are to be read."""
        many = max(len(book.bearings), 1)
        pairs, of_line = np.unique(book.lines["place"] * many + book.lines["bearing"], return_inverse=True)
        alike: dict[tuple[str, Kind], Asked] = {}
        keys = []
        for pair in pairs.tolist():
            policy, kind = self.policies.of(pair // many), read(book.bearings[pair % many]).kind
            keys.append((policy.version, kind))
            alike[keys[-1]] = Asked(kind, policy)
        order = sorted(alike)
        places = np.array([order.index(key) for key in keys], np.int64)
        return Sorted(book.number, book.lines, [alike[key] for key in order], places[of_line])

    def _heard(self, lines: Lines, signs: Signs, asked: Asked) -> Signs:
        """Within the policy's window; on the days before its endpoint spoke for an asset nobody did."""
        heard = signs[-asked.policy.window_days :]
        late = lines["first"] - (self.day.toordinal() - len(heard) + 1)
        if (late > 0).any():
            heard[np.arange(len(heard))[:, None] < late] = 0
        return heard

    def _changed(self, lines: Lines, bearings: Sequence[str], heard: Signs, asked: Asked) -> Flags:
        found, crossed = gists(heard, asked)
        told, first, of_line = np.unique(
            lines["bearing"].astype(np.int64) << OF_GIST | found, return_index=True, return_inverse=True
        )
        shapes = [
            self._shape(bearings[one >> OF_GIST], one % (1 << OF_GIST), asked, heard[:, [at]])
            for one, at in zip(told.tolist(), first.tolist(), strict=True)
        ]
        changed: Flags = np.array(shapes, np.int64)[of_line] != lines["shape"]
        changed |= lines["due"] <= self.day.toordinal()
        start = self.day.toordinal() - len(heard) + 1
        for name, rows in zip(CROSSED, crossed, strict=True):
            changed |= np.where(rows == LATER, NOT_YET, start + rows) < lines[name]
        return changed

    def _shape(self, bearing: str, gist: int, asked: Asked, one: Signs) -> int:
        key = asked.policy.version, bearing, gist
        found = self._shapes.get(key)
        if found is None:
            if len(self._shapes) >= MOST:
                self._shapes.clear()
            [window] = windows(one, self.day, asked)
            found = self._shapes[key] = shape_of(bearing, asked.policy, self.day, window)
        return found


def _voice(line: Lines, bearings: Sequence[str]) -> Voice | None:
    if not line["endpoint"]:
        return None
    endpoint, behind = int(line["endpoint"]), int(line["behind"]) or None
    first = read(bearings[int(line["bearing"])]).first_observed_on
    return Voice(first, ((endpoint, behind),), date.fromordinal(int(line["first"])))
