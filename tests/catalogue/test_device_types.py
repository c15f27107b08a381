"""A device type's file as it is, as it may not be, and as rubbish."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inventory.catalogue.device_types import DeviceTypeError, Fault, read_device_type
from inventory.catalogue.specification import Specification

SWITCH = """\
---
manufacturer: Ruijie
model: RG-S2910-24GT4XS-E
slug: ruijie-rg-s2910-24gt4xs-e
part_number: 007
u_height: 1
is_full_depth: false
weight: 3500
weight_unit: g
airflow: side-to-rear
comments: Invented for a test.
console-ports:
  - name: Console
    type: rj-45
power-ports:
  - name: PSU
    type: iec-60320-c14
    maximum_draw: 40
interfaces:
  - name: Gi0/1
    type: 1000base-t
  - name: Gi0/2
    type: 1000base-t
  - name: Mgmt
    type: 1000base-t
    mgmt_only: true
module-bays: []
front-ports:
  - name: A
    type: lc
    rear_port: B
"""
LEAST = "manufacturer: Own\nmodel: One\nslug: own-one\n"


def faults(text: str | bytes) -> set[tuple[str, Fault]]:
    content = text.encode() if isinstance(text, str) else text
    with pytest.raises(DeviceTypeError) as error:
        read_device_type(content)
    return {(one.key, one.code) for one in error.value.problems}


def test_a_switch_is_read_with_its_counts() -> None:
    one = read_device_type(SWITCH.encode())
    assert (one.manufacturer, one.model, one.slug) == (
        "Ruijie",
        "RG-S2910-24GT4XS-E",
        "ruijie-rg-s2910-24gt4xs-e",
    )
    assert one.specification == Specification(
        interfaces=3, power_ports=1, console_ports=1, u_height=1, weight_kg=3.5, full_depth=False
    )
    assert one.note == "Invented for a test."


def test_what_looks_like_a_number_stays_the_text_it_is() -> None:
    assert read_device_type(SWITCH.encode()).part_number == "007"
    assert read_device_type(b"manufacturer: Own\nmodel: 1e3\nslug: own-1e3\n").model == "1e3"


def test_what_the_books_do_not_use_is_named() -> None:
    assert read_device_type(SWITCH.encode()).ignored == ("airflow", "front-ports")


def test_a_byte_order_mark_and_empty_values_are_no_fault() -> None:
    one = read_device_type(("﻿" + LEAST + "part_number:\nweight: ~\ninterfaces:\n").encode())
    assert (one.part_number, one.specification) == ("", Specification())


def test_all_faults_of_a_file_are_told_at_once() -> None:
    text = "model: [1]\nslug: a b\nu_height: tall\nweight: 1\nweight_unit: stone\n"
    text += "interfaces: 24\nis_full_depth: maybe\n"
    assert faults(text) == {
        ("manufacturer", Fault.MISSING),
        ("model", Fault.NOT_ONE_TEXT),
        ("slug", Fault.NOT_A_SLUG),
        ("u_height", Fault.NOT_A_NUMBER),
        ("weight_unit", Fault.UNKNOWN_UNIT),
        ("interfaces", Fault.NOT_A_LIST),
        ("is_full_depth", Fault.NOT_YES_OR_NO),
    }


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (b"\xff\xfe\x00", Fault.NOT_TEXT),
        ("a: [", Fault.NOT_YAML),
        ("a: 1\n---\nb: 2\n", Fault.NOT_YAML),
        ("", Fault.NO_DEVICE_TYPE),
        ("- a\n- b\n", Fault.NO_DEVICE_TYPE),
        ("[" * 5000, Fault.NOT_YAML),
        ("&a [*a]", Fault.NOT_YAML),
        ("#" * 1_000_001, Fault.TOO_LARGE),
    ],
)
def test_a_file_that_is_no_device_type_says_why(text: str | bytes, fault: Fault) -> None:
    assert ("", fault) in faults(text)


@pytest.mark.parametrize("sign", ["\\0", "\\x1b", "\\ud800"])
def test_signs_that_no_database_keeps_are_refused(sign: str) -> None:
    assert faults(LEAST + f'part_number: "a{sign}b"\n') <= {
        ("part_number", Fault.NOT_ONE_TEXT),
        ("", Fault.NOT_YAML),
    }


@pytest.mark.parametrize("number", ["nan", "inf", "-1", "1e400"])
def test_no_measure_is_beyond_what_can_be(number: str) -> None:
    assert faults(LEAST + f"u_height: {number}\n") == {("u_height", Fault.OUT_OF_RANGE)}


def read_or_refuse(content: bytes) -> None:
    try:
        said = bool(read_device_type(content).model)
    except DeviceTypeError as error:
        said = bool(error.problems)
    assert said


@given(st.binary(max_size=400))
def test_no_bytes_are_too_much(content: bytes) -> None:
    read_or_refuse(content)


VALUES = st.recursive(
    st.text(max_size=8) | st.sampled_from(["~", "1", "true", "&a x", "*a", "<<: *a", "!!python/name:os"]),
    lambda inner: (
        st.lists(inner, max_size=3).map(lambda items: f"[{', '.join(items)}]")
        | st.dictionaries(st.text(max_size=4), inner, max_size=3).map(
            lambda items: "{" + ", ".join(f"{key}: {value}" for key, value in items.items()) + "}"
        )
    ),
    max_leaves=8,
)
KEYS = st.sampled_from(["manufacturer", "model", "slug", "u_height", "weight", "interfaces", "comments", "x"])


@given(st.lists(st.tuples(KEYS, VALUES), max_size=8))
def test_no_values_are_too_much(lines: list[tuple[str, str]]) -> None:
    read_or_refuse("\n".join(f"{key}: {value}" for key, value in lines).encode(errors="surrogatepass"))
