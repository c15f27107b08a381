"""A newer table of support dates holds from its day on; what was said of past days stays."""

import json
from datetime import date, timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from inventory.actions.marking import judged
from inventory.actions.support_dates import BeginsInThePast, Loaded, load_support_dates, support_on
from inventory.marks.mark import Answer, Mark
from inventory.marks.support_table import SupportFileError, shipped
from inventory.models import Asset, Fact, SupportDate, SupportTable
from tests.monitoring.building import asset, township

pytestmark = pytest.mark.django_db
HEAD = "family,keys,name,cycle,earliest_end,latest_end\n"
KYLIN = "domestic,ky10,Kylin V10,V10,{0},{0}\n"
WEEK = timedelta(days=7)


@pytest.fixture
def today() -> date:
    return timezone.localdate()


def load(end: str, starts: date) -> Loaded:
    content = (HEAD + KYLIN.format(end)).encode()
    return load_support_dates(
        content, by="刘敏", source="麒麟公告", starts=starts, today=timezone.localdate()
    )


@pytest.fixture
def kylin() -> Asset:
    one = asset(township().place, "AH-1")
    Fact.objects.create(asset=one, name="description", declared="Linux pc 4.19.90-23.8.ky10.x86_64 #1 SMP")
    return one


def outdated(one: Asset, day: date) -> Answer:
    return judged(day, [one.pk])[0].judgement.answer(Mark.OUTDATED)


def test_without_a_loaded_table_the_programs_own_holds(today: date) -> None:
    assert support_on(today) is shipped()[-1]


def test_a_table_holds_from_its_day_on(today: date) -> None:
    assert load("2020-01-01", today + WEEK).stored
    assert support_on(today) is shipped()[-1]
    coming = support_on(today + WEEK)
    assert (coming.starts, coming.source, len(coming.releases)) == (today + WEEK, "麒麟公告", 1)


def test_a_past_days_verdict_stays_as_it_was(kylin: Asset, today: date) -> None:
    load("2020-01-01", today)
    assert outdated(kylin, today) is Answer.MARKED
    assert outdated(kylin, today - WEEK) is Answer.UNKNOWN


def test_the_same_table_again_is_not_stored_twice(today: date) -> None:
    load("2020-01-01", today)
    assert not load("2020-01-01", today).stored
    assert not load("2020-01-01", today + WEEK).stored
    assert SupportTable.objects.count() == 1


def test_a_mistake_of_today_may_be_put_right(today: date) -> None:
    load("2020-01-01", today)
    assert load("2021-01-01", today).changed == 1
    assert SupportDate.objects.get().latest_end == date(2021, 1, 1)


def test_no_table_begins_in_the_past(today: date) -> None:
    with pytest.raises(BeginsInThePast):
        load("2020-01-01", today - WEEK)


def test_a_bad_file_stores_nothing(today: date) -> None:
    with pytest.raises(SupportFileError):
        load("2020-99-01", today)
    assert not SupportTable.objects.exists()


def run(path: Path, *arguments: str) -> str:
    out = StringIO()
    call_command("update_support_dates", str(path), "--source", "麒麟公告", *arguments, stdout=out)
    return out.getvalue()


def test_the_command_stores_a_table_and_says_what_is_new(tmp_path: Path, today: date) -> None:
    path = tmp_path / "support.csv"
    path.write_text(HEAD + KYLIN.format("2029-12-31"), encoding="utf-8")
    said = json.loads(run(path, "--json"))
    assert (said["starts"], said["stored"], said["releases"], said["changed"]) == (
        today.isoformat(),
        True,
        1,
        1,
    )
    assert said["removed"] > 100


def test_the_command_lists_every_fault_by_line(tmp_path: Path) -> None:
    path = tmp_path / "support.csv"
    path.write_text(HEAD + ",,,,soon,\n", encoding="utf-8")
    with pytest.raises(CommandError) as error:
        run(path)
    assert error.value.returncode == 2
    assert str(error.value).count("\n") >= 3


@pytest.mark.parametrize("starts", ["2020-01-01", "tomorrow"])
def test_the_command_refuses_a_day_that_is_over_or_none(starts: str, tmp_path: Path) -> None:
    path = tmp_path / "support.csv"
    path.write_text(HEAD + KYLIN.format("2029-12-31"), encoding="utf-8")
    with pytest.raises(CommandError) as error:
        run(path, "--starts", starts)
    assert error.value.returncode in (1, 2)


def test_the_command_refuses_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(CommandError) as error:
        run(tmp_path / "none.csv")
    assert error.value.returncode == 2


@pytest.mark.parametrize("source", ["", "长" * 201])
def test_the_command_refuses_a_source_that_cannot_be_kept(source: str, tmp_path: Path) -> None:
    with pytest.raises(CommandError):
        run(tmp_path / "none.csv", "--source", source)
