"""Rows add and change records; all that is wrong is said at once; nothing is half-written."""

import pytest

from inventory.models import Asset, Manufacturer
from inventory.pages.assets import ASSETS
from inventory.pages.catalogue import DEVICE_MODELS
from itops.audit.models import Change
from itops.crud.directory import OFFICES, PEOPLE
from itops.exchange.outcome import Keep
from itops.organisation.models import Office, Person, User
from tests.support.county import County
from tests.support.tables import imported, table, wrong
from tests.support.workbooks import workbook

pytestmark = pytest.mark.django_db
HEAD = ("资产编号", "名称", "类别", "乡镇")


@pytest.fixture
def by(county: County) -> User:
    return county.users["county_administrator"]


def test_new_numbers_are_added_and_known_ones_changed(by: User) -> None:
    data = table(HEAD, ("新-1", "电脑", "电脑", "仙溪镇"), ("AH-XX-05", "换名", "Computer", "仙溪"))
    outcome = imported(ASSETS, data, by)
    assert (outcome.added, outcome.changed, outcome.problems, outcome.written) == (1, 1, [], True)
    assert Asset.objects.get(tag="新-1").place.name == "仙溪镇"
    assert [(one.row, list(one.fields)) for one in outcome.changes] == [
        (3, [("名称", "办公电脑 203", "换名")])
    ]


@pytest.mark.parametrize(
    "head",
    [
        ("Asset number", "Name", "Kind", "Place"),
        ("tag", "name", "kind", "place"),
        ("资产 编号", "ＮＡＭＥ", "设备类别", "所在乡镇"),
    ],
)
def test_headings_in_either_language_or_by_field(by: User, head: tuple[str, ...]) -> None:
    outcome = imported(ASSETS, table(("台账",), head, ("N1", "电脑", "computer", "仙溪镇")), by)
    assert (outcome.added, outcome.problems) == (1, [])


def test_an_absent_column_changes_nothing_and_an_empty_cell_empties(by: User, county: County) -> None:
    outcome = imported(ASSETS, table(("资产编号", "存放地点"), ("AH-XX-05", "")), by)
    assert (outcome.changed, outcome.problems) == (1, [])
    old = Asset.objects.get(tag="AH-XX-05")
    assert (old.location, old.name, old.cost_fen) == ("", "办公电脑 203", 450_000)


def test_what_is_the_same_already_is_not_written(by: User) -> None:
    before = Change.objects.count()
    outcome = imported(ASSETS, table(("资产编号", "名称"), ("AH-XX-05", "办公电脑 203")), by)
    assert (outcome.unchanged, Change.objects.count()) == (1, before)


def test_everything_wrong_is_said_at_once_and_nothing_written(by: User) -> None:
    data = table(
        (*HEAD, "购置日期", "购置金额", "序列号"),
        ("A1", "", "飞机", "西仙镇", "2024-02-30", "1.005", "1.23457E+17"),
        ("A2", "好", "电脑", "仙溪镇", "2024年3月1日", "4,200", "S"),
        ("A2", "又", "电脑", "仙溪镇", "45352", "", "#REF!"),
        ("A3", "电脑", "电脑", "", "", "", "", "多"),
    )
    outcome = imported(ASSETS, data, by)
    assert wrong(outcome) == [
        *((2, column) for column in ("购置金额", "序列号", "名称", "类别", "乡镇", "购置日期")),
        *((4, column) for column in ("序列号", "资产编号")),
        *((5, column) for column in ("", "乡镇")),
    ]
    assert (outcome.wrong, outcome.added, outcome.written) == (3, 1, False)
    assert not Asset.objects.filter(tag__startswith="A2").exists()
    right = {(one.row, one.column): one.right for one in outcome.problems}
    assert "仙溪镇" in right[2, "乡镇"]
    assert "3" in right[4, "资产编号"]


def test_only_the_good_rows_when_that_is_chosen(by: User) -> None:
    data = table(HEAD, ("B1", "电脑", "电脑", "仙溪镇"), ("B2", "电脑", "飞机", "仙溪镇"))
    outcome = imported(ASSETS, data, by, Keep.GOOD_ROWS)
    assert (outcome.added, outcome.wrong, outcome.written) == (1, 1, True)
    assert list(Asset.objects.filter(tag__startswith="B").values_list("tag", flat=True)) == ["B1"]


def test_a_look_writes_nothing_and_says_what_a_writing_does(by: User) -> None:
    data = table(HEAD, ("C1", "电脑", "电脑", "仙溪镇"))
    look = imported(ASSETS, data, by, Keep.NOTHING)
    assert (look.added, look.written, Asset.objects.filter(tag="C1").exists()) == (1, False, False)
    assert imported(ASSETS, data, by).fingerprint == look.fingerprint


def test_a_missing_column_is_said_once(by: User) -> None:
    outcome = imported(ASSETS, table(("资产编号", "名称"), *((f"D{n}", "x") for n in range(30))), by)
    assert sorted(one.column for one in outcome.problems) == sorted(["地区", "类别"])
    assert outcome.wrong == 30


def test_unknown_headings_are_reported(by: User) -> None:
    outcome = imported(ASSETS, table(("资产编号", "天气"), ("AH-XX-05", "晴")), by)
    assert outcome.unread == ["天气"]


