"""What may be received in a project: how many, of which kind, with which serial numbers. No Django."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from enum import StrEnum

from inventory.marks.kind import Kind

MOST = 500  # at once: what one acceptance record lists
LONGEST = 80
DIVIDED = re.compile(r"[\n\r\t,;，；、]+")
PARTS: dict[Kind, frozenset[Kind]] = {
    Kind.CONFERENCE_ROOM: frozenset(
        {Kind.VIDEO_ENDPOINT, Kind.CAMERA, Kind.DISPLAY, Kind.COMPUTER, Kind.NETWORK_DEVICE, Kind.UPS}
    ),
    Kind.MACHINE_ROOM: frozenset({Kind.SERVER, Kind.UPS, Kind.NETWORK_DEVICE}),
}
"""Money for a whole buys its parts too."""


class Refused(StrEnum):
    """Why things are not received as it was written down."""

    NOTHING = "nothing"
    TOO_MANY = "too_many"
    NUMBERS_DIFFER = "numbers_differ"  # so many pieces, but another number of serial numbers
    TWICE = "twice"
    TOO_LONG = "too_long"
    OTHER_KIND = "other_kind"


def serials(text: str) -> list[str]:
    """As typed or pasted: one a line, or divided by commas."""
    return [one for part in DIVIDED.split(text) if (one := part.strip())]


def refusals(quantity: int | None, numbers: Sequence[str]) -> list[Refused]:
    """What is wrong with the number of pieces and their serial numbers; without serial numbers the pieces count."""
    pieces = quantity if quantity is not None else len(numbers)
    found = {
        Refused.NOTHING: pieces < 1,
        Refused.TOO_MANY: max(pieces, len(numbers)) > MOST,
        Refused.NUMBERS_DIFFER: bool(numbers) and len(numbers) != pieces,
        Refused.TWICE: bool(twice(numbers)),
        Refused.TOO_LONG: any(len(one) > LONGEST for one in numbers),
    }
    return [code for code, wrong in found.items() if wrong]


def twice(numbers: Iterable[str]) -> list[str]:
    """Serial numbers that stand there more than once, whatever their case."""
    return [one for one, times in Counter(one.casefold() for one in numbers).items() if times > 1]


def pays_for(category: str, kind: Kind) -> bool:
    """Whether money of a category buys things of a kind: its own, and the parts of a whole."""
    return kind in {Kind(category), *PARTS.get(Kind(category), ())}


def among(numbers: Iterable[str], known: Collection[str]) -> list[str]:
    """Those that are on the books already."""
    there = {one.casefold() for one in known}
    return [one for one in numbers if one.casefold() in there]
