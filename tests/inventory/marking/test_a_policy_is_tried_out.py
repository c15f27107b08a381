"""A policy is tried out before it comes into force; what time will make outdated is known before it is."""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from inventory.actions.marking import judged
from inventory.actions.trials import ahead, try_out
from inventory.marks.kind import Kind
from inventory.marks.mark import Answer, Mark
from inventory.marks.policy import POLICIES, load_policy
from inventory.models import Asset, DeviceModel, Manufacturer, Standing
from inventory.models import Mark as Stored
from tests.support.county import County, add, endpoint_of
from tests.support.pages import county, visit

__all__ = ["county", "visit"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def stricter(tmp_path: Path) -> Path:
    """A computer that is used on fewer than 30 of its days is unused."""
    file = tmp_path / "2027-1.toml"
    text = (
        (POLICIES / "2026-1.toml")
        .read_text()
        .replace('"2026-1"', '"2027-1"')
        .replace("2026-01-01", "2027-01-01")
    )
    file.write_text(text + "\n[kind.computer]\nused_days_below = 30\n")
    return file


@pytest.fixture
def seldom(county: County) -> Asset:
    """Used in the last 20 of 85 days: enough today, not under the stricter policy."""
    made = add(
        county,
        county.xianxi,
        Kind.COMPUTER,
        "AH-XX-77",
        "少用电脑",
        users=0,
        used_minutes=0,
        days=85,
        behind=endpoint_of(county.assets["switch"]),
    )
    endpoint = endpoint_of(made)
    since = timezone.localdate() - timedelta(days=20)
    endpoint.evidence.filter(day__gt=since, open_minutes__gt=0).update(users=1, used_minutes=300)
    return made


def unused(asset: Asset) -> Answer:
    return judged(timezone.localdate(), [asset.pk])[0].judgement.answer(Mark.UNUSED)


def test_a_stricter_policy_says_what_it_would_mark_more(
    county: County, seldom: Asset, stricter: Path
) -> None:
    assert unused(seldom) is Answer.CLEAR
    trial = try_out(load_policy(stricter), timezone.localdate())
    assert seldom.pk in {one.asset for one in trial.more(Mark.UNUSED)}
    assert trial.fewer(Mark.UNUSED) == []
    assert {one.kind for one in trial.changes} == {Kind.COMPUTER}


def test_the_policy_in_force_changes_nothing(county: County) -> None:
    assert try_out(load_policy(POLICIES / "2026-1.toml"), timezone.localdate()).changes == []


def test_trying_out_stores_nothing(county: County, seldom: Asset, stricter: Path) -> None:
    before = Stored.objects.count(), list(Standing.objects.order_by("pk").values_list("pk", "unused"))
    try_out(load_policy(stricter), timezone.localdate())
    assert before == (
        Stored.objects.count(),
        list(Standing.objects.order_by("pk").values_list("pk", "unused")),
    )


def test_the_command_names_the_assets(
    county: County, seldom: Asset, stricter: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("try_policy", str(stricter), "--json")
    said = json.loads(capsys.readouterr().out)
    assert seldom.tag in said["more"]["unused"]
    assert (said["policy"], said["against"]) == ("2027-1", "2026-1")


def test_a_file_that_is_no_policy_is_refused(county: County, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"none\.toml"):
        call_command("try_policy", str(tmp_path / "none.toml"))


@pytest.mark.parametrize(("days", "within"), [(-1, False), (0, True), (699, True), (700, False)])
def test_what_time_makes_outdated_is_known_before(county: County, days: int, within: bool) -> None:
    """Support that ends today makes outdated from tomorrow on; what has ended already is not ahead."""
    today = timezone.localdate()
    ends = today + timedelta(days=days)
    model = DeviceModel.objects.create(
        manufacturer=Manufacturer.objects.create(name="Maker"),
        name="S1",
        kind=Kind.NETWORK_DEVICE.value,
        end_of_support=ends,
    )
    Asset.objects.filter(pk=county.assets["switch"].pk).update(device_model=model)
    found = [
        one for one in ahead(today, today + timedelta(days=700)) if one.asset == county.assets["switch"].pk
    ]
    assert [one.ending.on for one in found] == ([ends + timedelta(days=1)] if within else [])


def test_the_day_that_was_foretold_is_the_day_of_the_mark(county: County) -> None:
    today = timezone.localdate()
    model = DeviceModel.objects.create(
        manufacturer=Manufacturer.objects.create(name="Maker"),
        name="S1",
        kind=Kind.NETWORK_DEVICE.value,
        end_of_support=today + timedelta(days=100),
    )
    switch = county.assets["switch"]
    Asset.objects.filter(pk=switch.pk).update(device_model=model)
    [found] = [one for one in ahead(today, today + timedelta(days=700)) if one.asset == switch.pk]
    for day, marked in ((found.ending.on - timedelta(days=1), False), (found.ending.on, True)):
        findings = judged(day, [switch.pk])[0].judgement.findings
        assert (found.ending.rule in {one.rule for one in findings}) == marked


def test_the_command_counts_by_month(county: County, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("ahead", "--json", "--months", "1")
    said = json.loads(capsys.readouterr().out)
    assert date.fromisoformat(said["until"]) > date.fromisoformat(said["date"])
