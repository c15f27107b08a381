"""Below the need: specification against policy and the asset's own need, and lines that are full."""

from datetime import date

import pytest

from inventory.marks.findings import Lacking
from inventory.marks.kind import Kind
from inventory.marks.mark import Answer, Mark
from tests.marks.building import asset, finding, lack, office, office_days, rules, then, verdict

BELOW = "outdated.computer.below_need"
FULL = "outdated.network_link.saturated"
FIT = {"memory_mb": 3584, "disk_gb": 110, "processor_released": date(2013, 1, 1)}


def test_what_meets_every_need_exactly_is_fit() -> None:
    assert BELOW not in rules(verdict(asset(Kind.COMPUTER, **FIT)))


@pytest.mark.parametrize(
    ("short", "name"),
    [
        ({"memory_mb": 3583}, "memory_mb"),
        ({"disk_gb": 109}, "disk_gb"),
        ({"processor_released": date(2012, 12, 31)}, "processor_year"),
    ],
)
def test_each_shortage_alone_is_below_the_need(short: dict[str, object], name: str) -> None:
    proof = finding(verdict(asset(Kind.COMPUTER, **FIT | short)), BELOW)
    assert proof.numbers["short"] == name
    assert proof.numbers[name] < proof.numbers[f"needed_{name}"]  # type: ignore[operator]


def test_what_is_unknown_does_not_hide_a_shortage() -> None:
    assert BELOW in rules(verdict(asset(Kind.COMPUTER, memory_mb=2048)))


def test_what_is_unknown_is_named() -> None:
    shortage = lack(verdict(asset(Kind.COMPUTER, memory_mb=8192)), BELOW)
    assert shortage.code is Lacking.SPECIFICATION_UNKNOWN
    assert shortage.numbers["unknown"] == "disk_gb processor_year"


def test_an_assets_own_need_goes_before_the_policys() -> None:
    assert BELOW in rules(verdict(asset(Kind.COMPUTER, **FIT, needs={"memory_mb": 16000})))


def test_it_holds_since_the_policy_asks_and_the_asset_serves() -> None:
    old = asset(Kind.COMPUTER, memory_mb=2048, in_service_on=date(2015, 3, 2))
    new = asset(Kind.COMPUTER, memory_mb=2048, in_service_on=date(2026, 3, 2))
    assert finding(verdict(old), BELOW).since == date(2026, 1, 1)
    assert finding(verdict(new), BELOW).since == date(2026, 3, 2)


def test_a_line_is_compared_only_with_a_need_that_is_set() -> None:
    rule = "outdated.network_link.below_need"
    assert rule not in rules(verdict(asset(Kind.NETWORK_LINK, line_mbps=20)))
    slow = verdict(asset(Kind.NETWORK_LINK, line_mbps=20, needs={"line_mbps": 100}))
    assert finding(slow, rule).numbers == {"line_mbps": 20, "needed_line_mbps": 100, "short": "line_mbps"}


@pytest.mark.parametrize(("full", "answer"), [(9, Answer.CLEAR), (10, Answer.MARKED)])
def test_a_line_full_on_ten_of_the_last_thirty_days_is_outdated(full: int, answer: Answer) -> None:
    days = then({"count": 40, "line_share_p95": 2000}, {"count": full, "line_share_p95": 8000})
    assert verdict(asset(Kind.NETWORK_LINK, days=days)).answer(Mark.OUTDATED) is answer


def test_a_share_just_below_the_threshold_is_not_full() -> None:
    judgement = verdict(asset(Kind.NETWORK_LINK, days=office_days(40, line_share_p95=7999)))
    assert judgement.answer(Mark.OUTDATED) is Answer.CLEAR


def test_days_before_the_thirty_do_not_count() -> None:
    days = then({"count": 20, "line_share_p95": 9000}, {"count": 22, "line_share_p95": 1000})
    assert verdict(asset(Kind.NETWORK_LINK, days=days)).answer(Mark.OUTDATED) is Answer.CLEAR


def test_the_finding_says_how_full_and_since_when() -> None:
    days = then({"count": 5, "line_share_p95": 3000}, {"count": 15, "line_share_p95": 9100})
    proof = finding(verdict(asset(Kind.NETWORK_LINK, days=days)), FULL)
    assert proof.since == office(days)[5 + 9]
    assert proof.numbers == {
        "measured": 15,
        "threshold": 10,
        "threshold_share": 8000,
        "highest_share": 9100,
        "measured_days": 20,
        "minimum_observable_days": 12,
        "window_days": 30,
        "observable_days": 20,
        "generated_days": 0,
    }


@pytest.mark.parametrize(
    ("days", "code"),
    [
        (office_days(11, line_share_p95=9000)[:-3], Lacking.TOO_FEW_DAYS),
        (office_days(22), Lacking.NOT_MEASURED),
        (office_days(22, line_share_p95=9000, observable_minutes=0), Lacking.TOO_FEW_DAYS),
    ],
)
def test_too_little_measured_is_no_verdict(days: tuple[object, ...], code: Lacking) -> None:
    judgement = verdict(asset(Kind.NETWORK_LINK, days=days))
    assert lack(judgement, FULL).code is code
    assert judgement.answer(Mark.OUTDATED) is Answer.UNKNOWN
