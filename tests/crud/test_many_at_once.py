"""Ticks say which fields change; all records change or none; errors stand beside the fields."""

from datetime import date

import pytest

from inventory.models import Asset, DeviceModel, Manufacturer
from inventory.pages.assets import ASSETS
from inventory.pages.catalogue import DEVICE_MODELS
from itops.extras.models import Tag
from tests.support.county import County
from tests.support.pages import Visit, text_of

pytestmark = pytest.mark.django_db

WHO = "county_administrator"


@pytest.fixture
def models(visit: Visit) -> list[DeviceModel]:
    maker = Manufacturer.objects.create(name="某厂")
    names = ("甲", "乙", "丙")
    return [
        DeviceModel.objects.create(
            manufacturer=maker, name=name, kind="printer", minimum_years=6, released_on=date(2020, 1, 1)
        )
        for name in names
    ]


def keys(models: list[DeviceModel]) -> list[str]:
    return [str(one.pk) for one in models]


def test_only_ticked_fields_change(visit: Visit, models: list[DeviceModel]) -> None:
    data = {
        "action": "save", "pk": keys(models[:2]),
        "change_minimum_years": "on", "minimum_years": "8", "kind": "server",
    }  # fmt: skip
    assert visit(WHO, DEVICE_MODELS.url("bulk"), data=data).status_code == 302
    found = DeviceModel.objects.filter(pk__in=keys(models)).order_by("pk")
    assert [(one.minimum_years, one.kind) for one in found] == [
        (8, "printer"),
        (8, "printer"),
        (6, "printer"),
    ]


def test_what_must_be_filled_in_is_not_emptied_for_many(visit: Visit, county: County) -> None:
    old = county.assets["old"]
    emptied = {"change_kind": "on", "kind": "", "change_place": "on", "place": ""}
    answer = visit(WHO, ASSETS.url("bulk"), data={"action": "save", "pk": old.pk, **emptied})
    assert (answer.status_code, text_of(answer).count("此项必填。")) == (422, 2)
    assert Asset.objects.get(pk=old.pk).kind == old.kind


def test_a_tick_says_in_a_sentence_what_changes(visit: Visit, models: list[DeviceModel]) -> None:
    shown = text_of(visit(WHO, DEVICE_MODELS.url("bulk"), data={"pk": keys(models)}, language="en"))
    assert "Change end of support" in shown


def test_tags_are_asked_for_where_there_are_any(visit: Visit, county: County) -> None:
    def asked() -> str:
        return text_of(visit(WHO, ASSETS.url("bulk"), data={"pk": county.assets["old"].pk}, language="en"))

    assert "Change condition" in asked()
    assert "tags" not in asked().split("<form")[-1].lower()
    Tag.objects.create(name="待更新", slug="later")
    assert "Change tags" in asked()


def test_one_that_refuses_holds_all_back(visit: Visit, models: list[DeviceModel]) -> None:
    DeviceModel.objects.filter(pk=models[2].pk).update(released_on=date(2025, 1, 1))
    data = {
        "action": "save", "pk": keys(models),
        "change_end_of_support": "on", "end_of_support": "2024-01-01",
    }  # fmt: skip
    refused = visit(WHO, DEVICE_MODELS.url("bulk"), data=data, language="en")
    assert refused.status_code == 422
    assert "Support cannot end before the model was released." in text_of(refused)
    assert not DeviceModel.objects.filter(pk__in=keys(models)).exclude(end_of_support=None).exists()


def test_all_that_match_are_meant_when_asked_for(visit: Visit, models: list[DeviceModel]) -> None:
    data = {
        "action": "save", "all_matching": "1", "query": "q=某厂",
        "change_minimum_years": "on", "minimum_years": "7",
    }  # fmt: skip
    assert visit(WHO, DEVICE_MODELS.url("bulk"), data=data).status_code == 302
    assert set(
        DeviceModel.objects.filter(manufacturer__name="某厂").values_list("minimum_years", flat=True)
    ) == {7}
    assert not DeviceModel.objects.exclude(manufacturer__name="某厂").filter(minimum_years=7).exists()


def test_all_that_match_are_as_many_as_were_shown(visit: Visit, models: list[DeviceModel]) -> None:
    data = {"all_matching": "1", "query": "q=某厂"}
    shown = text_of(visit(WHO, DEVICE_MODELS.url("bulk"), data={**data, "action": "archive"}))
    assert '<input type="hidden" name="count" value="3">' in shown
    DeviceModel.objects.create(manufacturer=models[0].manufacturer, name="丁", kind="printer")
    asked = {**data, "action": "archive_now", "count": "3"}
    again = visit(WHO, DEVICE_MODELS.url("bulk"), data=asked, language="en")
    assert "by now other records match" in text_of(again)
    assert not DeviceModel.objects.filter(archived=True).exists()
    visit(WHO, DEVICE_MODELS.url("bulk"), data={**asked, "count": "4"})
    assert DeviceModel.objects.filter(archived=True).count() == 4


def test_all_assets_that_match_are_those_of_the_ledgers_own_conditions(visit: Visit, county: County) -> None:
    query = f"place={county.xianxi.pk}&kind=computer"
    meant = Asset.objects.filter(place=county.xianxi, kind="computer", archived=False).exclude(
        condition="retired"
    )
    others = set(Asset.objects.exclude(pk__in=meant).values_list("pk", "name"))
    data = {
        "action": "save", "all_matching": "1", "query": query, "change_name": "on", "name": "一起改名",
    }  # fmt: skip
    keys_meant = set(meant.values_list("pk", flat=True))
    assert visit(WHO, ASSETS.url("bulk"), data=data).status_code == 302
    assert set(Asset.objects.filter(name="一起改名").values_list("pk", flat=True)) == keys_meant
    assert set(Asset.objects.exclude(pk__in=keys_meant).values_list("pk", "name")) == others
    assert keys_meant


def test_a_wrong_value_is_said_beside_its_field(visit: Visit, models: list[DeviceModel]) -> None:
    data = {
        "action": "save", "pk": keys(models), "change_minimum_years": "on", "minimum_years": "many",
    }  # fmt: skip
    refused = text_of(visit(WHO, DEVICE_MODELS.url("bulk"), data=data, language="en"))
    assert "Enter a whole number." in refused


def test_an_officer_moves_nothing_out_of_the_own_township(county: County, visit: Visit) -> None:
    asset = Asset.objects.filter(place=county.xianxi).first()
    assert asset is not None
    data = {
        "action": "save", "pk": str(asset.pk), "change_place": "on", "place": str(county.foreign.pk),
    }  # fmt: skip
    visit("it_staff", ASSETS.url("bulk"), data=data)
    asset.refresh_from_db()
    assert asset.place == county.xianxi
