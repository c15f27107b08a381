"""What may not be bought says by which rule and with which numbers: quota, price cap or minimum years."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from inventory.actions.requests import send_request
from inventory.marks.kind import Kind
from inventory.models import Asset, StandardItem
from planning.models import RemedyTerms
from tests.support.county import County
from tests.support.pages import Visit, text_of

pytestmark = pytest.mark.django_db
PAGE = "/planning/needs/refused/"


def said(visit: Visit) -> str:
    """The part of the page that tells what may not be bought, without its tags."""
    text = text_of(visit("leadership", PAGE, language="en"))
    part = text[text.index('id="refused"') :] if 'id="refused"' in text else ""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", part))


def test_a_price_above_the_cap(county: County, visit: Visit) -> None:
    RemedyTerms.objects.update_or_create(
        kind="notice_board", defaults={"price_fen": 9_000_00, "price_cap_fen": 8_000_00}
    )
    assert "Not bought: it costs 9,000 yuan, the cap is 8,000." in said(visit)
    RemedyTerms.objects.update(price_fen=8_000_00)
    assert "the cap is" not in said(visit)


def test_under_its_minimum_years(county: County, visit: Visit) -> None:
    RemedyTerms.objects.update_or_create(kind="computer", defaults={"price_fen": 4_800_00})
    begun = timezone.localdate() - timedelta(days=3 * 366)
    Asset.objects.filter(pk=county.assets["old"].pk).update(in_service_on=begun, minimum_years=6)
    text = said(visit)
    assert "Not replaced: in use for 3 of at least 6 years." in text
    assert county.assets["old"].tag in text


def test_more_than_the_standard_asks_for(county: County, visit: Visit) -> None:
    """A request for more than its township should have."""
    item = StandardItem.objects.filter(kind="computer").first() or StandardItem.objects.earliest("pk")
    StandardItem.objects.filter(kind="computer").delete()
    StandardItem.objects.create(standard=item.standard, kind="computer", fixed=1)
    send_request(place=county.xianxi, sort="need", text="再要一台", by="tests", kind="computer", quantity=1)
    here = Asset.objects.filter(place=county.xianxi, kind=Kind.COMPUTER.value, archived=False)
    have = here.exclude(standing__missing="marked").exclude(condition="retired").count()
    assert f"Not bought: the standard asks for 1, {have} are there." in said(visit)


def test_where_nothing_is_refused_nothing_is_said(county: County, visit: Visit) -> None:
    Asset.objects.update(minimum_years=None, device_model=None)
    StandardItem.objects.all().delete()
    assert said(visit) == ""
