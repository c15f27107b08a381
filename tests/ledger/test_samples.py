"""Samples are the published ones, each entry once, and none is preferred."""

import json
from collections import Counter
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.vectors import FOLDER
from workforce.ledger.algorithms import Algorithm
from workforce.ledger.samples import drawn

ROOT = "9c41e07b" * 8
VECTORS = json.loads((FOLDER / "primitives.json").read_text())["samples"]


@pytest.mark.parametrize("vector", VECTORS, ids=str)
def test_the_published_draws_come_out_again(vector) -> None:
    found = drawn(vector["root"], vector["number"], vector["size"], Algorithm(vector["alg"]))
    assert list(islice(found, len(vector["drawn"]))) == vector["drawn"]


@given(st.integers(1, 60), st.integers(0, 2**53 - 1))
def test_every_entry_is_drawn_once(size: int, number: int) -> None:
    assert sorted(drawn(ROOT, number, size)) == list(range(1, size + 1))


def test_another_number_or_another_root_draws_others() -> None:
    first = list(islice(drawn(ROOT, 1, 10_000), 8))
    assert first != list(islice(drawn(ROOT, 2, 10_000), 8))
    assert first != list(islice(drawn(ROOT[::-1], 1, 10_000), 8))


def test_none_is_preferred() -> None:
    firsts = Counter(next(drawn(ROOT, number, 10)) for number in range(5_000))
    assert set(firsts) == set(range(1, 11))
    assert max(firsts.values()) - min(firsts.values()) < 150
