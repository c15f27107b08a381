"""Blocks that an earlier release wrote are read as they were meant."""

import struct
import zlib

import numpy as np
import pytest

from inventory.blocks.codec import ENDPOINT, HEAD, WITNESS, Unreadable, pack, unpack
from inventory.blocks.table import FIELDS, Table

USERS = FIELDS.index("users")


def format_1() -> bytes:
    """Three endpoints from 8,000 on, seen by the second witness; 5 users, nobody knows, 7 users."""
    columns = [
        (USERS, 1, 5.0, zlib.compress(bytes([0, 255, 2]))),
        (ENDPOINT, 1, 0.0, zlib.compress(bytes([0, 1, 3]))),
        (WITNESS, 0, 1.0, b""),
    ]
    head = HEAD.pack(1, 3, 8_000, len(columns))
    index = b"".join(struct.pack("<BBdI", *column[:3], len(column[3])) for column in columns)
    return head + index + b"".join(column[3] for column in columns)


def test_a_block_of_the_first_format_is_read() -> None:
    table = unpack(format_1(), ["users"])
    assert table.endpoint.tolist() == [8_000, 8_001, 8_004]
    assert table.witness.tolist() == [1, 1, 1]
    assert table.numbers["users"][[0, 2]].tolist() == [5, 7]
    assert np.isnan(table.numbers["users"][1])


def test_a_block_of_a_format_to_come_is_refused() -> None:
    with pytest.raises(Unreadable, match="format 3"):
        unpack(bytes([3]) + format_1()[1:])


@pytest.mark.parametrize("minutes", [[5, 480, 35], [0, 0, 1440], [7, 7, 7], [1, 2, 100_000], [5, 0.25, 10]])
def test_minutes_come_out_as_they_went_in(minutes: list[float]) -> None:
    others = [None] * (len(FIELDS) - 1)
    before = Table.of((at, 0, seen, *others) for at, seen in enumerate([*minutes, None]))
    assert unpack(pack(before)).rows() == before.rows()
