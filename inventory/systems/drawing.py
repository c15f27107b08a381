"""
Where the boxes and lines of the picture of systems stand.

Wide: boxes around an empty middle, lines through it, so that no line crosses a box. Narrow: boxes below each other,
lines as bows beside them.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from inventory.systems.islands import Link

WIDE, NARROW = 1080, 356
BOX, TALL, GAP = 168, 46, 16
MOST_ACROSS = 4
LEAST_HOLLOW = 150
LADDER_BOX, LADDER_GAP = 186, 12
SPREAD = 12
LEAST_BOW, MOST_BOW = 36, 190

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Box:
    """A system; `inward` is the direction in which its lines leave it."""

    key: int
    x: float
    y: float
    width: float
    height: float
    inward: tuple[int, int]

    def leaves_at(self, shift: float) -> Point:
        """The middle of the side towards the hollow, moved along that side."""
        across, down = self.inward
        x = self.x + self.width / 2 + (across * self.width / 2 if across else shift)
        y = self.y + self.height / 2 + (down * self.height / 2 if down else shift)
        return x, y

    @property
    def room(self) -> float:
        """How far from the middle of that side a line may leave."""
        return (self.height if self.inward[0] else self.width) / 2 - 6


@dataclass(frozen=True, slots=True)
class Curve:
    """One exchange: from, two points that pull, to."""

    link: Link
    points: tuple[Point, Point, Point, Point]

    @property
    def path(self) -> str:
        begin, first, second, end = (f"{x:.1f} {y:.1f}" for x, y in self.points)
        return f"M{begin}C{first} {second} {end}"


@dataclass(frozen=True, slots=True)
class Drawing:
    width: float
    height: float
    boxes: Sequence[Box]
    curves: Sequence[Curve]


def wide(order: Sequence[int], links: Sequence[Link]) -> Drawing:
    """Clockwise from the upper left, in this order."""
    boxes = list(_around(order))
    height = max((box.y + box.height for box in boxes), default=0)
    middle = (WIDE / 2, height / 2)
    curves = [
        Curve(link, (begin, _towards(begin, middle), _towards(end, middle), end))
        for link, begin, end in _ends(boxes, links)
    ]
    return Drawing(WIDE, height, boxes, curves)


def narrow(order: Sequence[int], links: Sequence[Link]) -> Drawing:
    """Below each other, in this order; the farther the bow reaches, the wider it is."""
    step = TALL + LADDER_GAP
    boxes = [Box(key, 0, index * step, LADDER_BOX, TALL, (1, 0)) for index, key in enumerate(order)]
    longest = max(1, len(order) - 1) * step
    curves = [
        Curve(link, (begin, (LADDER_BOX + bow, begin[1]), (LADDER_BOX + bow, end[1]), end))
        for link, begin, end in _ends(boxes, links)
        for bow in [LEAST_BOW + (MOST_BOW - LEAST_BOW) * min(1, abs(end[1] - begin[1]) / longest)]
    ]
    return Drawing(NARROW, max(0, len(order) * step - LADDER_GAP), boxes, curves)


def _around(order: Sequence[int]) -> Iterator[Box]:
    across = min(MOST_ACROSS, len(order) // 4)
    right = -(-(len(order) - 2 * across) // 2)
    left = len(order) - 2 * across - right
    above = TALL + GAP if across else 0
    hollow = max(LEAST_HOLLOW, right * (TALL + GAP) + GAP)
    below = above + hollow
    top, rest = order[:across], order[across:]
    yield from _row(top, 0, (0, 1))
    yield from _column(rest[:right], WIDE - BOX, above, hollow, (-1, 0))
    yield from _row(rest[right : right + across][::-1], below + GAP, (0, -1))
    yield from _column(rest[right + across :][::-1][:left], 0, above, hollow, (1, 0))


def _row(keys: Sequence[int], y: float, inward: tuple[int, int]) -> Iterator[Box]:
    slot = (WIDE - 2 * (BOX + GAP)) / max(1, len(keys))
    for index, key in enumerate(keys):
        yield Box(key, BOX + GAP + (index + 0.5) * slot - BOX / 2, y, BOX, TALL, inward)


def _column(
    keys: Sequence[int], x: float, above: float, hollow: float, inward: tuple[int, int]
) -> Iterator[Box]:
    slot = hollow / max(1, len(keys))
    for index, key in enumerate(keys):
        yield Box(key, x, above + (index + 0.5) * slot - TALL / 2, BOX, TALL, inward)


def _ends(boxes: Sequence[Box], links: Sequence[Link]) -> Iterator[tuple[Link, Point, Point]]:
    """Lines of the same box leave it side by side."""
    by_key = {box.key: box for box in boxes}
    shown = [link for link in links if link.source in by_key and link.target in by_key]
    many = Counter(end for link in shown for end in (link.source, link.target))
    taken: dict[int, int] = defaultdict(int)
    for link in shown:
        points = []
        for end in (link.source, link.target):
            box, place = by_key[end], taken[end]
            taken[end] += 1
            spread = min(SPREAD, 2 * box.room / max(1, many[end] - 1))
            points.append(box.leaves_at((place - (many[end] - 1) / 2) * spread))
        yield link, points[0], points[1]


def _towards(point: Point, middle: Point) -> Point:
    """More than half of the way to the middle."""
    return point[0] + (middle[0] - point[0]) * 0.6, point[1] + (middle[1] - point[1]) * 0.6


def wrapped(text: str, ems: float, most: int = 2) -> tuple[str, ...]:
    """The text in at most so many lines of so many ems; what does not fit ends with an ellipsis."""
    lines: list[str] = [""]
    for word in _words(text):
        joined = lines[-1] + word
        if lines[-1] and _ems(joined.rstrip()) > ems:
            lines.append(word.lstrip())
        else:
            lines[-1] = joined
    kept = [*lines[: most - 1], "".join(lines[most - 1 :])]
    return tuple(_cut(line.rstrip(), ems) for line in kept if line)


def _words(text: str) -> Iterator[str]:
    """Chinese breaks anywhere, other writing after a space."""
    word = ""
    for sign in text:
        if ord(sign) > 0x2E7F:
            if word:
                yield word
            yield sign
            word = ""
        else:
            word += sign
            if sign == " ":
                yield word
                word = ""
    if word:
        yield word


def _ems(text: str) -> float:
    return sum(1.0 if ord(sign) > 0x2E7F else 0.56 for sign in text)


def _cut(text: str, ems: float) -> str:
    if _ems(text) <= ems:
        return text
    while text and _ems(text) + 1 > ems:
        text = text[:-1]
    return text.rstrip() + "…"
