"""What is remembered of the last judgement of assets, packed: a line each, those of a block of endpoints together."""

import zlib
from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from inventory.blocks.table import BLOCK

Lines = npt.NDArray[Any]
CROSSED = ("silent", "unused", "unused_too")  # the days on which silence and each disuse were long enough
NOT_YET = date.max.toordinal()
LINE = np.dtype(
    [
        ("asset", "<i8"),
        ("place", "<i8"),
        ("endpoint", "<i8"),  # the only one that speaks for it, or 0
        ("behind", "<i8"),  # the endpoint behind which that one is, or 0
        ("first", "<i4"),  # the day from which on it speaks
        ("due", "<i4"),  # the day on which time alone may change the judgement
        ("bearing", "<i4"),  # its place in the book's list
        ("shape", "<i8"),  # of what was said of it
        *((name, "<i4") for name in CROSSED),
    ]
)
LEVEL = 1


class Line(NamedTuple):
    """One asset; the bearing as its text."""

    asset: int
    place: int
    endpoint: int
    behind: int
    first: int
    due: int
    bearing: str
    shape: int
    silent: int
    unused: int
    unused_too: int

    @property
    def book(self) -> int:
        """Assets without an endpoint are kept together by their own number."""
        return self.endpoint // BLOCK if self.endpoint else -1 - self.asset // BLOCK


def packed(lines: Lines) -> bytes:
    """Each column as steps from line to line, most of which are equal."""
    columns = (lines[name] for name in LINE.names or ())
    return zlib.compress(
        b"".join(np.diff(column, prepend=column.dtype.type(0)).tobytes() for column in columns), LEVEL
    )


def unpacked(data: bytes) -> Lines:
    """Lines that may be written on."""
    plain = zlib.decompress(data)
    count = len(plain) // LINE.itemsize
    lines, start = np.empty(count, LINE), 0
    for name in LINE.names or ():
        kind, length = LINE[name], count * LINE[name].itemsize
        lines[name] = np.cumsum(np.frombuffer(plain[start : start + length], kind), dtype=kind)
        start += length
    return lines


def entered(lines: Lines, bearings: Sequence[str], fresh: Sequence[Line]) -> tuple[Lines, list[str]]:
    """The lines with these in place of what was there of the same assets, in the order of endpoint and asset."""
    places = {text: at for at, text in enumerate(bearings)}
    for one in fresh:
        places.setdefault(one.bearing, len(places))
    more = np.array([(*one[:6], places[one.bearing], *one[7:]) for one in fresh], LINE)
    kept = lines[~np.isin(lines["asset"], more["asset"])]
    found = np.concatenate([kept, more])
    found = found[np.lexsort((found["asset"], found["endpoint"]))]
    texts, used = [*places], np.unique(found["bearing"])
    found["bearing"] = np.searchsorted(used, found["bearing"])
    return found, [texts[at] for at in used.tolist()]
