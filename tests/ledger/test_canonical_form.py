"""One value, one text; what JavaScript and Python might write differently is refused."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workforce.ledger.canonical import LARGEST, Json, NotCanonical, decode, encode

KEYS = st.from_regex(r"[a-z0-9_]{1,8}", fullmatch=True)
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-LARGEST, LARGEST) | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=12,
)


@given(VALUES)
def test_what_is_written_is_read_again(value: object) -> None:
    assert decode(encode(value)) == value  # type: ignore[arg-type]


@given(VALUES)
def test_any_other_way_to_write_it_is_refused(value: object) -> None:
    loose = json.dumps(value, ensure_ascii=True, indent=1).encode()
    if loose != encode(value):  # type: ignore[arg-type]
        with pytest.raises(NotCanonical):
            decode(loose)


def test_it_is_written_so() -> None:
    said: Json = {"b": 1, "a": 'é"\\\x1f\n\t\x7f\u2028汉😀', "c": [True, None, -5]}
    assert encode(said) == '{"a":"é\\"\\\\\\u001f\\n\\t\x7f\u2028汉😀","b":1,"c":[true,null,-5]}'.encode()


@pytest.mark.parametrize(
    "value",
    [1.0, 2**53, -(2**53), "a\0", "\ud800", {"A": 1}, {"": 1}, {"a-b": 1}, {1: 2}, b"x", {"a": {1, 2}}],
)
def test_this_has_no_canonical_form(value: object) -> None:
    with pytest.raises(NotCanonical):
        encode(value)  # type: ignore[arg-type]


@pytest.mark.parametrize("depth", [25, 100_000])
def test_neither_has_what_is_nested_without_end(depth: int) -> None:
    with pytest.raises(NotCanonical):
        decode(b"[" * depth + b"]" * depth)


@pytest.mark.parametrize(
    "data",
    [b"", b"{", b'{"a":1,"a":2}', b'{"a": 1}', b"1.0", b"1e3", b"NaN", b"-0", b'"\xff"', b'"\\u4e2d"', b"01"],
)
def test_these_bytes_are_nobody_s_canonical_form(data: bytes) -> None:
    with pytest.raises(NotCanonical):
        decode(data)
