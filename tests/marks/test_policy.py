"""Policies: the version in force on a day; a wrong file stops with its name and key."""

from datetime import date
from pathlib import Path

import pytest

from inventory.marks.kind import Kind
from inventory.marks.policy import (
    POLICIES,
    Policy,
    PolicyError,
    load_policies,
    load_policy,
    policies,
    policy_for,
)

FIRST = POLICIES / "2026-1.toml"


@pytest.fixture
def edited(tmp_path: Path) -> Path:
    path = tmp_path / "2026-1.toml"
    path.write_text(FIRST.read_text(encoding="utf-8"), encoding="utf-8")
    return path


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_the_policy_of_a_day_is_the_latest_that_had_started() -> None:
    assert policy_for(date(2026, 11, 20)).version == "2026-1"
    assert policy_for(date(2026, 1, 1)).version == "2026-1"


def test_before_the_first_policy_there_is_no_verdict() -> None:
    with pytest.raises(PolicyError, match="no policy was in force on 2025-12-31"):
        policy_for(date(2025, 12, 31))


def test_versions_are_read_in_the_order_of_their_start(edited: Path) -> None:
    later = edited.with_name("2027-1.toml")
    later.write_text(
        edited.read_text(encoding="utf-8").replace("2026-1", "2027-1").replace("2026-01-01", "2027-01-01")
    )
    assert [policy.version for policy in load_policies(edited.parent)] == ["2026-1", "2027-1"]


def test_two_versions_of_one_day_are_refused(edited: Path) -> None:
    edited.with_name("other.toml").write_text(
        edited.read_text(encoding="utf-8").replace('"2026-1"', '"other"')
    )
    with pytest.raises(PolicyError, match=r"other\.toml: in_force_on: 2026-1 starts on the same day"):
        load_policies(edited.parent)


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("window_days = 90", "window_days = 0", "window_days: must be a whole number from 7 to 400"),
        ("window_days = 90", 'window_days = "90"', "window_days: must be a whole number from 7 to 400"),
        ("window_days = 90", "window_days = true", "window_days: must be a whole number from 7 to 400"),
        ("window_days = 90", "", "window_days: must be a whole number from 7 to 400"),
        ("window_days = 90", "windw_days = 90", "windw_days: no such setting"),
        ("repairs = 3", "", "every_kind.repairs: must be a whole number from 1 to 1000"),
        ("[kind.ups]", "[kind.upss]", "kind.upss: no such setting"),
        ("[kind.ups]", "[kind.ups]\nsilnt = 1", "kind.ups.silnt: no such setting"),
        (
            "maintenance_months = 12",
            "maintenance_months = -1",
            "kind.machine_room.maintenance_months: must be",
        ),
        ("memory_mb = 3584", "memory_gb = 4", "kind.computer.needs.memory_gb: no such setting"),
        ("past_minimum_years", "past_maximum_years", "shown_only: there is no rule"),
        ("in_force_on = 2026-01-01", 'in_force_on = "soon"', "in_force_on: must be a day"),
        ('version = "2026-1"', 'version = "2026-2"', "version: must be the file's name"),
        ("[kind.ups]", "[kind.ups", ""),
    ],
)
def test_a_wrong_file_stops_with_its_name_and_key(edited: Path, old: str, new: str, complaint: str) -> None:
    change(edited, old, new)
    with pytest.raises(PolicyError) as stopped:
        load_policy(edited)
    assert str(stopped.value).startswith(f"2026-1.toml: {complaint}")


def test_a_kind_takes_what_it_does_not_say_from_every_kind(edited: Path) -> None:
    change(edited, "[kind.ups]", "[kind.ups]\nsilent_office_days = 5")
    policy = load_policy(edited)
    assert policy.kinds[Kind.UPS].silent_office_days == 5
    assert policy.kinds[Kind.UPS].repairs == policy.kinds[Kind.CAMERA].repairs == 3


def test_what_is_shown_only_can_be_said_for_every_kind() -> None:
    (policy,) = policies()
    assert shown(policy) == {f"outdated.{kind}.past_minimum_years" for kind in Kind}


def shown(policy: Policy) -> set[str]:
    return set(policy.shown_only)
