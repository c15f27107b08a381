"""What stands unused in one township and is lacking in another: found, valued, told with its cause."""

import re
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.utils import timezone

from inventory.actions.marking import mark
from inventory.marks.kind import Kind
from inventory.models import Asset, StandardItem
from itops.crud.amounts import yuan
from itops.organisation.actions.accounts import grant
from itops.organisation.models import Person, Role
from planning.actions.needs import needs_on
from planning.models import RemedyTerms
from planning.needs.remedies import Barred
from tests.support.county import County, add, endpoint_of
from tests.support.pages import Visit, text_of
from workforce.models import Assignment, Post

pytestmark = pytest.mark.django_db
PAGE = "/planning/leadership/"
PRICES = (300_000, 420_000, 990_000)


@dataclass(slots=True)
class Rich:
    """Xianxi should have two computers and has five, of which three stand unused; Yanxi has none."""

    county: County
    spare: list[Asset]


@pytest.fixture
def rich(county: County) -> Rich:
    StandardItem.objects.filter(kind=Kind.COMPUTER).update(fixed=2, percent_of_staff=0)
    behind = endpoint_of(county.assets["switch"])
    spare = [
        add(
            county,
            county.xianxi,
            Kind.COMPUTER,
            f"AH-XX-8{number}",
            "闲置电脑",
            behind=behind,
            users=0,
            used_minutes=0,
            cost_fen=price,
            in_service_on=None,
        )
        for number, price in enumerate(PRICES)
    ]
    Asset.objects.filter(kind=Kind.COMPUTER).exclude(pk__in=[one.pk for one in spare]).update(cost_fen=None)
    mark(timezone.localdate())
    return Rich(county, spare)


def page(visit: Visit, who: str = "leadership", language: str = "en") -> str:
    return text_of(visit(who, PAGE, language=language))


def test_the_spares_are_really_unused(rich: Rich) -> None:
    assert [one.standing.unused for one in Asset.objects.filter(pk__in=[a.pk for a in rich.spare])] == [
        "marked"
    ] * 3


def test_two_computers_go_where_two_are_lacking_at_the_middle_price(rich: Rich, visit: Visit) -> None:
    """Three are idle and beyond the standard; Yanxi's only one is lost, so two are lacking there."""
    said = page(visit)
    saves = f"¥{2 * sorted(PRICES)[1] // 100:,}"
    assert f"<b>2 spare pieces</b> go where some are lacking and save <b>{saves}</b>" in said
    assert "Xianxi → Yanxi" in said
    assert re.search(r"AH-XX-80, AH-XX-81", said)


def test_nothing_is_invented_where_no_price_is_on_the_books(rich: Rich, visit: Visit) -> None:
    Asset.objects.filter(kind=Kind.COMPUTER).update(cost_fen=None)
    said = page(visit)
    assert "Of 2 no price is recorded." in said
    assert "save <b>¥0</b>" in said


def test_an_officer_hears_of_no_other_township(rich: Rich, visit: Visit) -> None:
    assert "Nothing that one place could spare is lacking in another." in page(visit, "township_officer")


def test_the_causes_add_up_to_what_is_unused(rich: Rich, visit: Visit) -> None:
    said = page(visit)
    counts = re.findall(r'<span class="delta">(\d+)</span><span class="grow"><a href="[^"]*cause=', said)
    unused = Asset.objects.filter(standing__unused="marked").exclude(standing__missing="marked")
    assert sum(map(int, counts)) == unused.exclude(kind=Kind.VIDEO_ENDPOINT).count() > 0


def test_each_cause_leads_to_its_assets(rich: Rich, visit: Visit) -> None:
    behind = text_of(visit("leadership", f"{PAGE}behind/?mark=unused&cause=not_needed", language="en"))
    assert all(one.tag in behind for one in rich.spare)
    assert "more there than needed" in behind


def test_no_more_are_called_unneeded_than_the_place_has_too_many(rich: Rich, visit: Visit) -> None:
    """Of three idle ones two would be missed where the standard asks for four."""
    StandardItem.objects.filter(kind=Kind.COMPUTER).update(fixed=4)
    mark(timezone.localdate())
    behind = text_of(visit("leadership", f"{PAGE}behind/?mark=unused&cause=not_needed", language="en"))
    assert sum(one.tag in behind for one in rich.spare) == 1


def test_nobody_posted_is_told_once_posts_are_kept_at_all(rich: Rich, visit: Visit) -> None:
    StandardItem.objects.filter(kind=Kind.COMPUTER).update(fixed=5)
    mark(timezone.localdate())
    assert "nobody posted there" not in page(visit)
    away = Person.objects.filter(office__place=rich.county.yanxi).earliest("pk")
    post = Post.objects.create(office=away.office, name="信息员")
    since = timezone.localdate() - timedelta(days=90)
    Assignment.objects.create(post=post, person=away, share=20, tenure="part_time", starts=since)
    assert "nobody posted there: fill the post" in page(visit)


def test_money_is_said_in_ten_thousands_in_chinese(rich: Rich, visit: Visit) -> None:
    assert yuan(2 * sorted(PRICES)[1]) == "0.84 万元"
    assert "0.84 万元" in page(visit, language="zh-hans")


def test_a_price_that_is_laid_down_counts_less_freight(rich: Rich, visit: Visit) -> None:
    RemedyTerms.objects.update_or_create(
        kind=Kind.COMPUTER.value, defaults={"price_fen": 480_000, "freight_fen": 10_000}
    )
    assert f"save <b>¥{2 * 4_700:,}</b>" in page(visit)


@pytest.mark.parametrize("upkeep", [0, 12_000])
def test_the_needs_and_the_page_for_leadership_tell_the_same_moves(
    rich: Rich, visit: Visit, upkeep: int
) -> None:
    """One valuation: the price and a year's upkeep, less freight."""
    RemedyTerms.objects.update_or_create(
        kind=Kind.COMPUTER.value,
        defaults={"price_fen": 480_000, "freight_fen": 10_000, "upkeep_fen": upkeep},
    )
    saves = f"¥{2 * (480_000 + upkeep - 10_000) // 100:,}"
    assert f"<b>2 spare pieces</b> go where some are lacking and save <b>{saves}</b>" in page(visit)
    needs = text_of(visit("leadership", "/planning/needs/", language="en"))
    assert f"2 moves save {saves}" in needs


def test_what_is_not_offered_is_counted_where_the_reader_may_look(rich: Rich, visit: Visit) -> None:
    """Nobody laid down a price: the county hears of every need that nothing is bought for, its officer of the own."""
    known = needs_on(timezone.localdate())
    seen = {str(place.pk) for place in (rich.county.xianxi, rich.county.yanxi)}
    barred = [one for one in known.counted.barred if one.code is Barred.PRICE_UNKNOWN]
    unpriced = [one for one in barred if one.place in seen]
    here = [one for one in unpriced if one.place == str(rich.county.xianxi.pk)]
    assert 0 < len(here) < len(unpriced) < len(barred)
    said = "nobody has said what that costs ({})"
    county = text_of(visit("leadership", "/planning/needs/", language="en"))
    assert said.format(len(unpriced)) in county
    user = rich.county.users["township_officer"]
    grant(user=user, role=Role.objects.get(code="auditor"), place=rich.county.xianxi, by="tests")
    own = text_of(visit("township_officer", "/planning/needs/", language="en"))
    assert said.format(len(here)) in own
