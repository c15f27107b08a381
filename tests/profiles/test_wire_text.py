"""Octets of any encoding become one clean line; what is no MAC address or number is not taken for one."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitoring.probes.profile import TextForm
from monitoring.probes.wire_text import LONGEST, mac_of, number_of, text_of

values = st.binary() | st.text() | st.integers() | st.floats()


@pytest.mark.parametrize(
    ("octets", "text"),
    [
        ("安化县梅城镇政府".encode(), "安化县梅城镇政府"),
        ("安化县梅城镇政府".encode("gbk"), "安化县梅城镇政府"),
        (b"Compiled 2017\xda SoftWare", "Compiled 2017\xda SoftWare"),
        (b"SW1\r\nVRP\tVersion 5\x00\x00", "SW1 VRP Version 5"),
        ("综合楼".encode()[:-1], "综合"),
        (b"\x00\x01\x02", ""),
        (b"", ""),
    ],
)
def test_text_is_read_in_the_encoding_it_was_written_in(octets: bytes, text: str) -> None:
    assert text_of(octets) == text


@given(values)
def test_text_is_always_one_printable_line_of_bounded_length(value: bytes | str | int | float) -> None:
    text = text_of(value)
    assert len(text) <= LONGEST
    assert "\n" not in text
    assert "\x00" not in text
    assert text == text.strip()
    text.encode()  # no lone surrogates: it can be stored


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["C", "Z"]), max_size=50))
def test_utf8_text_comes_back_as_it_was(text: str) -> None:
    assert text_of(text.encode()) == text


@pytest.mark.parametrize(
    "value",
    [
        bytes.fromhex("00e0db607724"),
        "00:E0:DB:60:77:24",
        b"00-e0-db-60-77-24",
        "00e0.db60.7724",
        "0:e0:db:60:77:24",
    ],
)
def test_a_mac_address_is_read_in_every_usual_form(value: str | bytes) -> None:
    assert mac_of(value) == "00:e0:db:60:77:24"


@pytest.mark.parametrize(
    "value", [b"", b"\0" * 6, b"\xff" * 6, b"\x01\0\x5e\0\0\1", b"12345", "switch", 17, "0:1:2:3"]
)
def test_what_belongs_to_no_equipment_is_no_mac_address(value: str | bytes | int) -> None:
    assert mac_of(value) == ""


@given(values)
def test_mac_and_hex_never_fail(value: bytes | str | int | float) -> None:
    mac = text_of(value, TextForm.MAC)
    assert mac == "" or len(mac) == 17
    assert isinstance(text_of(value, TextForm.HEX), str)


@pytest.mark.parametrize(
    ("value", "number"), [(b"0.05", 0.05), ("37 %", 37), (b"-4", -4), (7, 7), (b"none", None)]
)
def test_a_number_is_read_also_where_it_was_sent_as_text(
    value: bytes | str | int, number: float | None
) -> None:
    assert number_of(value) == number


@given(values)
def test_a_number_is_finite_or_nothing(value: bytes | str | int | float) -> None:
    number = number_of(value)
    assert number is None or math.isfinite(number)
