"""A county's own fields as forms, as filters on lists, and as columns of files."""

from typing import Any

import django_filters
import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.forms import Form
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from inventory.models import Asset
from itops.extras.custom_fields import (
    custom_fields,
    defaults,
    export_text,
    filters,
    form_fields,
    parse_text,
    values_from,
)
from itops.extras.field_types import Problem
from itops.extras.models import CustomField
from itops.extras.references import References
from tests.support.county import County
from tests.support.pages import Visit, text_of


@pytest.fixture
def fields(county: County) -> list[CustomField]:
    made: list[dict[str, Any]] = [
        {"key": "batch", "type": "text", "label_zh": "批次", "label_en": "Batch"},
        {"key": "watts", "type": "number", "label_zh": "功率"},
        {"key": "accepted", "type": "date", "label_zh": "验收日期"},
        {"key": "sealed", "type": "yes_no", "label_zh": "已贴标签"},
        {"key": "way", "type": "choice", "label_zh": "来源", "choices": "新购\n调拨", "default": "新购"},
        {"key": "uses", "type": "choices", "label_zh": "用途", "choices": "办公\n会议\n公示"},
        {"key": "manual", "type": "link", "label_zh": "说明书"},
        {"key": "store", "type": "place", "label_zh": "存放地"},
        {"key": "buyer", "type": "person", "label_zh": "经办人"},
    ]
    CustomField.objects.bulk_create(
        CustomField(model="inventory.asset", position=number, **one) for number, one in enumerate(made)
    )
    return custom_fields(Asset)


def submitted(county: County, fields: list[CustomField]) -> dict[str, Any]:
    person = county.xianxi.offices.get().people.get()
    return {
        "custom_batch": "2026-1",
        "custom_watts": "65.5",
        "custom_accepted": "2026-03-01",
        "custom_sealed": "False",
        "custom_way": "调拨",
        "custom_uses": ["办公", "会议"],
        "custom_manual": "https://example.cn/m",
        "custom_store": str(county.xianxi.pk),
        "custom_buyer": str(person.pk),
    }


def filled(county: County, fields: list[CustomField]) -> Asset:
    form = Form(submitted(county, fields))
    form.fields.update(form_fields(fields, county.users["it_staff"]))
    assert form.is_valid(), form.errors
    asset = county.assets["codec"]
    asset.custom = values_from(fields, form.cleaned_data)
    asset.save()
    asset.refresh_from_db()
    return asset


def test_a_form_fills_the_column(county: County, fields: list[CustomField]) -> None:
    asset = filled(county, fields)
    person = county.xianxi.offices.get().people.get()
    assert asset.custom == {
        "batch": "2026-1",
        "watts": 65.5,
        "accepted": "2026-03-01",
        "sealed": False,
        "way": "调拨",
        "uses": ["办公", "会议"],
        "manual": "https://example.cn/m",
        "store": county.xianxi.pk,
        "buyer": person.pk,
    }


def test_a_form_says_what_is_wrong_beside_the_field(county: County, fields: list[CustomField]) -> None:
    form = Form({"custom_watts": "many", "custom_manual": "ftp://x"})
    form.fields.update(form_fields(fields, county.users["it_staff"]))
    assert not form.is_valid()
    assert form.errors["custom_watts"] == ["这不是数字。"]
    assert set(form.errors) == {"custom_watts", "custom_manual"}


def test_a_form_offers_places_and_people_in_scope_alone(county: County, fields: list[CustomField]) -> None:
    offered: Any = form_fields(fields, county.users["township_officer"])
    assert {place.name for place in offered["custom_store"].queryset} == {"仙溪镇"}
    assert {person.name for person in offered["custom_buyer"].queryset} == {"刘敏"}


@pytest.mark.parametrize(
    "query",
    [
        {"cf_batch": "2026-1"},
        {"cf_batch__ic": "026"},
        {"cf_watts": "65.5"},
        {"cf_watts__gte": "65", "cf_watts__lte": "66"},
        {"cf_accepted__gte": "2026-02-28", "cf_accepted__lte": "2026-03-01"},
        {"cf_sealed": "False"},
        {"cf_way": ["调拨", "新购"]},
        {"cf_uses": ["会议"]},
        {"cf_manual__ic": "EXAMPLE"},
    ],
    ids=lambda query: "-".join(query),
)
def test_each_filter_finds_the_one_thing(
    query: dict[str, Any], county: County, fields: list[CustomField]
) -> None:
    asset = filled(county, fields)
    other = county.assets["good"]
    other.custom = {"batch": "2025", "watts": 9, "accepted": "2020-01-01", "sealed": True, "uses": ["公示"]}
    other.save()
    made = type("Made", (django_filters.FilterSet,), dict(filters(fields)))
    found = made(query, queryset=Asset.objects.all())
    assert found.is_valid(), found.errors
    assert list(found.qs) == [asset]


def test_what_is_exported_is_imported_unchanged(county: County, fields: list[CustomField]) -> None:
    asset = filled(county, fields)
    references = References.of(county.users["it_staff"])
    for field in fields:
        text = export_text(field, asset.custom[field.key], references)
        assert parse_text(field, text, references) == asset.custom[field.key], text


def test_a_name_out_of_scope_is_not_found(county: County, fields: list[CustomField]) -> None:
    references = References.of(county.users["township_officer"])
    store = next(field for field in fields if field.key == "store")
    assert parse_text(store, "仙溪镇", references) == county.xianxi.pk
    assert isinstance(parse_text(store, "烟溪镇", references), Problem)


def test_reading_the_fields_is_one_question(fields: list[CustomField]) -> None:
    with CaptureQueriesContext(connection) as queries:
        assert next(field.label for field in custom_fields(Asset)) == "批次"
    assert len(queries) == 1


def test_a_new_thing_begins_with_the_defaults(fields: list[CustomField]) -> None:
    assert defaults(fields) == {"way": "新购"}


@pytest.mark.parametrize(
    "wrong",
    [
        {"type": "choice", "choices": ""},
        {"type": "choices", "choices": "a;b"},
        {"type": "number", "default": "many"},
        {"type": "text", "key": "Not a key"},
        {"type": "text", "model": "auth.permission"},
    ],
)
def test_a_field_that_cannot_work_is_refused(wrong: dict[str, str], db: None) -> None:
    usual = {"model": "inventory.asset", "key": "batch", "label_zh": "批次"}
    with pytest.raises(ValidationError):
        CustomField(**(usual | wrong)).full_clean()


def test_what_values_depend_on_cannot_change(fields: list[CustomField]) -> None:
    fields[0].type = "number"
    with pytest.raises(ValidationError):
        fields[0].full_clean()


def test_the_assets_page_shows_what_is_recorded(
    county: County, fields: list[CustomField], visit: Visit
) -> None:
    asset = filled(county, fields)
    page = text_of(visit("it_staff", reverse("inventory:asset", args=[asset.pk])))
    for label, value in (("批次", "2026-1"), ("已贴标签", "否"), ("存放地", "仙溪镇")):
        assert f"<dt>{label}</dt><dd>{value}" in page
