"""Support that has ended: by day, by edition, by model, and what is not known."""

from datetime import date, timedelta

import pytest

from inventory.marks.facts import OperatingSystem
from inventory.marks.findings import Lacking
from inventory.marks.kind import Kind
from inventory.marks.mark import Answer, Mark
from tests.marks.building import TODAY, asset, finding, lack, rules, verdict

RULE = "outdated.computer.unsupported_os"
FIT = {"memory_mb": 8000, "disk_gb": 240, "processor_released": date(2019, 1, 1)}
DAY = timedelta(days=1)


def running(**system: object) -> OperatingSystem:
    return OperatingSystem(name="Windows 10 22H2", cycle="10 22H2", **system)  # type: ignore[arg-type]


@pytest.mark.parametrize(("end", "answer"), [(TODAY - DAY, Answer.MARKED), (TODAY, Answer.CLEAR)])
def test_the_day_after_support_ends_it_is_outdated(end: date, answer: Answer) -> None:
    judgement = verdict(asset(Kind.COMPUTER, operating_system=running(end_of_support=end), **FIT))
    assert judgement.answer(Mark.OUTDATED) is answer


def test_it_holds_since_the_day_after_the_end() -> None:
    system = running(end_of_support=date(2025, 10, 14))
    proof = finding(verdict(asset(Kind.COMPUTER, operating_system=system)), RULE)
    assert proof.since == date(2025, 10, 15)
    assert proof.numbers == {"system": "Windows 10 22H2", "cycle": "10 22H2", "end_of_support": "2025-10-14"}


def test_an_unknown_edition_marks_only_after_the_last_ones_end() -> None:
    ends = {"earliest_end": date(2024, 10, 8), "latest_end": date(2025, 10, 14)}
    proof = finding(
        verdict(asset(Kind.COMPUTER, operating_system=running(edition_unknown=True, **ends))), RULE
    )
    assert proof.since == date(2025, 10, 15)


def test_between_the_first_and_the_last_end_the_edition_is_needed() -> None:
    ends = {"earliest_end": date(2026, 10, 13), "latest_end": date(2034, 10, 10)}
    judgement = verdict(asset(Kind.COMPUTER, operating_system=running(edition_unknown=True, **ends), **FIT))
    assert lack(judgement, RULE).code is Lacking.EDITION_UNKNOWN
    assert judgement.answer(Mark.OUTDATED) is Answer.UNKNOWN


def test_an_unknown_edition_is_clear_while_the_first_one_is_supported() -> None:
    ends = {"earliest_end": TODAY, "latest_end": date(2034, 10, 10)}
    judgement = verdict(asset(Kind.COMPUTER, operating_system=running(edition_unknown=True, **ends), **FIT))
    assert judgement.answer(Mark.OUTDATED) is Answer.CLEAR


@pytest.mark.parametrize(
    ("ended", "answer"), [(True, Answer.MARKED), (False, Answer.CLEAR), (None, Answer.UNKNOWN)]
)
def test_without_a_day_it_counts_whether_support_has_ended(ended: bool | None, answer: Answer) -> None:
    judgement = verdict(asset(Kind.COMPUTER, operating_system=running(ended=ended), **FIT))
    assert judgement.answer(Mark.OUTDATED) is answer


@pytest.mark.parametrize("kind", [Kind.COMPUTER, Kind.SERVER])
def test_a_computer_of_which_nobody_knows_the_system_is_unknown(kind: Kind) -> None:
    judgement = verdict(asset(kind))
    assert lack(judgement, f"outdated.{kind}.unsupported_os").code is Lacking.SYSTEM_UNKNOWN


def test_a_notice_board_need_not_name_its_system() -> None:
    assert verdict(asset(Kind.NOTICE_BOARD)).answer(Mark.OUTDATED) is Answer.CLEAR


def test_a_model_its_maker_no_longer_supports_is_outdated() -> None:
    judgement = verdict(asset(Kind.NETWORK_DEVICE, model_end_of_support=date(2024, 6, 30)))
    assert rules(judgement) == {"outdated.network_device.unsupported_model"}
    assert finding(judgement, "outdated.network_device.unsupported_model").since == date(2024, 7, 1)
