"""专业对口: whether what somebody studied suits the post, and why."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workforce.competence.fields_of_study import CLASSES, Fit, accepted, match
from workforce.wording import match_said


@pytest.mark.parametrize(
    ("studied", "accepts", "fit", "by"),
    [
        ("软件工程", "计算机类", Fit.SAME_CLASS, "计算机类"),
        ("软件工程", "软件工程，网络工程", Fit.SAME_MAJOR, "软件工程"),
        ("畜牧兽医", "计算机类、电子信息类", Fit.OTHER, ""),
        ("某新专业", "某新专业", Fit.SAME_MAJOR, "某新专业"),
        ("某新专业", "计算机类", Fit.OTHER, ""),
        ("", "计算机类", Fit.NOT_RECORDED, ""),
        ("", "", Fit.ANY, ""),
        ("畜牧兽医", " ", Fit.ANY, ""),
    ],
)
def test_it_is_told_with_its_reason(studied: str, accepts: str, fit: Fit, by: str) -> None:
    found = match(studied, accepts)
    assert (found.fit, found.by) == (fit, by)


def test_what_cannot_be_told_is_neither_right_nor_wrong() -> None:
    assert match("", "计算机类").fits is None
    assert match("软件工程", "计算机类").fits is True
    assert match("会计", "计算机类").fits is False


@given(st.lists(st.sampled_from(sorted(CLASSES)), min_size=1), st.sampled_from("、,，;；\n/"))
def test_a_list_may_be_written_with_any_separator(names: list[str], separator: str) -> None:
    assert accepted(separator.join(names)) == tuple(names)


def test_a_major_belongs_to_one_class() -> None:
    majors = [major for majors in CLASSES.values() for major in majors]
    assert len(majors) == len(set(majors))


@pytest.mark.parametrize("studied", ["软件工程", "网络工程", "会计", "某新专业", ""])
@pytest.mark.parametrize("accepts", ["", "计算机类", "网络工程"])
def test_every_answer_has_its_sentence(studied: str, accepts: str) -> None:
    assert match_said(match(studied, accepts), studied)
