"""A file is handed in while one language is spoken and read about in another."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from itops.exchange.languages import CODES
from itops.exchange.models import ImportRun
from itops.extras.models import CustomField
from tests.support.pages import Visit, text_of
from tests.support.tables import table

pytestmark = pytest.mark.django_db

HEAD = ("资产编号", "名称", "类别", "乡镇")
WRONG = (
    ("A1", "", "飞机", "西仙镇", "2024-02-30", "1.005", "1.23457E+17", "旧", "二楼"),
    ("A2", "好", "电脑", "仙溪镇", "2024年3月1日", "4,200", "S", "", "一楼"),
    ("A2", "又", "电脑", "仙溪镇", "45352", "", "#REF!", "", ""),
    ("AH-XX-05", "换名", "服务器", "仙溪镇", "", "", "", "", "", "多"),
    ("A4", "长" * 300, "电脑", "没有的地方", "", "", "", "", ""),
)
CHINESE = re.compile(r"[\u4e00-\u9fff]")


@pytest.fixture
def run(visit: Visit) -> ImportRun:
    CustomField.objects.create(
        model="inventory.asset",
        key="floor",
        label_zh="楼层",
        label_en="Floor",
        type="choice",
        choices="一楼\n三楼",
    )
    data = table((*HEAD, "购置日期", "购置金额", "序列号", "标签", "楼层"), *WRONG)
    return handed_in(visit, data, "zh-hans")


def handed_in(visit: Visit, data: bytes, language: str) -> ImportRun:
    file = SimpleUploadedFile("台账.csv", data)
    answer = visit("county_administrator", "/assets/import/", data={"file": file}, language=language)
    assert answer.status_code == 302, text_of(answer)
    return ImportRun.objects.latest("pk")


def test_every_reason_is_kept_in_every_language(run: ImportRun) -> None:
    problems = run.outcome["problems"]
    assert {"资产编号", "名称", "类别", "乡镇", "购置日期", "购置金额", "序列号", "标签", "楼层", ""} == {
        one["column"] for one in problems
    }
    for one in problems:
        assert set(one["reason"]) == set(CODES), one
        assert not one["right"] or set(one["right"]) == set(CODES), one


def test_page_and_file_of_errors_speak_the_readers_language(run: ImportRun, visit: Visit) -> None:
    first = next(one for one in run.outcome["problems"] if one["column"] == "购置日期")["reason"]
    assert CHINESE.search(first["zh-hans"])
    assert first["en"] == "“2024-02-30” is no date."
    for page in ("", "errors.csv"):
        for language in CODES:
            answer = visit("county_administrator", f"/imports/{run.pk}/{page}", language=language)
            said = b"".join(answer).decode() if page else text_of(answer)
            assert first[language] in said
            assert all(first[other] not in said for other in CODES if other != language)


def test_what_changes_is_told_in_the_readers_language_too(visit: Visit) -> None:
    data = table(HEAD, ("AH-XX-05", "换名", "服务器", "仙溪镇"))
    run = handed_in(visit, data, "en")
    told = {}
    for language in CODES:
        answer = visit("county_administrator", f"/imports/{run.pk}/", language=language)
        told[language] = text_of(answer)
    assert "服务器" in told["zh-hans"]
    assert "Server" in told["en"]
    assert "服务器" not in told["en"]


def test_a_missing_heading_and_a_bad_file_are_told_in_the_readers_language(visit: Visit) -> None:
    lacking = handed_in(visit, table(HEAD[:2], ("新-1", "电脑")), "zh-hans")
    unread = handed_in(visit, "天气\n晴\n".encode(), "zh-hans")
    for run in (lacking, unread):
        for one in run.outcome["problems"]:
            assert not CHINESE.search(one["reason"]["en"] + one["right"]["en"])
    assert [(one["row"], one["value"]) for one in unread.outcome["problems"]] == [(1, "天气")]
    assert {one["column"]["en"] for one in lacking.outcome["problems"]} == {"Kind", "Place"}


def test_no_file_is_asked_for_in_each_readers_language(visit: Visit) -> None:
    asked = {
        language: text_of(visit("county_administrator", "/assets/import/", language=language, data={}))
        for language in ("zh-hans", "en")
    }
    assert "请选择" in asked["zh-hans"]
    assert "Choose a file of at most" in asked["en"]
