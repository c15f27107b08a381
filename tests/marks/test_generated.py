"""Demonstration data are counted apart and prove nothing without a day on which probes really ran."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from inventory.marks.facts import Day
from inventory.marks.findings import Lacking
from inventory.marks.kind import Kind
from inventory.marks.mark import Answer, Mark
from tests.marks.building import TODAY, asset, finding, lack, office_days, one_day, verdict

YESTERDAY = TODAY - timedelta(days=1)


def demonstration(today: Day | None = None, **values: Any) -> tuple[Day, ...]:
    past = office_days(60, until=YESTERDAY, generated=True, **values)
    return past if today is None else (*past, today)


@pytest.mark.parametrize(
    "today",
    [None, one_day(TODAY, seen=0, observable_minutes=0)],
)
def test_generated_days_alone_are_no_verdict(today: Day | None) -> None:
    judgement = verdict(asset(Kind.PRINTER, days=demonstration(today, pages=0)))
    assert judgement.findings == ()
    assert {judgement.answer(Mark.MISSING), judgement.answer(Mark.UNUSED)} == {Answer.UNKNOWN}
    assert lack(judgement, "unused.printer.no_pages").code is Lacking.GENERATED_ONLY


def test_generated_use_alone_does_not_clear() -> None:
    assert verdict(asset(Kind.PRINTER, days=demonstration(pages=9))).answer(Mark.UNUSED) is Answer.UNKNOWN


def test_with_a_real_answer_today_the_generated_days_count_and_are_said() -> None:
    today = one_day(TODAY, seen=1, observable_minutes=1, pages=0)
    proof = finding(
        verdict(asset(Kind.PRINTER, days=demonstration(today, pages=0))), "unused.printer.no_pages"
    )
    assert proof.numbers["generated_days"] == proof.numbers["observable_days"] == 60


@pytest.mark.parametrize("asked", [{"observable_minutes": 1}, {"open_minutes": 0, "asked_minutes": 1}])
def test_a_real_silence_today_backs_a_generated_one_at_any_hour(asked: dict[str, float]) -> None:
    today = replace(one_day(TODAY, seen=0, observable_minutes=0), **asked)  # type: ignore[arg-type]
    judgement = verdict(asset(Kind.PRINTER, days=demonstration(today, seen=0)))
    assert judgement.answer(Mark.MISSING) is Answer.MARKED


def test_a_full_line_needs_a_real_day_too() -> None:
    judgement = verdict(asset(Kind.NETWORK_LINK, days=demonstration(line_share_p95=9500)))
    assert lack(judgement, "outdated.network_link.saturated").code is Lacking.GENERATED_ONLY
