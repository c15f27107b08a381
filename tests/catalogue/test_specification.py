"""A specification takes its own figures and refuses the rest, each key by name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inventory.catalogue.specification import Refusal, Specification, SpecificationError, Wrong


def test_what_is_known_comes_back_as_it_was() -> None:
    values = {"memory_mb": 8192, "screen_inch": 23.8, "full_depth": False}
    assert Specification.read(values).as_json() == values


@pytest.mark.parametrize(
    ("key", "value", "code"),
    [
        ("colour", "red", Wrong.UNKNOWN),
        ("memory_mb", 0.5, Wrong.NOT_WHOLE),
        ("memory_mb", "8 GB", Wrong.NOT_A_NUMBER),
        ("memory_mb", True, Wrong.NOT_A_NUMBER),
        ("u_height", float("nan"), Wrong.NOT_A_NUMBER),
        ("full_depth", 1, Wrong.NOT_YES_OR_NO),
        ("interfaces", -1, Wrong.OUT_OF_RANGE),
    ],
)
def test_each_wrong_value_says_why(key: str, value: object, code: Wrong) -> None:
    with pytest.raises(SpecificationError) as error:
        Specification.read({key: value})
    assert error.value.refusals == (Refusal(key, code),)


JSON = st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.lists(st.integers())


@given(st.dictionaries(st.sampled_from(["memory_mb", "u_height", "full_depth", "other"]), JSON))
def test_any_values_are_taken_or_refused(values: dict[str, object]) -> None:
    try:
        taken = Specification.read(values).as_json() == values
    except SpecificationError as error:
        taken = bool(error.refusals)
    assert taken
