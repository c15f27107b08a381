"""Random samples of the log that anybody can draw again: from its root and a number that the auditor chose."""

from collections.abc import Iterator
from itertools import count

from workforce.ledger.algorithms import Algorithm
from workforce.ledger.canonical import encode

SAMPLE = b"\x03"
WORD = 8
WORDS = 1 << 8 * WORD


def drawn(root: str, number: int, size: int, algorithm: Algorithm = Algorithm.SHA256) -> Iterator[int]:
    """The entries 1 to `size`, each once, in the order in which they are drawn."""
    before: set[int] = set()
    fair = WORDS - WORDS % size  # beyond it the first entries would be drawn more often
    for turn in count(1):
        if len(before) == size:
            return
        data = SAMPLE + bytes.fromhex(root) + encode([number, turn])
        value = int.from_bytes(algorithm.digest(data)[:WORD], "big")
        seq = value % size + 1
        if value < fair and seq not in before:
            before.add(seq)
            yield seq
