"""Processor generations from what devices say of themselves."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inventory.marks.processors import processor, table


@pytest.mark.parametrize(
    ("text", "name", "released"),
    [
        (
            "Hardware: Intel64 Family 6 Model 58 Stepping 9 AT/AT COMPATIBLE - Software: …",
            "Ivybridge",
            date(2012, 4, 29),
        ),
        ("x86 Family 6 Model 23 Stepping 10 AT/AT COMPATIBLE", "Core2 Penryn", date(2012, 4, 28)),
        ("Intel64 Family 6 Model 158", "Kabylake", date(2015, 8, 30)),
        ("GenuineIntel: Intel(R) Core(TM) i5-8265U CPU @ 1.60GHz", "Coffee Lake", date(2017, 10, 5)),
        ("Intel(R) Core(TM) i3-2120 CPU @ 3.30GHz", "Sandy Bridge", date(2012, 4, 28)),
        ("Intel(R) Core(TM) i5-650 CPU", "Nehalem or Westmere", date(2012, 4, 28)),
        ("Intel(R) Core(TM) i7-10700 CPU", "Comet Lake", date(2019, 8, 21)),
        ("Intel(R) Core(TM) i5-1135G7", "Tiger Lake", date(2020, 9, 2)),
        ("13th Gen Intel(R) Core(TM) i5-13500", "Raptor Lake", date(2022, 10, 20)),
    ],
)
def test_model_number_or_name_gives_the_generation(text: str, name: str, released: date) -> None:
    known = processor(text)
    assert known is not None
    assert (known.name, known.released) == (name, released)


@pytest.mark.parametrize(
    "text",
    ["", "AMD64 Family 16 Model 8 Stepping 0", "Phytium FT-2000/4", "Intel64 Family 6 Model 999", "Family 6"],
)
def test_what_is_not_known_is_not_guessed(text: str) -> None:
    assert processor(text) is None


def test_what_came_before_ivy_bridge_is_dated_before_it() -> None:
    assert {known.released for key, known in table().items() if known.released < date(2012, 4, 29)} == {
        date(2012, 4, 28)
    }


@given(
    st.one_of(
        st.text(), st.integers().map(lambda number: f"Intel64 Family 6 Model {number} Core(TM) i5-{number}")
    )
)
def test_no_text_makes_it_fail(text: str) -> None:
    known = processor(text)
    assert known is None or known.released.year >= 2012
