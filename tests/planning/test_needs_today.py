"""Needs come from shortfalls and marks as they stand; the page says first what moves save."""

import pytest
from django.utils import timezone

from inventory.marks.kind import Kind
from inventory.models import Asset, Mark
from inventory.queries.cells import required_in
from planning.actions.needs import needs_on
from planning.models import RemedyTerms
from planning.optimiser.need import Way
from planning.queries.moves import chosen_for
from tests.support.county import County
from tests.support.pages import Visit, text_of

pytestmark = pytest.mark.django_db


def test_each_lack_is_a_need_once(county: County) -> None:
    RemedyTerms.objects.create(kind="computer", price_fen=480_000, freight_fen=10_000, train_fen=20_000)
    known = needs_on(timezone.localdate())
    for place in (county.xianxi, county.yanxi):
        there = Asset.objects.current().filter(place=place, kind="computer")
        gone = Mark.objects.filter(
            closed=None, asset__in=there, mark="missing", marking=True, waived=False
        ).values("asset").distinct()  # fmt: skip
        lacking = required_in([place.pk]).get((place.pk, Kind.COMPUTER), 0) - there.count() + gone.count()
        short = [one for one in known.counted.needs if one.key.startswith(f"short:{place.pk}:computer:")]
        assert len(short) == max(lacking, 0)
    keys = [need.key for need in known.counted.needs]
    assert len(keys) == len(set(keys))


def test_what_moves_save_is_the_price_less_the_freight(county: County) -> None:
    RemedyTerms.objects.create(kind="computer", price_fen=480_000, freight_fen=10_000)
    known = needs_on(timezone.localdate())
    moving = [need for need in known.counted.needs if any(one.way is Way.MOVE for one in need.remedies)]
    spare = {one.asset for need in moving for one in need.remedies if one.way is Way.MOVE}
    places = {str(place.pk) for place in (county.xianxi, county.yanxi)}
    found = chosen_for(county.users["leadership"], known, places)
    assert len(found.moves) == min(len(moving), len(spare))
    assert found.saved_fen == len(found.moves) * 470_000


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_the_page_opens(county: County, visit: Visit, language: str) -> None:
    RemedyTerms.objects.create(kind="computer", price_fen=480_000, freight_fen=10_000)
    page = visit("leadership", "/planning/needs/", language=language)
    assert page.status_code == 200
    assert ("Needs and remedies" if language == "en" else "需要与办法") in text_of(page)


def test_who_sees_no_money_sees_no_needs(county: County, visit: Visit) -> None:
    for who in ("township_officer", "city_reader", "machine"):
        assert visit(who, "/planning/needs/").status_code == 403
