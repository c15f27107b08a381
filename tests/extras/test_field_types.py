"""A cell's text becomes a value or a problem, and a value's text becomes the same value again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from itops.extras.field_types import FieldType, Problem, Spec, Wrong, parse, text_of

CHOICES = ("新购", "调拨", "捐赠")
SPECS = {kind: Spec(type=kind, choices=CHOICES) for kind in FieldType}


def numbered(text: str) -> list[int]:
    return {"仙溪镇": [3], "城关镇": [1, 2]}.get(text, [])


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("text", "  双路供电 ", "双路供电"),
        ("number", "1,200", 1200),
        ("number", "-2.50", -2.5),
        ("date", "2026年3月1日", "2026-03-01"),
        ("date", "2026/3/1", "2026-03-01"),
        ("date", "20260301", "2026-03-01"),
        ("date", "46082", "2026-03-01"),
        ("yes_no", "是", True),
        ("yes_no", "No", False),
        ("choice", "调拨", "调拨"),
        ("choices", "调拨；新购、调拨", ["调拨", "新购"]),
        ("link", "https://example.cn/a?b=1", "https://example.cn/a?b=1"),
        ("place", "仙溪镇", 3),
        ("text", "   ", None),
    ],
)
def test_what_is_written_is_understood(kind: str, text: str, value: object) -> None:
    assert parse(SPECS[FieldType(kind)], text, numbered) == value


@pytest.mark.parametrize(
    ("kind", "text", "code"),
    [
        ("text", "x" * 2001, Wrong.TOO_LONG),
        ("number", "十二", Wrong.NO_NUMBER),
        ("number", "1e999", Wrong.NO_NUMBER),
        ("number", "nan", Wrong.NO_NUMBER),
        ("date", "2026-02-30", Wrong.NO_DATE),
        ("yes_no", "也许", Wrong.NO_YES_OR_NO),
        ("choice", "租用", Wrong.NO_CHOICE),
        ("choices", "新购；租用", Wrong.NO_CHOICE),
        ("link", "javascript:alert(1)", Wrong.NO_LINK),
        ("link", "http://[", Wrong.NO_LINK),
        ("place", "城关镇", Wrong.AMBIGUOUS),
        ("person", "无此人", Wrong.NOT_FOUND),
    ],
)
def test_what_cannot_be_is_a_problem(kind: str, text: str, code: Wrong) -> None:
    found = parse(SPECS[FieldType(kind)], text, numbered)
    assert isinstance(found, Problem)
    assert found.code == code


def test_a_required_field_refuses_empty_text() -> None:
    found = parse(Spec(type=FieldType.TEXT, required=True), " ")
    assert isinstance(found, Problem)
    assert found.code == Wrong.REQUIRED


def test_a_wrong_choice_names_the_right_ones() -> None:
    found = parse(SPECS[FieldType.CHOICE], "租用")
    assert isinstance(found, Problem)
    assert found.right == CHOICES


@given(st.sampled_from(list(FieldType)), st.text(max_size=40))
def test_any_text_is_a_value_that_exports_and_imports_unchanged_or_a_problem(
    kind: FieldType, text: str
) -> None:
    value = parse(SPECS[kind], text)
    if not isinstance(value, Problem):
        assert parse(SPECS[kind], text_of(value)) == value


@given(st.floats(allow_nan=False, allow_infinity=False) | st.integers(-(10**17), 10**17))
def test_numbers_export_and_import_unchanged(number: float) -> None:
    assert parse(SPECS[FieldType.NUMBER], text_of(number)) == number


@given(st.lists(st.sampled_from(CHOICES), unique=True, min_size=1))
def test_several_choices_export_and_import_unchanged(chosen: list[str]) -> None:
    assert parse(SPECS[FieldType.CHOICES], text_of(chosen)) == chosen
