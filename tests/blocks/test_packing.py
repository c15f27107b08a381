"""Whatever is packed comes out of a block exactly as it went in, and late evidence is added as if it came in time."""

from itertools import groupby
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from inventory.blocks.codec import Unreadable, pack, unpack
from inventory.blocks.table import ADDED, BLOCK, FIELDS, WITNESSES, Table, merged

MINUTES = st.one_of(
    st.sampled_from([None, 0.0, 5.0, 0.5, 1440.0]), st.floats(0, 1e5, width=32), st.floats(0, 1e12)
)
COUNTS = st.one_of(st.none(), st.integers(0, 3), st.integers(0, 2**31 - 1))
CYCLES = st.one_of(st.none(), st.integers(1_600_000_000_000_000, 1_900_000_000_000_000))
VALUES = {
    "calls": COUNTS,
    "pages": COUNTS,
    "users": COUNTS,
    "line_share_p95": COUNTS,
    "last_cycle": CYCLES,
    "generated": st.integers(0, 1),
}
ROWS = st.lists(
    st.tuples(
        st.integers(1, 3 * BLOCK),
        st.integers(0, len(WITNESSES) - 1),
        *(VALUES.get(name, MINUTES) for name in FIELDS),
    ),
    unique_by=lambda row: row[:2],
    max_size=30,
)


@given(ROWS)
def test_a_table_comes_back_as_it_was(rows: list[tuple[Any, ...]]) -> None:
    assert unpack(pack(Table.of(rows))).rows() == sorted(rows, key=lambda row: row[:2])


@given(ROWS)
def test_only_what_is_asked_for_is_unpacked(rows: list[tuple[Any, ...]]) -> None:
    whole, part = Table.of(rows), unpack(pack(Table.of(rows)), ["seen_minutes"])
    assert part.numbers.keys() == {"seen_minutes"}
    assert part.endpoint.tolist() == whole.endpoint.tolist()


@given(ROWS, st.lists(st.integers(1, 3 * BLOCK), max_size=3))
def test_few_endpoints_are_unpacked_alone(rows: list[tuple[Any, ...]], more: list[int]) -> None:
    asked = {row[0] for row in rows[::2]} | set(more)
    few = unpack(pack(Table.of(rows)), endpoints=np.array(sorted(asked), np.int64))
    assert few.rows() == sorted((row for row in rows if row[0] in asked), key=lambda row: row[:2])


@given(ROWS)
def test_a_day_is_parted_into_blocks_by_the_endpoints_numbers(rows: list[tuple[Any, ...]]) -> None:
    every = Table.of(rows)
    parted = [(number, block.rows()) for number, block in every.blocks()]
    assert parted == [
        (number, list(found)) for number, found in groupby(every.rows(), lambda row: row[0] // BLOCK)
    ]


@given(ROWS, ROWS)
def test_late_evidence_is_added_to_what_was_there(
    one: list[tuple[Any, ...]], late: list[tuple[Any, ...]]
) -> None:
    found = {row[:2]: row[2:] for row in merged([Table.of(one), Table.of(late)]).rows()}
    first, second = ({row[:2]: row[2:] for row in rows} for rows in (one, late))
    assert list(found) == sorted(first.keys() | second.keys())
    for key, values in found.items():
        halves = [half[key] for half in (first, second) if key in half]
        for place, name in enumerate(FIELDS):
            known = [half[place] for half in halves if half[place] is not None]
            if name == "generated":
                assert values[place] == min(known)
            else:
                together = sum if name in ADDED else max
                assert values[place] == (together(known) if known else None)


@pytest.mark.parametrize("bytes_", [b"", b"\x02" + bytes(20), b"\x01\x05\x00\x00\x00"])
def test_what_is_no_block_is_refused(bytes_: bytes) -> None:
    with pytest.raises(Unreadable):
        unpack(bytes_)
