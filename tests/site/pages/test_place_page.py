"""A township's page: the Standard against what is there, what is in use, its line, its rooms, its people."""

from django.urls import reverse

from tests.support.county import County
from tests.support.pages import Visit, text_of


def page(visit: Visit, pk: int, who: str = "it_staff") -> str:
    return text_of(visit(who, reverse("inventory:place", args=[pk]), language="en"))


def test_the_first_sentence_sets_the_standard_against_what_is_used(county: County, visit: Visit) -> None:
    """Asked for: 4 computers, a room, 2 boards, a line. There: 2, 1, 0, 1 and a switch; 3 of those in use."""
    assert "The standard asks for 8; 5 are there, <b>3 fit and in use</b>." in page(visit, county.xianxi.pk)


def test_the_standard_is_named_with_its_date(county: County, visit: Visit) -> None:
    assert "standard: 安化县 2025 版 (from 2025-07-01)" in page(visit, county.xianxi.pk)


def test_what_cannot_be_told_is_not_shown_as_none_in_use(county: County, visit: Visit) -> None:
    text = page(visit, county.yanxi.pk)
    assert "<b>? fit and in use</b>" in text
    assert "it has never answered" in text


def test_a_cut_line_is_told_with_its_incident(county: County, visit: Visit) -> None:
    text = page(visit, county.yanxi.pk)
    assert "Yanxi Town: line down" in text
    assert '<i class="part"' in text or '<i class="down"' in text


def test_rooms_show_their_parts_and_like_things_together(county: County, visit: Visit) -> None:
    text = page(visit, county.xianxi.pk)
    assert "二楼视频会议室" in text
    assert "视频会议终端" in text


def test_people_are_named_to_those_who_may_know_them(county: County, visit: Visit) -> None:
    assert "刘敏" in page(visit, county.xianxi.pk)


def test_the_list_of_townships_adds_up(county: County, visit: Visit) -> None:
    text = text_of(visit("it_staff", reverse("inventory:place_list"), language="en"))
    assert "Xianxi Town" in text
    total = text.partition('class="total"')[2]
    assert ">16<" in total
