"""Waivers: a person decides that a finding does not count until a day; the finding stays."""

from datetime import timedelta

import pytest

from inventory.marks.facts import Waiver
from inventory.marks.kind import Kind
from inventory.marks.mark import Answer, Mark
from tests.marks.building import TODAY, asset, finding, office_days, verdict

RULE = "outdated.ups.repeated_repairs"


def waiver(rule: str | None = None, *, mark: Mark = Mark.OUTDATED, days: int = 30) -> Waiver:
    return Waiver(
        mark=mark,
        rule=rule,
        until=TODAY + timedelta(days=days),
        reason="new camera",
        author="Zhou, deputy head",
    )


@pytest.mark.parametrize(
    ("held", "answer"),
    [
        (waiver(), Answer.WAIVED),
        (waiver(RULE), Answer.WAIVED),
        (waiver(days=0), Answer.WAIVED),
        (waiver(days=-1), Answer.MARKED),
        (waiver("outdated.ups.unsupported_os"), Answer.MARKED),
        (waiver(mark=Mark.UNUSED), Answer.MARKED),
    ],
)
def test_a_waiver_covers_its_mark_or_rule_up_to_its_last_day(held: Waiver, answer: Answer) -> None:
    assert verdict(asset(Kind.UPS, repairs_12_months=3, waivers=(held,))).answer(Mark.OUTDATED) is answer


def test_the_finding_and_its_waiver_are_both_there() -> None:
    judgement = verdict(asset(Kind.UPS, repairs_12_months=3, waivers=(waiver(RULE), waiver(days=90))))
    held = judgement.waiver(finding(judgement, RULE))
    assert held is not None
    assert held.until == TODAY + timedelta(days=90)


def test_one_finding_that_is_not_waived_still_marks() -> None:
    days = office_days(60, content_changes=0, display_on_minutes=0)
    waived = waiver("unused.notice_board.display_off", mark=Mark.UNUSED)
    assert (
        verdict(asset(Kind.NOTICE_BOARD, days=days, waivers=(waived,))).answer(Mark.UNUSED) is Answer.MARKED
    )
    both = (waived, waiver("unused.notice_board.unchanged_content", mark=Mark.UNUSED))
    assert verdict(asset(Kind.NOTICE_BOARD, days=days, waivers=both)).answer(Mark.UNUSED) is Answer.WAIVED


def test_a_waiver_makes_nothing_known_or_clear() -> None:
    assert verdict(asset(Kind.UPS, waivers=(waiver(mark=Mark.UNUSED),))).answer(Mark.UNUSED) is Answer.UNKNOWN