def test_parts_may_stand_above_their_whole(by: User) -> None:
    data = table(
        (*HEAD, "属于"),
        ("E3", "线", "电脑", "仙溪镇", "E2"),
        ("E2", "终端", "电脑", "仙溪镇", "E1"),
        ("E1", "会议室", "视频会议室", "仙溪镇", ""),
    )
    assert imported(ASSETS, data, by).problems == []
    assert list(Asset.objects.filter(tag__in=["E2", "E3"]).values_list("whole__tag", flat=True)) == [
        "E1",
        "E2",
    ]


def test_a_circle_of_parts_is_an_error(by: User) -> None:
    data = table((*HEAD, "属于"), ("F1", "甲", "电脑", "仙溪镇", "F2"), ("F2", "乙", "电脑", "仙溪镇", "F1"))
    outcome = imported(ASSETS, data, by)
    assert outcome.problems
    assert not outcome.written


def test_the_change_record_names_who_and_the_file(by: User) -> None:
    imported(ASSETS, table(HEAD, ("G1", "电脑", "电脑", "仙溪镇"), ("AH-XX-05", "新", "电脑", "仙溪镇")), by)
    found = Change.objects.filter(model="inventory.asset").order_by("-pk")[:2]
    assert {(one.actor, one.reason) for one in found} == {(by.actor, "台账.csv")}
    assert {one.action for one in found} == {"add", "change"}


def test_nobody_imports_beyond_their_scope(county: County) -> None:
    officer = county.users["it_staff"]
    data = table(HEAD, ("H1", "电脑", "电脑", county.foreign.name), ("TJ-01", "抢", "电脑", "仙溪镇"))
    outcome = imported(ASSETS, data, officer, Keep.GOOD_ROWS)
    assert (outcome.added, outcome.changed, outcome.wrong) == (0, 0, 2)
    assert Asset.objects.get(tag="TJ-01").name == "桃江电脑"


def test_who_may_not_change_anything_imports_nothing(county: County) -> None:
    data = table(HEAD, ("H1", "电脑", "电脑", "仙溪镇"), ("AH-XX-05", "新", "电脑", "仙溪镇"))
    outcome = imported(ASSETS, data, county.users["leadership"], Keep.GOOD_ROWS)
    assert (outcome.added, outcome.changed, outcome.wrong) == (0, 0, 2)


def test_an_id_names_the_record_whatever_else_changes(by: User, county: County) -> None:
    old = county.assets["old"]
    outcome = imported(ASSETS, table(("ID", "资产编号"), (old.pk, "新号")), by)
    assert (outcome.changed, outcome.problems) == (1, [])
    old.refresh_from_db()
    assert old.tag == "新号"


@pytest.mark.parametrize("given", ["0", "99999999", "x", "-1", "9" * 30])
def test_an_id_that_is_none(by: User, given: str) -> None:
    assert wrong(imported(ASSETS, table(("ID", "名称"), (given, "x")), by)) == [(2, "ID")]


def test_merged_cells_and_dates_of_a_spreadsheet(by: User) -> None:
    def merge(book, sheet):
        sheet.merge_range("D2:D3", "仙溪镇")

    rows = [(*HEAD, "购置日期"), ("I1", "甲", "电脑", "", 45352), ("I2", "乙", "电脑", "", "20240301")]
    outcome = imported(ASSETS, workbook(rows, also=merge), by)
    assert (outcome.added, outcome.problems) == (2, [])
    found = Asset.objects.filter(tag__in=["I1", "I2"]).values_list("place__name", "bought_on")
    assert {(name, str(day)) for name, day in found} == {("仙溪镇", "2024-03-01")}


def test_several_fields_may_tell_a_record(by: User, county: County) -> None:
    office = Office.objects.get(place=county.xianxi)
    outcome = imported(OFFICES, table(("地方", "名称", "编制内实有人数"), ("仙溪镇", office.name, "9")), by)
    assert (outcome.changed, outcome.problems) == (1, [])


def test_namesakes_are_a_doubt_and_not_a_guess(by: User, county: County) -> None:
    one = Person.objects.first()
    assert one is not None
    Person.objects.create(office=one.office, name=one.name, pinyin=one.pinyin)
    outcome = imported(PEOPLE, table(("办公点", "名称", "岗位"), (one.office.name, one.name, "x")), by)
    assert (len(outcome.problems), outcome.changed, outcome.added) == (1, 0, 0)


def test_a_new_person_sorts_by_pinyin(by: User, county: County) -> None:
    office = Office.objects.get(place=county.xianxi)
    assert imported(PEOPLE, table(("办公点", "名称"), (office.name, "张三")), by).problems == []
    assert Person.objects.get(name="张三").pinyin.startswith("zhang")


def test_what_belongs_to_the_county_as_a_whole(by: User) -> None:
    Manufacturer.objects.create(name="某厂")
    outcome = imported(
        DEVICE_MODELS, table(("厂商", "规格型号", "备注"), ("某厂", "X", "新"), ("无厂", "Y", "")), by
    )
    assert (outcome.added, wrong(outcome)) == (1, [(3, "厂商")])


def test_an_id_cannot_take_the_number_of_another_record(by: User, county: County) -> None:
    pk = Asset.objects.get(tag="AH-XX-05").pk
    outcome = imported(ASSETS, table(("ID", *HEAD), (pk, "AH-YX-01", "电脑", "电脑", "仙溪镇")), by)
    assert wrong(outcome) == [(2, "资产编号")]


def test_two_new_rows_of_one_number_are_told_apart_by_nothing(by: User) -> None:
    twice = [("新-1", "电脑", "电脑", "仙溪镇"), (" 新-1", "电脑", "电脑", "仙溪镇")]
    assert wrong(imported(ASSETS, table(HEAD, *twice), by)) == [(3, "资产编号")]
