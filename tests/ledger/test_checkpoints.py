"""A checkpoint is what was signed, to the letter; a receipt names one entry."""

from datetime import UTC, datetime

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from workforce.ledger.algorithms import Algorithm
from workforce.ledger.checkpoints import NotReadable, Receipt, TreeHead, read_checkpoint, read_receipt, sign

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
TREE = TreeHead(log="430923-0123456789abcdef", size=12840, root="ab" * 32, head="cd" * 32)
SIGNED = sign(TREE, KEY, datetime(2026, 10, 31, 9, 30, tzinfo=UTC))


def test_it_holds_and_is_read_again_as_it_was() -> None:
    assert SIGNED.holds
    assert read_checkpoint(SIGNED.text) == SIGNED
    assert SIGNED.tree == TREE
    assert len(SIGNED.text) < 600


def test_line_ends_of_another_system_do_not_break_it() -> None:
    assert read_checkpoint(SIGNED.text.replace("\n", "\r\n") + "\r\n").holds


@given(st.integers(0, len(SIGNED.text) - 2), st.sampled_from("0123456789abcdef:-\n xZ"))
def test_no_letter_of_it_can_be_changed(at: int, letter: str) -> None:
    changed = SIGNED.text[:at] + letter + SIGNED.text[at + 1 :]
    try:
        assert not read_checkpoint(changed).holds or changed == SIGNED.text
    except NotReadable:
        assert changed != SIGNED.text


def test_another_key_is_told_apart() -> None:
    other = sign(TREE, Ed25519PrivateKey.generate(), SIGNED.time)
    assert other.holds
    assert other.public_key != SIGNED.public_key


@pytest.mark.parametrize("text", ["", "x", TREE.statement, SIGNED.text + "more: x\n", SIGNED.text * 2])
def test_anything_else_is_no_checkpoint(text: str) -> None:
    with pytest.raises(NotReadable):
        read_checkpoint(text)


def test_a_receipt_is_one_line() -> None:
    receipt = Receipt(log=TREE.log, seq=41, hash="ef" * 32, algorithm=Algorithm.SM3)
    assert read_receipt(f" {receipt.text}\n") == receipt
    with pytest.raises(NotReadable):
        read_receipt(receipt.text[:-1])
