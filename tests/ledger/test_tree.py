"""The tree is RFC 6962's: roots and proofs agree with its recursive definition, and no other proof is taken."""

import hashlib
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from workforce.ledger.merkle import (
    Frontier,
    consistency_ranges,
    folded,
    inclusion_ranges,
    leaf_hash,
    node_hash,
    proof,
    root_parts,
    verify_consistency,
    verify_inclusion,
)
from workforce.ledger.tree import StoredTree

SIZES = st.integers(1, 300)
LEAVES = [leaf_hash(str(n).encode()) for n in range(300)]


def by_definition(leaves: list[bytes]) -> bytes:
    """MTH of RFC 6962, 2.1."""
    if not leaves:
        return hashlib.sha256().digest()
    if len(leaves) == 1:
        return leaves[0]
    half = 1
    while half * 2 < len(leaves):
        half *= 2
    return node_hash(by_definition(leaves[:half]), by_definition(leaves[half:]))


def stored() -> dict[int, bytes]:
    tree = Frontier()
    return {n: b"".join(tree.add(leaf)) for n, leaf in enumerate(LEAVES, 1)}


STORED = stored()
TREE = StoredTree(lambda seqs: {seq: STORED[seq] for seq in seqs})


def node(place: tuple[int, int]) -> bytes:
    level, index = place
    return STORED[(index + 1) << level][32 * level : 32 * level + 32]


@given(SIZES)
def test_the_root_is_that_of_the_definition(size: int) -> None:
    tree = Frontier()
    for leaf in LEAVES[:size]:
        tree.add(leaf)
    root = by_definition(LEAVES[:size])
    assert tree.root() == root == folded([node(one) for one in root_parts(size)])
    assert TREE.root(size) == root.hex()


def test_the_root_of_nothing_is_the_hash_of_nothing() -> None:
    assert Frontier().root() == by_definition([])


def test_known_values_of_certificate_transparency() -> None:
    """The tree of the seven leaves of certificate-transparency's own tests."""
    leaves = [
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    ]
    tree = Frontier()
    for leaf in leaves:
        tree.add(leaf_hash(bytes.fromhex(leaf)))
    assert tree.root().hex() == "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"


@given(SIZES, st.data())
def test_a_leaf_is_proved_and_no_other_at_its_place(size: int, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, size - 1))
    root = by_definition(LEAVES[:size])
    path = proof(inclusion_ranges(index, size), node)
    assert [one.hex() for one in path] == TREE.inclusion(index + 1, size)
    assert verify_inclusion(LEAVES[index], index, size, path, root)
    assert not verify_inclusion(leaf_hash(b"forged"), index, size, path, root)
    assert not verify_inclusion(LEAVES[index], index + size, size, path, root)
    assert not verify_inclusion(LEAVES[index], index, size, [*path, root], root)
    other = data.draw(st.integers(0, size - 1).filter(lambda n: n != index)) if size > 1 else -1
    assert not verify_inclusion(LEAVES[index], other, size, path, root)


@given(SIZES, st.data())
def test_a_longer_tree_is_proved_to_begin_with_a_shorter_one(size: int, data: st.DataObject) -> None:
    old = data.draw(st.integers(1, size))
    roots = by_definition(LEAVES[:old]), by_definition(LEAVES[:size])
    path = proof(consistency_ranges(old, size), node)
    assert [one.hex() for one in path] == TREE.consistency(old, size)
    assert verify_consistency(old, size, *roots, path)
    assert not verify_consistency(old, size, leaf_hash(b"forged"), roots[1], path)
    assert not verify_consistency(old, size, roots[0], leaf_hash(b"forged"), path)
    assert not verify_consistency(old, size, *roots, [*path, roots[0]])


@given(st.integers(2, 200), st.data())
def test_no_proof_connects_a_tree_in_which_an_old_leaf_was_changed(size: int, data: st.DataObject) -> None:
    old = data.draw(st.integers(1, size - 1))
    forged = list(LEAVES[:size])
    forged[data.draw(st.integers(0, old - 1))] = leaf_hash(b"forged")
    path = proof(consistency_ranges(old, size), node)
    assert not verify_consistency(old, size, by_definition(LEAVES[:old]), by_definition(forged), path)


@given(st.integers(1, 2**40), st.data())
def test_proofs_stay_short_however_long_the_log(size: int, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, size - 1))
    ranges = inclusion_ranges(index, size)
    assert len(ranges) <= size.bit_length()
    covered = sorted([*ranges, (index, index + 1)])
    assert covered[0][0] == 0
    assert covered[-1][1] == size
    assert all(left[1] == right[0] for left, right in pairwise(covered))
