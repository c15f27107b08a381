"""No use in the window: each sign of use, what counts as a day without, and what does not."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from inventory.marks.facts import Day, Witness
from inventory.marks.findings import Lacking
from inventory.marks.kind import Condition, Kind
from inventory.marks.mark import Answer, Mark
from tests.marks.building import TODAY, asset, finding, lack, office, office_days, rules, then, verdict

Values = dict[str, Any]
SIGNS = [
    (Kind.COMPUTER, "no_users", {"users": 0}, {"users": 2}),
    (Kind.CONFERENCE_ROOM, "no_calls", {"calls": 0}, {"calls": 1, "call_minutes": 5}),
    (Kind.VIDEO_ENDPOINT, "no_calls", {"busy_minutes": 4}, {"busy_minutes": 5}),
    (Kind.NOTICE_BOARD, "unchanged_content", {"content_changes": 0}, {"content_changes": 1}),
    (Kind.NOTICE_BOARD, "display_off", {"display_on_minutes": 29}, {"display_on_minutes": 30}),
    (Kind.DISPLAY, "display_off", {"display_on_minutes": 0}, {"display_on_minutes": 300}),
    (Kind.NETWORK_LINK, "idle", {"busy_minutes": 9}, {"busy_minutes": 10}),
    (Kind.PRINTER, "no_pages", {"pages": 0}, {"pages": 1}),
    (Kind.UPS, "no_load", {"busy_minutes": 0}, {"busy_minutes": 480}),
]
each_sign = pytest.mark.parametrize(("kind", "what", "idle", "used"), SIGNS)


@each_sign
def test_no_sign_of_use_in_the_window_is_unused(kind: Kind, what: str, idle: Values, used: Values) -> None:
    judgement = verdict(asset(kind, days=office_days(60, **idle)))
    proof = finding(judgement, f"unused.{kind}.{what}")
    assert proof.numbers["measured"] == 0
    assert proof.numbers["idle_days"] == proof.numbers["observable_days"] == 60
    assert judgement.answer(Mark.UNUSED) is Answer.MARKED


@each_sign
def test_one_day_of_use_clears_it(kind: Kind, what: str, idle: Values, used: Values) -> None:
    days = then({"count": 30, **idle}, {"count": 1, **used}, {"count": 30, **idle})
    assert verdict(asset(kind, days=days)).answer(Mark.UNUSED) is Answer.CLEAR


@each_sign
def test_use_before_the_window_does_not_count(kind: Kind, what: str, idle: Values, used: Values) -> None:
    used_long_ago = then({"count": 5, **used}, {"count": 65, **idle})
    used_just_within = then({"count": 5, **used}, {"count": 64, **idle})
    assert f"unused.{kind}.{what}" in rules(verdict(asset(kind, days=used_long_ago)))
    assert verdict(asset(kind, days=used_just_within)).answer(Mark.UNUSED) is Answer.CLEAR


@each_sign
def test_what_nobody_could_measure_is_unknown(kind: Kind, what: str, idle: Values, used: Values) -> None:
    judgement = verdict(asset(kind, days=office_days(60)))
    assert lack(judgement, f"unused.{kind}.{what}").code is Lacking.NOT_MEASURED
    assert judgement.answer(Mark.UNUSED) is Answer.UNKNOWN


def test_the_proof_of_an_unused_room_names_calls_minutes_and_days() -> None:
    judgement = verdict(asset(Kind.CONFERENCE_ROOM, days=office_days(60, calls=0, call_minutes=0.0)))
    proof = finding(judgement, "unused.conference_room.no_calls")
    assert proof.numbers == {
        "measured": 0,
        "threshold": 1,
        "minimum_observable_days": 36,
        "idle_days": 60,
        "unmeasured_days": 0,
        "window_days": 90,
        "office_days": 60,
        "observable_days": 60,
        "seen_days": 60,
        "generated_days": 0,
        "last_seen_on": "2026-11-20",
        "calls": 0,
        "call_minutes": 0,
    }
    assert (proof.window_from, proof.window_to) == (date(2026, 8, 23), TODAY)


@pytest.mark.parametrize(("count", "answer"), [(35, Answer.UNKNOWN), (36, Answer.MARKED)])
def test_fewer_days_than_the_minimum_are_no_verdict(count: int, answer: Answer) -> None:
    judgement = verdict(asset(Kind.PRINTER, days=office_days(count, pages=0)))
    assert judgement.answer(Mark.UNUSED) is answer


def test_what_is_lacking_is_said_in_days() -> None:
    shortage = lack(verdict(asset(Kind.PRINTER, days=office_days(35, pages=0))), "unused.printer.no_pages")
    assert shortage.code is Lacking.TOO_FEW_DAYS
    assert (shortage.numbers["observable_days"], shortage.numbers["minimum_observable_days"]) == (35, 36)


def test_it_holds_since_enough_days_had_passed() -> None:
    facts = asset(Kind.PRINTER, days=office_days(60, pages=0))
    crossed = office(facts.days)[35]
    assert finding(verdict(facts), "unused.printer.no_pages").since == crossed
    assert finding(verdict(facts, crossed), "unused.printer.no_pages").since == crossed
    assert verdict(facts, crossed - timedelta(days=1)).answer(Mark.UNUSED) is Answer.UNKNOWN


def test_a_day_switched_off_is_a_day_without_use() -> None:
    days = then({"count": 50, "users": 0}, {"count": 5, "seen": 0})
    proof = finding(verdict(asset(Kind.COMPUTER, days=days)), "unused.computer.no_users")
    assert (proof.numbers["idle_days"], proof.numbers["seen_days"]) == (55, 50)


def test_on_only_outside_office_hours_is_not_used_in_them() -> None:
    nights = tuple(replace(day, witnesses=frozenset({Witness.PING})) for day in office_days(50, seen=0))
    assert "unused.computer.no_users" in rules(verdict(asset(Kind.COMPUTER, days=nights)))


@pytest.mark.parametrize(("blind", "answer"), [(5, Answer.MARKED), (6, Answer.UNKNOWN)])
def test_a_tenth_of_the_days_may_be_unmeasured(blind: int, answer: Answer) -> None:
    days = then({"count": 50 - blind, "users": 0}, {"count": blind})
    assert verdict(asset(Kind.COMPUTER, days=days)).answer(Mark.UNUSED) is answer


def test_days_there_but_unmeasured_hold_the_verdict_back_even_when_they_do_not_count() -> None:
    days = then({"count": 44, "users": 0}, {"count": 6, "observable_minutes": 0})
    assert verdict(asset(Kind.COMPUTER, days=days)).answer(Mark.UNUSED) is Answer.UNKNOWN


@pytest.mark.parametrize(
    "used",
    [
        Day(day=date(2026, 11, 15), calls=1, call_minutes=40),
        Day(day=date(2026, 11, 16), open_minutes=480, calls=1, call_minutes=40),
    ],
)
def test_use_on_a_day_off_or_during_an_outage_is_use(used: Day) -> None:
    days = tuple(used if day.day == used.day else day for day in office_days(60, calls=0))
    assert verdict(asset(Kind.VIDEO_ENDPOINT, days=days)).answer(Mark.UNUSED) is Answer.CLEAR


def test_a_call_shorter_than_five_minutes_is_no_use() -> None:
    judgement = verdict(asset(Kind.CONFERENCE_ROOM, days=office_days(60, calls=1, call_minutes=4)))
    assert finding(judgement, "unused.conference_room.no_calls").numbers["calls"] == 60


def test_a_dark_board_is_unused_although_its_content_changes() -> None:
    days = office_days(60, content_changes=1, display_on_minutes=0)
    judgement = verdict(asset(Kind.NOTICE_BOARD, days=days))
    assert rules(judgement) == {"unused.notice_board.display_off"}
    assert judgement.answer(Mark.UNUSED) is Answer.MARKED


def test_a_changing_board_whose_panel_cannot_be_asked_is_clear() -> None:
    judgement = verdict(asset(Kind.NOTICE_BOARD, days=office_days(60, content_changes=1)))
    assert judgement.answer(Mark.UNUSED) is Answer.CLEAR


@pytest.mark.parametrize("condition", [Condition.IN_STORAGE, Condition.UNDER_REPAIR])
def test_put_away_it_is_never_unused(condition: Condition) -> None:
    judgement = verdict(asset(Kind.PRINTER, days=office_days(60, pages=0), condition=condition))
    assert judgement.answer(Mark.UNUSED) is Answer.UNKNOWN


def test_days_after_the_day_judged_are_not_looked_at() -> None:
    days = then({"count": 60, "pages": 0}, {"count": 20, "pages": 9}, until=date(2026, 12, 18))
    past = office(days)[59]
    known_then = tuple(day for day in days if day.day <= past)
    assert verdict(asset(Kind.PRINTER, days=days), past) == verdict(
        asset(Kind.PRINTER, days=known_then), past
    )
