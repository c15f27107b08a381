"""Of two people who edit the same record the second is told what has changed, and nothing is overwritten."""

import re

import pytest
from django.db import transaction

from inventory.models import Asset, Manufacturer
from inventory.pages.assets import ASSETS
from inventory.pages.catalogue import MANUFACTURERS
from planning.models import FundingSource
from planning.pages.sources import FUNDING_SOURCES
from tests.support.county import County
from tests.support.pages import Visit, text_of
from tests.support.records import funding_source

pytestmark = pytest.mark.django_db

WHO = "county_administrator"


def version_in(page: str) -> str:
    found = re.search(r'name="version" value="([0-9a-f]{32})"', page)
    assert found
    return found[1]


@pytest.fixture
def lenovo(visit: Visit) -> Manufacturer:
    return Manufacturer.objects.create(name="联想", slug="lenovo-two")


def test_the_second_is_told_and_may_decide(visit: Visit, lenovo: Manufacturer) -> None:
    address = MANUFACTURERS.url("edit", lenovo.pk)
    seen = version_in(text_of(visit(WHO, address)))
    first = {"name": "联想集团", "name_en": "Lenovo", "slug": "lenovo-two", "version": seen}
    assert visit(WHO, address, data=first).status_code == 302

    second = {**first, "name": "联想公司"}
    told = visit(WHO, address, data=second, language="en")
    assert told.status_code == 409
    assert "联想集团" in text_of(told)
    assert "联想公司" in text_of(told)
    lenovo.refresh_from_db()
    assert lenovo.name == "联想集团"

    again = {**second, "version": version_in(text_of(told))}
    assert visit(WHO, address, data=again).status_code == 302
    lenovo.refresh_from_db()
    assert lenovo.name == "联想公司"


def test_a_change_by_raw_sql_counts_too(visit: Visit, lenovo: Manufacturer) -> None:
    address = MANUFACTURERS.url("edit", lenovo.pk)
    seen = version_in(text_of(visit(WHO, address)))
    with transaction.atomic():
        Manufacturer.objects.filter(pk=lenovo.pk).update(name_en="Lenovo Group")
    data = {"name": "联想", "name_en": "", "slug": "lenovo-two", "version": seen}
    assert visit(WHO, address, data=data).status_code == 409


def test_what_the_marking_writes_is_no_change(visit: Visit, county: County) -> None:
    """The rank of an asset follows from its marks; nobody edited anything."""
    asset = county.assets["old"]
    address = ASSETS.url("edit", asset.pk)
    seen = version_in(text_of(visit(WHO, address)))
    Asset.objects.filter(pk=asset.pk).update(rank=7)
    assert version_in(text_of(visit(WHO, address))) == seen
    Asset.objects.filter(pk=asset.pk).update(custom={"batch": "2026-1"})
    assert version_in(text_of(visit(WHO, address))) != seen


def test_what_it_says_now_is_said_as_people_read_it(visit: Visit) -> None:
    """Money in yuan, a choice by its name, a record by its own."""
    source = funding_source()
    matching = FundingSource.objects.create(
        name="县级配套", type="matching", document="二号", year=source.year, limit_fen=1_234_56
    )
    address = FUNDING_SOURCES.url("edit", matching.pk)
    seen = version_in(text_of(visit(WHO, address)))
    FundingSource.objects.filter(pk=matching.pk).update(limit_fen=7_654_32, type="special")
    data = {
        "name": "县级配套",
        "type": "matching",
        "document": "二号",
        "year": str(source.year),
        "limit_fen": "1234.56",
        "match_bp": "0",
        "version": seen,
    }
    told = text_of(visit(WHO, address, data=data, language="en"))
    assert "7,654.32 yuan" in told
    assert "765432" not in told
    assert "<b>Type</b>: higher-level special funds" in told


def test_only_what_differs_is_told_and_the_record_goes_by_the_name_it_has(
    visit: Visit, county: County
) -> None:
    asset = county.assets["codec"]
    address = ASSETS.url("edit", asset.pk)
    seen = version_in(text_of(visit(WHO, address)))
    given = {"tag": asset.tag, "kind": asset.kind, "place": str(asset.place_id), "condition": asset.condition}
    Asset.objects.filter(pk=asset.pk).update(name="甲改的名称")
    told = text_of(visit(WHO, address, data={**given, "name": "乙改的名称", "version": seen}))
    notice = told[told.index("notice-warning") : told.index("<section")]
    assert "<b>名称</b>: 甲改的名称" in notice
    assert "地区" not in notice
    assert "甲改的名称</h1>" in told
    assert 'value="乙改的名称"' in told
