"""A mark is a badge that a screen reader can say, a state is a dot with its word."""

from datetime import date

import pytest
from django.utils.translation import override

from itops.crud import looks


def test_a_mark_says_its_word_besides_its_character() -> None:
    with override("en"):
        shown = looks.mark("missing", days=36)
    assert '<b aria-hidden="true">M</b>' in shown
    assert '<span class="visually-hidden">missing </span>36 days' in shown


def test_one_day_is_not_days() -> None:
    with override("en"):
        assert "1 day<" in looks.mark("unused", days=1)


def test_a_waived_mark_says_until_when() -> None:
    with override("en"):
        shown = looks.mark("outdated", waived_until=date(2026, 12, 31))
    assert "waived until 2026-12-31" in shown
    assert "mk-outdated waived" in shown


def test_text_from_people_is_escaped() -> None:
    assert "<script>" not in looks.mark("unused", text="<script>")
    assert "<script>" not in looks.state("up", "<script>")


@pytest.mark.parametrize("code", ["up", "down", "unreachable", "off", "never"])
def test_every_state_has_a_word(code: str) -> None:
    with override("en"):
        assert str(looks.STATES[code]) in looks.state(code)


def test_a_sparkline_starts_anew_after_a_gap() -> None:
    assert looks.spark_path([1, 1, None, 1]).count("M") == 2
    assert "<circle" not in looks.spark([1, None])


def test_a_sparkline_of_zeros_lies_on_the_ground() -> None:
    assert looks.spark_path([0, 0]) == "M2.0 28.0 L90.0 28.0"


def test_a_bullet_keeps_its_longest_bar_inside_the_track() -> None:
    assert 'class="have" data-p="92"' in looks.bullet(standard=12, have=14, in_use=9)
    assert 'class="std" data-p="78"' in looks.bullet(standard=12, have=14, in_use=9)


def test_without_a_standard_a_bullet_is_a_sentence() -> None:
    with override("en"):
        assert "The standard asks for none" in looks.bullet(None, 0, 0)
