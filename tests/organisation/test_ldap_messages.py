"""A directory may send anything: it is understood or refused, never more than that."""

import contextlib
import socket

import pytest
from hypothesis import given
from hypothesis import strategies as st

from itops.organisation.ldap import (
    DONE,
    ENTRY,
    ENUMERATED,
    INTEGER,
    OCTETS,
    SEQUENCE,
    LdapError,
    Line,
    items,
    number,
    octets,
    tlv,
)

SET = 0x31


@given(st.integers(0, 255), st.lists(st.binary(max_size=300), max_size=4))
def test_what_is_written_is_read(kind: int, parts: list[bytes]) -> None:
    assert items(tlv(kind, *parts)) == [(kind, b"".join(parts))]


KINDS = st.sampled_from([SEQUENCE, SET, OCTETS, ENUMERATED, INTEGER, ENTRY, DONE, 0x73])
TREES = st.recursive(
    st.builds(tlv, KINDS, st.sampled_from([b"", b"\x00", b"\x01", b"\xff\xfe"])),
    lambda inner: st.lists(inner, max_size=4).flatmap(
        lambda parts: st.builds(lambda k: tlv(k, *parts), KINDS)
    ),
)
ANSWERS = st.lists(TREES.map(lambda tree: tlv(SEQUENCE, number(1), tree)) | TREES, max_size=4).map(b"".join)


@given(st.binary(max_size=200) | ANSWERS)
def test_any_answer_is_understood_or_refused(data: bytes) -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs, Line(ours, "test") as line:
        theirs.sendall(data)
        theirs.shutdown(socket.SHUT_WR)
        with contextlib.suppress(LdapError):
            line.find("dc=x", {"uid": "x"}, ("entryUUID",))


def test_entries_come_in_pieces_with_references_between() -> None:
    attribute = tlv(SEQUENCE, octets("entryUUID"), tlv(SET, tlv(OCTETS, b"u-1")))
    entry = tlv(SEQUENCE, number(1), tlv(ENTRY, octets("uid=x"), tlv(SEQUENCE, attribute)))
    reference = tlv(SEQUENCE, number(1), tlv(0x73, octets("ldap://elsewhere")))
    done = tlv(SEQUENCE, number(1), tlv(DONE, tlv(ENUMERATED, b"\x00"), octets(""), octets("")))
    ours, theirs = socket.socketpair()
    with ours, theirs, Line(ours, "test") as line:
        theirs.sendall(entry + reference + done)
        (found,) = line.find("dc=x", {"uid": "x"}, ("entryUUID",))
    assert (found.dn, found.attributes) == ("uid=x", {"entryuuid": b"u-1"})


@pytest.mark.parametrize("value", [0, 1, 127, 128, 255, 256, 65_535])
def test_numbers_are_never_negative(value: int) -> None:
    (_, body), *_ = items(number(value))
    assert int.from_bytes(body, signed=True) == value


def test_a_message_without_end_is_refused() -> None:
    with pytest.raises(LdapError):
        items(b"\x30\x84\x7f\xff\xff\xff")
