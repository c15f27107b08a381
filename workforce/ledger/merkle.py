"""The tree of RFC 6962 over the log: root, inclusion and consistency proofs, and their verification.

A node is named by its level and its index there; the node (0, i) is the i-th leaf. Only perfect subtrees are ever
stored: the hash of one never changes once its last leaf is there.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from workforce.ledger.algorithms import Algorithm

Node = tuple[int, int]
Lookup = Callable[[Node], bytes]
LEAF, INNER = b"\x00", b"\x01"


def leaf_hash(data: bytes, algorithm: Algorithm = Algorithm.SHA256) -> bytes:
    return algorithm.digest(LEAF + data)


def node_hash(left: bytes, right: bytes, algorithm: Algorithm = Algorithm.SHA256) -> bytes:
    return algorithm.digest(INNER + left + right)


def perfect_parts(start: int, end: int) -> list[Node]:
    """The perfect subtrees that RFC 6962 divides the leaves [start, end) into, from the left."""
    parts: list[Node] = []
    while start < end:
        level = (end - start).bit_length() - 1
        if start:
            level = min(level, (start & -start).bit_length() - 1)
        parts.append((level, start >> level))
        start += 1 << level
    return parts


def folded(hashes: Sequence[bytes], algorithm: Algorithm = Algorithm.SHA256) -> bytes:
    """The hash of a range from those of its perfect parts."""
    found = hashes[-1]
    for left in reversed(hashes[:-1]):
        found = node_hash(left, found, algorithm)
    return found


def root_parts(size: int) -> list[Node]:
    """The nodes that `folded` makes the root of the first `size` leaves of."""
    return perfect_parts(0, size)


def inclusion_ranges(index: int, size: int) -> list[tuple[int, int]]:
    """The leaf ranges whose hashes prove a leaf, from the leaf upwards (RFC 6962, 2.1.1)."""
    ranges: list[tuple[int, int]] = []
    start, end = 0, size
    while end - start > 1:
        middle = start + _split(end - start)
        if index < middle:
            ranges.append((middle, end))
            end = middle
        else:
            ranges.append((start, middle))
            start = middle
    return ranges[::-1]


def consistency_ranges(old: int, size: int) -> list[tuple[int, int]]:
    """The leaf ranges whose hashes prove that the tree of `old` leaves begins that of `size` (2.1.2)."""
    if not 0 < old < size:
        return []
    ranges: list[tuple[int, int]] = []
    start, end = 0, size
    while end != old:
        middle = start + _split(end - start)
        if old <= middle:
            ranges.append((middle, end))
            end = middle
        else:
            ranges.append((start, middle))
            start = middle
    if start:
        ranges.append((start, end))
    return ranges[::-1]


def proof(
    ranges: Iterable[tuple[int, int]], lookup: Lookup, algorithm: Algorithm = Algorithm.SHA256
) -> list[bytes]:
    """The hashes of these ranges, from the stored perfect subtrees."""
    return [folded([lookup(node) for node in perfect_parts(*one)], algorithm) for one in ranges]


def nodes_for(ranges: Iterable[tuple[int, int]]) -> list[Node]:
    """What `proof` will look up."""
    return [node for one in ranges for node in perfect_parts(*one)]


def verify_inclusion(
    leaf: bytes,
    index: int,
    size: int,
    path: Sequence[bytes],
    root: bytes,
    algorithm: Algorithm = Algorithm.SHA256,
) -> bool:
    """Whether the leaf's hash stands at this index of the tree with this root (RFC 9162, 2.1.3.2)."""
    if not 0 <= index < size:
        return False
    place, last, found = index, size - 1, leaf
    for sibling in path:
        if last == 0:
            return False
        if place & 1 or place == last:
            found = node_hash(sibling, found, algorithm)
            while place and not place & 1:
                place, last = place >> 1, last >> 1
        else:
            found = node_hash(found, sibling, algorithm)
        place, last = place >> 1, last >> 1
    return last == 0 and found == root


def verify_consistency(
    old: int,
    size: int,
    old_root: bytes,
    root: bytes,
    path: Sequence[bytes],
    algorithm: Algorithm = Algorithm.SHA256,
) -> bool:
    """Whether the tree of `old` leaves is the beginning of that of `size` (RFC 9162, 2.1.4.2)."""
    if old == size:
        return not path and old_root == root
    if not 0 < old < size or not path:
        return False
    hashes = [old_root, *path] if old & (old - 1) == 0 else list(path)
    place, last = old - 1, size - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    first = second = hashes[0]
    for sibling in hashes[1:]:
        if last == 0:
            return False
        if place & 1 or place == last:
            first, second = node_hash(sibling, first, algorithm), node_hash(sibling, second, algorithm)
            while place and not place & 1:
                place, last = place >> 1, last >> 1
        else:
            second = node_hash(second, sibling, algorithm)
        place, last = place >> 1, last >> 1
    return last == 0 and first == old_root and second == root


@dataclass(slots=True)
class Frontier:
    """The tree of the leaves so far, kept as its perfect parts: a few hashes, however long the log."""

    algorithm: Algorithm = Algorithm.SHA256
    size: int = 0
    parts: list[bytes] = field(default_factory=list)

    def add(self, leaf: bytes) -> list[bytes]:
        """The hashes of the perfect subtrees that this leaf completes, itself first."""
        made, size = [leaf], self.size
        while size & 1:
            made.append(node_hash(self.parts.pop(), made[-1], self.algorithm))
            size >>= 1
        self.parts.append(made[-1])
        self.size += 1
        return made

    def root(self) -> bytes:
        return folded(self.parts, self.algorithm) if self.parts else self.algorithm.digest(b"")


def _split(count: int) -> int:
    """The largest power of two below the count."""
    return 1 << (count - 1).bit_length() - 1
