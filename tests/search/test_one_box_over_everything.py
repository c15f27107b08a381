"""The search page finds what its reader may see, in Chinese and English, by a part of a word."""

from urllib.parse import quote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from inventory.models import Asset, Manufacturer
from inventory.pages.waivers import WAIVERS
from inventory.queries.search import FEW, search
from itops.organisation.models import AccessRecord, Person
from tests.support.county import County
from tests.support.pages import Visit, text_of
from tests.support.records import example
from workforce.pages.skills import HELD_SKILLS

CEILING = 28


def found(visit: Visit, text: str, who: str = "it_staff") -> str:
    return text_of(visit(who, f"{reverse('search')}?q={quote(text)}", language="en"))


def test_an_empty_box_finds_nothing_and_says_nothing(county: County, visit: Visit) -> None:
    assert "Nothing found" not in found(visit, "  ")


@pytest.mark.parametrize(
    "part", ["name", "location", "serial", "address", "person", "place", "model", "maker", "maker_in_english"]
)
def test_an_asset_is_found_by(part: str, county: County, visit: Visit) -> None:
    asset = county.assets["old"]
    asset.device_model, asset.serial = county.assets["codec"].device_model, "PF3X9K21"
    asset.name, asset.location = "财务专用机", "三楼档案室"
    asset.save()
    assert asset.device_model
    Manufacturer.objects.filter(pk=asset.device_model.manufacturer_id).update(name_en="Polycom")
    assert asset.responsible
    asked = {
        "name": "专用",
        "location": "档案",
        "serial": "pf3x9",
        "address": asset.bindings.get().endpoint.address,
        "person": asset.responsible.name[:2],
        "place": asset.place.name[:2],
        "model": asset.device_model.name[1:],
        "maker": asset.device_model.manufacturer.name[:2],
        "maker_in_english": "olycom",
    }[part]
    assert "财务专用机" in found(visit, asked)


def test_every_word_must_be_found(county: County, visit: Visit) -> None:
    Asset.objects.filter(pk=county.assets["old"].pk).update(name="财务专用机")
    assert "财务专用机" in found(visit, f"专用 {county.assets['old'].place.name}")
    assert "财务专用机" not in found(visit, "专用 无此物")


def test_a_whole_number_leads_to_its_asset(county: County, visit: Visit) -> None:
    asset = county.assets["old"]
    answer = visit("it_staff", f"{reverse('search')}?q={asset.tag.lower()}")
    assert answer.status_code == 302
    assert answer.headers["Location"] == reverse("inventory:asset", args=[asset.pk])


def test_a_foreign_number_leads_nowhere(county: County, visit: Visit) -> None:
    assert "Nothing found" in found(visit, "TJ-01")
    assert "Nothing found" in found(visit, "桃江电脑")


def test_an_officer_finds_only_in_the_own_township(county: County, visit: Visit) -> None:
    elsewhere = Asset.objects.filter(place=county.yanxi).exclude(place=county.xianxi)[0]
    Asset.objects.filter(pk=elsewhere.pk).update(name="隔壁的机器")
    assert "隔壁的机器" in found(visit, "隔壁")
    assert "Nothing found" in found(visit, "隔壁", "township_officer")


def test_records_of_other_kinds_are_found_by_name(county: County, visit: Visit) -> None:
    person = Person.objects.filter(office__place=county.xianxi)[0]
    page = found(visit, person.name)
    assert reverse("directory:person", args=[person.pk]) in page
    assert reverse("directory:office", args=[person.office_id]) in found(visit, person.office.name)


def test_places_are_found_and_what_other_pages_write(county: County, visit: Visit) -> None:
    waiver = example(WAIVERS, county)
    assert reverse("directory:place", args=[county.xianxi.pk]) in found(visit, "仙溪")
    assert WAIVERS.url("", waiver.pk) in found(visit, waiver.reason)


def test_finding_what_somebody_can_do_is_a_look_at_it(county: County, visit: Visit) -> None:
    held = example(HELD_SKILLS, county)
    before = AccessRecord.objects.filter(what="skills").count()
    found(visit, held.person.name, "county_administrator")
    assert AccessRecord.objects.filter(what="skills").count() == before + 1


def test_finding_people_is_a_look_at_personal_data(county: County, visit: Visit) -> None:
    before = AccessRecord.objects.count()
    found(visit, "无此物")
    assert AccessRecord.objects.count() == before
    found(visit, Person.objects.filter(office__place=county.xianxi)[0].name)
    assert AccessRecord.objects.latest("pk").what == "people"


def test_what_is_archived_is_not_found(county: County, visit: Visit) -> None:
    Asset.objects.filter(pk=county.assets["old"].pk).update(name="财务专用机", archived=True)
    assert "Nothing found" in found(visit, "财务专用机")


@pytest.mark.parametrize("rubbish", ["'", "\\", "%", "_", "(((", "&|!", ":*", "\x00", "电" * 500, "a " * 500])
def test_rubbish_is_only_text(rubbish: str, county: County, visit: Visit) -> None:
    assert visit("it_staff", f"{reverse('search')}?q={quote(rubbish)}").status_code == 200


def test_what_very_many_have_is_said_to_be_more_than_so_many(county: County) -> None:
    Asset.objects.bulk_create(
        Asset(tag=f"MANY-{n}", kind="printer", name="激光打印机", place=county.xianxi) for n in range(FEW + 1)
    )
    reader = county.users["it_staff"]
    everything = search(Asset.objects.all(), "激光打印", reader)
    assert everything.more
    assert everything.assets.count() > FEW
    assert not search(Asset.objects.all(), "激光打印 MANY-77", reader).more


def test_the_statements_do_not_grow_with_what_is_found(county: County, visit: Visit) -> None:
    found(visit, "电脑")
    with CaptureQueriesContext(connection) as asked:
        found(visit, "电脑")
    assert len(asked) <= CEILING
