"""Roots and proofs of a log whose entries carry the perfect subtrees that they complete."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from workforce.ledger.algorithms import Algorithm
from workforce.ledger.merkle import (
    Node,
    consistency_ranges,
    folded,
    inclusion_ranges,
    nodes_for,
    proof,
    root_parts,
)

DIGEST = 32
Subtrees = Callable[[Iterable[int]], Mapping[int, bytes]]
"""The stored subtrees of entries, by their numbers."""


@dataclass(frozen=True, slots=True)
class StoredTree:
    """Asks for a few entries, however long the log is."""

    subtrees: Subtrees
    algorithm: Algorithm = Algorithm.SHA256

    def root(self, size: int) -> str:
        nodes = root_parts(size)
        found = self._hashes(nodes)
        return folded([found[node] for node in nodes], self.algorithm).hex() if nodes else self._empty()

    def inclusion(self, seq: int, size: int) -> list[str]:
        """The proof that entry `seq` stands in the tree of the first `size` entries."""
        return self._proof(inclusion_ranges(seq - 1, size))

    def consistency(self, old: int, size: int) -> list[str]:
        """The proof that the first `old` entries are still the first of `size`."""
        return self._proof(consistency_ranges(old, size))

    def _proof(self, ranges: list[tuple[int, int]]) -> list[str]:
        found = self._hashes(nodes_for(ranges))
        return [one.hex() for one in proof(ranges, found.__getitem__, self.algorithm)]

    def _hashes(self, nodes: list[Node]) -> dict[Node, bytes]:
        ends = {node: (node[1] + 1) << node[0] for node in nodes}
        stored = self.subtrees(set(ends.values()))
        return {node: stored[end][DIGEST * node[0] : DIGEST * (node[0] + 1)] for node, end in ends.items()}

    def _empty(self) -> str:
        return self.algorithm.digest(b"").hex()
