"""The county's own fields and tags are columns of files: exported they import again unchanged, errors name columns."""

from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from inventory.models import Asset
from inventory.pages.assets import ASSETS
from itops.exchange.columns import columns
from itops.extras.models import CustomField, Tag, Tagging
from itops.extras.queries import tags_by_object
from itops.organisation.models import Office, User
from tests.support.county import County
from tests.support.tables import exported, exported_workbook, imported, table, wrong

pytestmark = pytest.mark.django_db

FIELDS: list[dict[str, Any]] = [
    {"key": "batch", "type": "text", "label_zh": "批次", "label_en": "Batch"},
    {"key": "watts", "type": "number", "label_zh": "功率"},
    {"key": "accepted", "type": "date", "label_zh": "验收日期"},
    {"key": "sealed", "type": "yes_no", "label_zh": "已贴标签"},
    {"key": "way", "type": "choice", "label_zh": "来源", "choices": "新购\n调拨"},
    {"key": "uses", "type": "choices", "label_zh": "用途", "choices": "办公\n会议\n公示"},
    {"key": "manual", "type": "link", "label_zh": "说明书"},
    {"key": "store", "type": "place", "label_zh": "存放地"},
    {"key": "buyer", "type": "person", "label_zh": "经办人"},
    {"key": "called", "type": "text", "label_zh": "名称", "label_en": "Name"},
]
TOLERANT = settings(
    max_examples=15,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
PLAIN = st.text(st.characters(categories=["L", "N", "P", "S"], max_codepoint=0xFFFF), min_size=1, max_size=20)


@pytest.fixture
def own(county: County) -> None:
    CustomField.objects.bulk_create(
        CustomField(model=ASSETS.key, position=number, **one) for number, one in enumerate(FIELDS)
    )
    Tag.objects.bulk_create([Tag(name="待更新", slug="renew"), Tag(name="=借出", slug="lent")])


def values(county: County) -> st.SearchStrategy[dict[str, Any]]:
    person = Office.objects.get(place=county.xianxi).people.get()
    return st.fixed_dictionaries(
        {},
        optional={
            "batch": PLAIN,
            "called": PLAIN,
            "watts": st.integers(-(10**17), 10**17) | st.floats(-1e9, 1e9, allow_nan=False).filter(bool),
            "accepted": st.dates().map(lambda day: day.isoformat()),
            "sealed": st.booleans(),
            "way": st.sampled_from(["新购", "调拨", "不再有的"]),
            "uses": st.lists(st.sampled_from(["办公", "会议", "公示"]), min_size=1, unique=True),
            "manual": st.just("https://example.cn/m"),
            "store": st.sampled_from([county.xianxi.pk, county.foreign.pk]),
            "buyer": st.just(person.pk),
        },
    )


@TOLERANT
@given(st.data())
def test_whatever_is_recorded_imports_again_unchanged(county: County, own: None, data: st.DataObject) -> None:
    by = county.users["it_staff"]
    for asset in (county.assets["old"], county.assets["room"]):
        Asset.objects.filter(pk=asset.pk).update(custom=data.draw(values(county)))
        Tagging.objects.filter(object_id=asset.pk).delete()
        for tag in data.draw(st.sets(st.sampled_from(list(Tag.objects.all())))):
            Tagging.objects.create(model=ASSETS.key, object_id=asset.pk, tag=tag)
    for write in (exported, exported_workbook):
        for language in ("zh-hans", "en"):
            with override(language):
                outcome = imported(ASSETS, write(ASSETS, by), by)
            assert outcome.problems == []
            assert outcome.changes == []
            assert outcome.rows == outcome.unchanged > 2


def test_a_label_that_a_field_has_already_says_its_key(own: None) -> None:
    with override("zh-hans"):
        headings = {column.name: column.heading() for column in columns(ASSETS)}
    assert headings["name"] != headings["cf_called"] == "名称 (cf_called)"


def test_values_and_tags_are_added_and_changed(county: County, own: None) -> None:
    by, old = county.users["it_staff"], county.assets["old"]
    head = ["编号", "名称", "类别", "乡镇", "批次", "功率", "用途", "标签"]
    data = table(
        head,
        [old.tag, old.name, "电脑", "仙溪镇", "二", "65.5", "办公；会议", "待更新；=借出"],
        ["AH-NEW-1", "新电脑", "电脑", "仙溪镇", "三", "", "", "renew"],
    )
    outcome = imported(ASSETS, data, by)
    assert (outcome.problems, outcome.added, outcome.changed) == ([], 1, 1)
    old.refresh_from_db()
    assert old.custom == {"batch": "二", "watts": 65.5, "uses": ["办公", "会议"]}
    new = Asset.objects.get(tag="AH-NEW-1")
    found = tags_by_object(ASSETS.key, [old.pk, new.pk])
    assert {key: {tag.slug for tag in tags} for key, tags in found.items()} == {
        old.pk: {"renew", "lent"},
        new.pk: {"renew"},
    }
    again = imported(ASSETS, data, by)
    assert (again.unchanged, again.added, again.changed) == (2, 0, 0)


def test_each_wrong_value_is_told_by_its_column(county: County, own: None) -> None:
    old = county.assets["old"]
    head = ["编号", "功率", "验收日期", "已贴标签", "来源", "存放地", "标签"]
    outcome = imported(
        ASSETS,
        table(head, [old.tag, "重", "昨天", "也许", "偷的", "无此地", "无此标签"]),
        county.users["it_staff"],
    )
    assert set(wrong(outcome)) == {(2, heading) for heading in head[1:]}
    assert not outcome.written


def test_an_unknown_tag_is_told_with_the_one_that_was_meant(county: County, own: None) -> None:
    old = county.assets["old"]
    data = table(["编号", "标签"], [old.tag, "=借出；待更行"])
    outcome = imported(ASSETS, data, county.users["it_staff"])
    with override("zh-hans"):
        assert [str(one.right) for one in outcome.problems] == ["是不是：待更新？"]


@pytest.mark.parametrize(
    ("there", "said"),
    [(True, "例如：=借出、待更新；或先在“标签”中新建。"), (False, "还没有任何一项，请先在“标签”中新建。")],
)
def test_an_unknown_tag_near_none_is_told_what_there_is(
    county: County, own: None, there: bool, said: str
) -> None:
    if not there:
        Tag.objects.all().delete()
    data = table(["编号", "标签"], [county.assets["old"].tag, "XYZ"])
    outcome = imported(ASSETS, data, county.users["it_staff"])
    with override("zh-hans"):
        assert [str(one.right) for one in outcome.problems] == [said]


def test_the_preview_names_the_fields(county: County, own: None) -> None:
    old = county.assets["old"]
    with override("zh-hans"):
        outcome = imported(
            ASSETS, table(["编号", "批次", "标签"], [old.tag, "二", "待更新"]), county.users["it_staff"]
        )
    assert outcome.changes[0].fields == [("批次", "–", "二"), ("标签", "–", "待更新")]


def test_the_preview_names_places_and_people(county: County, own: None) -> None:
    old, person = county.assets["old"], Office.objects.get(place=county.xianxi).people.get()
    outcome = imported(
        ASSETS,
        table(["tag", "cf_store", "cf_buyer"], [old.tag, "仙溪镇", person.name]),
        county.users["it_staff"],
    )
    assert outcome.changes[0].fields == [("存放地", "–", "仙溪镇"), ("经办人", "–", person.name)]


def test_a_row_that_changes_tags_alone_changes_a_record(county: County, own: None) -> None:
    old = county.assets["old"]
    outcome = imported(ASSETS, table(["编号", "标签"], [old.tag, "待更新"]), county.users["it_staff"])
    assert (outcome.changed, outcome.written) == (1, True)
    outcome = imported(ASSETS, table(["编号", "标签"], [old.tag, ""]), county.users["it_staff"])
    assert (outcome.changed, tags_by_object(ASSETS.key, [old.pk])) == (1, {})


def test_text_of_an_own_field_that_looks_spoiled_comes_back(county: County, own: None) -> None:
    old, by = county.assets["old"], county.users["it_staff"]
    for text in ("1.2E+17", "'1.2E+17", "#N/A", "'#N/A", "'\n=1", "=1+1"):
        Asset.objects.filter(pk=old.pk).update(custom={"batch": text})
        for write in (exported, exported_workbook):
            outcome = imported(ASSETS, write(ASSETS, by), by)
            assert (outcome.problems, outcome.changes) == ([], [])


def test_who_may_not_see_tags_gets_and_loses_none(county: County, own: None) -> None:
    old, by = county.assets["old"], county.users["it_staff"]
    Tagging.objects.create(model=ASSETS.key, object_id=old.pk, tag=Tag.objects.get(slug="renew"))
    Permission.objects.get(codename="view_tagging").role_set.clear()
    by = User.objects.get(pk=by.pk)
    data = exported(ASSETS, by)
    assert "待更新" not in data.decode()
    assert imported(ASSETS, data, by).changes == []
    assert Tagging.objects.filter(object_id=old.pk).exists()


def test_a_heading_that_would_be_calculated_is_defused_and_understood(county: County) -> None:
    CustomField.objects.create(model=ASSETS.key, key="sum", type="number", label_zh="=1+1", position=1)
    Asset.objects.filter(pk=county.assets["old"].pk).update(custom={"sum": 5})
    by = county.users["it_staff"]
    data = exported(ASSETS, by)
    assert "'=1+1" in data.decode()
    outcome = imported(ASSETS, data, by)
    assert (outcome.unread, outcome.problems, outcome.changes) == ([], [], [])


def test_a_file_without_such_columns_asks_for_none_of_them(county: County, own: None) -> None:
    by, old = county.users["it_staff"], county.assets["old"]
    with CaptureQueriesContext(connection) as asked:
        imported(ASSETS, table(["编号", "名称"], [old.tag, "新名"]), by)
    assert not [one for one in asked if "extras_tagging" in one["sql"]]
