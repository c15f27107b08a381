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
from inventory.actions.kept_signs import Ordered, signs_of
from inventory.actions.looking import Heard, Voice, latest_cycles
from inventory.blocks.casebook import CROSSED, NOT_YET, Lines
from inventory.blocks.days import Flags
from inventory.marks.bearing import read, shape_of
from inventory.marks.kind import Kind
from inventory.marks.layers import Policies
from inventory.marks.signs import Signs
from inventory.marks.window import LATER, Asked, Thresholds, Window, gists, windows

Whole = npt.NDArray[np.int64]
MOST = 20_000  # shapes that are kept in mind
OF_GIST = 16  # bits
KINDS = sorted(Kind)


@dataclass(slots=True)
class Alike:
    """Assets of one kind under one policy, and what was seen of each: part by part."""

    asked: Asked
    assets: list[int] = field(default_factory=list)
    signs: list[Signs] = field(default_factory=list)

    def windows(self, day: date) -> dict[int, tuple[Asked, Window]]:
        found = windows(np.concatenate(self.signs, axis=1), day, self.asked)
        return {asset: (self.asked, window) for asset, window in zip(self.assets, found, strict=True)}


@dataclass(slots=True)
class Afresh:
    """Who is to be judged from all facts: by whom each was seen, and what."""

    voices: dict[int, Voice | None] = field(default_factory=dict)
    alike: dict[tuple[str, Kind], Alike] = field(default_factory=dict)

    def add(self, lines: Lines, bearings: Sequence[str], signs: Signs, asked: Asked) -> None:
        alike = self.alike.setdefault((asked.policy.version, asked.kind), Alike(asked))
        alike.assets.extend(lines["asset"].tolist())
        alike.signs.append(signs)
        self.voices.update((int(line["asset"]), _voice(line, bearings)) for line in lines)

    def windows(self, day: date) -> dict[int, tuple[Asked, Window]]:
        return {asset: window for one in self.alike.values() for asset, window in one.windows(day).items()}

    def heard(self, day: date) -> Heard:
        """As if they had been looked back at by themselves."""
        voices = {asset: voice for asset, voice in self.voices.items() if voice}
        endpoints = [endpoint for voice in voices.values() for endpoint, _ in voice.endpoints]
        cycles = latest_cycles(day, np.array(endpoints, np.int64))
        return Heard(list(self.voices), voices, cycles, voices.keys())


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
        ordered = self._ordered(book)
        signs = self._heard(ordered, signs_of(ordered, self.day, self.policies.window_days, self.basis))
        pending = np.isin(book.lines["asset"], self.pending)
        changed = self._changed(ordered, book.bearings, signs) & ~pending
        for asked, mine in ordered.parts():
            chosen = mine.start + np.flatnonzero(changed[mine])
            if len(chosen):
                seen = signs[-asked.policy.window_days :, chosen]
                afresh.add(book.lines[chosen], book.bearings, seen, asked)
        book.leave(changed | pending)

    def _ordered(self, book: Book) -> Ordered:
        """Its lines by how the days of each are to be read."""
        places, of_place = np.unique(book.lines["place"], return_inverse=True)
        policies = [self.policies.of(place) for place in places.tolist()]
        versions = sorted({policy.version for policy in policies})
        version = np.array([versions.index(policy.version) for policy in policies])[of_place]
        kind = np.array([KINDS.index(read(one).kind) for one in book.bearings])[book.lines["bearing"]]
        alike = version * len(KINDS) + kind
        order = np.argsort(alike, kind="stable")
        book.lines = book.lines[order]
        told, first, counts = np.unique(alike[order], return_index=True, return_counts=True)
        asked = [
            Asked(KINDS[one % len(KINDS)], self.policies.of(place))
            for one, place in zip(told.tolist(), book.lines["place"][first].tolist(), strict=True)
        ]
        return Ordered(book.number, book.lines, asked, np.cumsum(counts).tolist())

    def _heard(self, ordered: Ordered, signs: Signs) -> Signs:
        """Within each policy's window; on the days before its endpoint spoke for an asset nobody did."""
        for asked, mine in ordered.parts():
            signs[: len(signs) - asked.policy.window_days, mine] = 0
        late = ordered.lines["first"] - (self.day.toordinal() - len(signs) + 1)
        if (late > 0).any():
            signs[np.arange(len(signs))[:, None] < late] = 0
        return signs

    def _changed(self, ordered: Ordered, bearings: Sequence[str], signs: Signs) -> Flags:
        lines, counts = ordered.lines, np.diff(ordered.ends, prepend=0)
        found, crossed = gists(signs, Thresholds.of(ordered.asked, counts))
        alike = np.repeat(np.arange(len(counts)), counts) * len(bearings) + lines["bearing"]
        told, first, of_line = np.unique(alike << OF_GIST | found, return_index=True, return_inverse=True)
        shapes = []
        for one, at in zip(told.tolist(), first.tolist(), strict=True):
            part, bearing = divmod(one >> OF_GIST, len(bearings))
            column = signs[:, at : at + 1]
            shapes.append(self._shape(ordered.asked[part], bearings[bearing], int(found[at]), column))
        changed: Flags = np.array(shapes, np.int64)[of_line] != lines["shape"]
        changed |= lines["due"] <= self.day.toordinal()
        start = self.day.toordinal() - len(signs) + 1
        for name, rows in zip(CROSSED, crossed, strict=True):
            changed |= np.where(rows == LATER, NOT_YET, start + rows) < lines[name]
        return changed

    def _shape(self, asked: Asked, bearing: str, gist: int, signs: Signs) -> int:
        key = asked.policy.version, bearing, gist
        found = self._shapes.get(key)
        if found is None:
            if len(self._shapes) >= MOST:
                self._shapes.clear()
            [window] = windows(signs[-asked.policy.window_days :], self.day, asked)
            found = self._shapes[key] = shape_of(bearing, asked.policy, self.day, window)
        return found


def _voice(line: Lines, bearings: Sequence[str]) -> Voice | None:
    if not line["endpoint"]:
        return None
    endpoint, behind = int(line["endpoint"]), int(line["behind"]) or None
    first = read(bearings[int(line["bearing"])]).first_observed_on
    return Voice(first, ((endpoint, behind),), date.fromordinal(int(line["first"])))
