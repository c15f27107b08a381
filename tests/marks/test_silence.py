"""Silent for N observable office days: missing, unconfirmed; or unused when a person found it lately."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from inventory.marks.facts import Day, Witness
from inventory.marks.findings import Lacking
from inventory.marks.kind import Condition, Kind
from inventory.marks.mark import Answer, Mark
from tests.marks.building import (
    TODAY,
    asset,
    finding,
    found,
    lack,
    not_found,
    office,
    office_days,
    one_day,
    rules,
    then,
    verdict,
)

MISSING = "missing.computer.silent_unconfirmed"
UNUSED = "unused.computer.silent"
SPOKE_THEN_SILENT = then({"count": 5}, {"count": 25, "seen": 0})


@pytest.mark.parametrize(("silent", "answer"), [(19, Answer.CLEAR), (20, Answer.MARKED), (21, Answer.MARKED)])
def test_twenty_silent_office_days_are_missing(silent: int, answer: Answer) -> None:
    days = then({"count": 10}, {"count": silent, "seen": 0})
    assert verdict(asset(Kind.COMPUTER, days=days)).answer(Mark.MISSING) is answer


def test_the_finding_carries_the_numbers_that_prove_it() -> None:
    proof = finding(verdict(asset(Kind.COMPUTER, days=SPOKE_THEN_SILENT)), MISSING)
    assert proof.numbers == {
        "measured": 25,
        "threshold": 20,
        "found_within_days": 90,
        "window_days": 90,
        "office_days": 30,
        "observable_days": 30,
        "seen_days": 5,
        "generated_days": 0,
        "last_seen_on": office(SPOKE_THEN_SILENT)[4].isoformat(),
    }
    assert (proof.window_from, proof.window_to) == (date(2026, 8, 23), TODAY)


def test_it_holds_since_the_day_the_threshold_was_crossed() -> None:
    facts = asset(Kind.COMPUTER, days=SPOKE_THEN_SILENT)
    crossed = office(SPOKE_THEN_SILENT)[5 + 19]
    assert finding(verdict(facts), MISSING).since == crossed
    assert finding(verdict(facts, crossed), MISSING).since == crossed
    assert not verdict(facts, crossed - timedelta(days=1)).findings


def test_found_by_a_person_within_the_window_it_is_unused_and_there() -> None:
    judgement = verdict(asset(Kind.COMPUTER, days=office_days(30, seen=0), sightings=(found(40),)))
    assert finding(judgement, UNUSED).numbers["found_on"] == "2026-10-11"
    assert judgement.answer(Mark.UNUSED) is Answer.MARKED
    assert judgement.answer(Mark.MISSING) is Answer.CLEAR


def test_found_while_silent_it_is_unused_since_the_find() -> None:
    judgement = verdict(asset(Kind.COMPUTER, days=office_days(60, seen=0), sightings=(found(7), found(3))))
    assert finding(judgement, UNUSED).since == TODAY - timedelta(days=7)


def test_a_find_older_than_the_window_no_longer_counts() -> None:
    judgement = verdict(asset(Kind.COMPUTER, days=office_days(60, seen=0), sightings=(found(95),)))
    assert judgement.answer(Mark.MISSING) is Answer.MARKED
    assert finding(judgement, MISSING).since == TODAY - timedelta(days=5)
    assert judgement.answer(Mark.UNUSED) is Answer.UNKNOWN


def test_a_vain_look_after_the_find_makes_silence_missing_again() -> None:
    sightings = (found(50), not_found(3))
    judgement = verdict(asset(Kind.COMPUTER, days=office_days(40, seen=0), sightings=sightings))
    assert UNUSED not in rules(judgement)
    assert finding(judgement, MISSING).since == TODAY - timedelta(days=3)


def test_a_silent_thing_nobody_found_is_not_called_unused() -> None:
    judgement = verdict(asset(Kind.COMPUTER, days=office_days(60, seen=0)))
    assert lack(judgement, "unused.computer.no_users").code is Lacking.NOT_LOCATED
    assert judgement.answer(Mark.UNUSED) is Answer.UNKNOWN


def test_its_mac_on_the_switch_is_a_sign_of_life() -> None:
    *quiet, last = office_days(40, seen=0)
    by_mac = replace(last, seen_minutes=10, witnesses=frozenset({Witness.MAC_TABLE}))
    judgement = verdict(asset(Kind.COMPUTER, days=(*quiet, by_mac)))
    assert judgement.answer(Mark.MISSING) is Answer.CLEAR


def test_a_sign_on_a_day_off_ends_the_silence() -> None:
    sunday = Day(day=date(2026, 11, 15), seen_minutes=5, witnesses=frozenset({Witness.PING}))
    days = tuple(sunday if day.day == sunday.day else day for day in office_days(40, seen=0))
    assert verdict(asset(Kind.COMPUTER, days=days)).answer(Mark.MISSING) is Answer.CLEAR


def test_a_person_alone_does_not_break_the_networks_silence() -> None:
    days = tuple(replace(day, witnesses=frozenset({Witness.PERSON})) for day in office_days(30, seen=0))
    assert MISSING in rules(verdict(asset(Kind.COMPUTER, days=days)))


def test_days_when_the_line_was_down_do_not_count() -> None:
    judgement = verdict(asset(Kind.COMPUTER, days=office_days(60, seen=0, observable_minutes=0)))
    assert judgement.answer(Mark.MISSING) is Answer.UNKNOWN
    shortage = lack(judgement, MISSING)
    assert shortage.code is Lacking.TOO_FEW_DAYS
    assert (shortage.numbers["observable_days"], shortage.numbers["threshold"]) == (0, 20)


@pytest.mark.parametrize(("minutes", "marked"), [(239, False), (240, True)])
def test_a_day_counts_from_half_of_its_open_minutes(minutes: int, marked: bool) -> None:
    judgement = verdict(asset(Kind.COMPUTER, days=office_days(30, seen=0, observable_minutes=minutes)))
    assert (judgement.answer(Mark.MISSING) is Answer.MARKED) is marked


@pytest.mark.parametrize(("minutes", "answer"), [(119, Answer.UNKNOWN), (120, Answer.MARKED)])
def test_a_short_morning_does_not_count_as_a_day(minutes: int, answer: Answer) -> None:
    morning = one_day(TODAY, seen=0, open_minutes=minutes, observable_minutes=minutes)
    days = (*office_days(19, until=TODAY - timedelta(days=1), seen=0), morning)
    assert verdict(asset(Kind.COMPUTER, days=days)).answer(Mark.MISSING) is answer


def test_a_long_outage_after_the_last_sign_is_no_proof_of_health() -> None:
    days = then({"count": 10}, {"count": 50, "seen": 0, "observable_minutes": 0})
    assert verdict(asset(Kind.COMPUTER, days=days)).answer(Mark.MISSING) is Answer.UNKNOWN


@pytest.mark.parametrize("sightings", [(), (found(400),)])
def test_never_observed_is_not_missing(sightings: tuple[object, ...]) -> None:
    days = office_days(60, seen=0)
    judgement = verdict(asset(Kind.COMPUTER, days=days, first_observed_on=None, sightings=sightings))
    assert lack(judgement, MISSING).code is Lacking.NEVER_OBSERVED
    assert judgement.answer(Mark.MISSING) is Answer.UNKNOWN
    assert judgement.answer(Mark.UNUSED) is Answer.UNKNOWN


@pytest.mark.parametrize("condition", [Condition.IN_STORAGE, Condition.UNDER_REPAIR])
def test_put_away_it_may_be_silent(condition: Condition) -> None:
    days = office_days(60, seen=0)
    judgement = verdict(asset(Kind.COMPUTER, days=days, condition=condition, sightings=(found(9),)))
    assert judgement.findings == ()
    assert judgement.answer(Mark.UNUSED) is Answer.UNKNOWN
    assert judgement.answer(Mark.MISSING) is Answer.CLEAR


def test_of_a_retired_thing_nothing_is_said() -> None:
    facts = asset(
        Kind.COMPUTER,
        days=office_days(60, seen=0),
        condition=Condition.RETIRED,
        sightings=(not_found(3),),
        repairs_12_months=9,
    )
    judgement = verdict(facts)
    assert (judgement.findings, judgement.lacks) == ((), ())
    assert {judgement.answer(mark) for mark in Mark} == {Answer.UNKNOWN}


def test_on_a_confidential_network_silence_says_nothing() -> None:
    days = office_days(60, seen=0)
    judgement = verdict(asset(Kind.COMPUTER, confidential=True, probed=False, days=days))
    assert judgement.findings == ()
    assert lack(judgement, MISSING).code is Lacking.CONFIDENTIAL


def test_on_a_confidential_network_people_still_decide() -> None:
    lost = verdict(asset(Kind.COMPUTER, confidential=True, probed=False, sightings=(not_found(3),)))
    there = verdict(asset(Kind.COMPUTER, confidential=True, probed=False, sightings=(found(3),)))
    assert lost.answer(Mark.MISSING) is Answer.MARKED
    assert there.answer(Mark.MISSING) is Answer.CLEAR


def test_without_a_probe_nothing_is_known() -> None:
    judgement = verdict(asset(Kind.CAMERA, probed=False))
    assert lack(judgement, "missing.camera.silent_unconfirmed").code is Lacking.NOT_PROBED
    assert lack(judgement, "unused.camera.silent").code is Lacking.NOT_PROBED


def test_a_kind_without_a_sign_of_use_is_used_when_it_answers() -> None:
    assert verdict(asset(Kind.SERVER, days=office_days(60))).answer(Mark.UNUSED) is Answer.CLEAR
