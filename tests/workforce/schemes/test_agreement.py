"""A record and its entry agree, or it is told how they differ."""

from dataclasses import replace

import pytest

from workforce.schemes.agreement import Apart, Difference, Logged, Recorded, differences

RECORDED = Recorded(
    kind="training_entry",
    says={"day": "2026-05-01", "hours_tenths": 40},
    personal={"number": "A-1"},
    signed={"trainee": 2, "approver": 3},
)
LOGGED = Logged(
    kind="training_entry",
    body={"day": "2026-05-01", "hours_tenths": 40, "course": "not kept in the record"},
    personal={"number": "A-1", "trainee": "刘敏"},
    signed={"trainee": 2, "approver": 3},
)


def test_what_both_say_is_no_difference() -> None:
    assert differences(RECORDED, LOGGED) == ()


def test_what_was_erased_from_beside_the_log_cannot_be_compared() -> None:
    assert differences(RECORDED, replace(LOGGED, personal={})) == ()


@pytest.mark.parametrize(
    ("recorded", "logged", "found"),
    [
        (RECORDED, None, [(Apart.NO_ENTRY, ())]),
        (None, LOGGED, [(Apart.NO_RECORD, ())]),
        (None, replace(LOGGED, sealed=False), [(Apart.NAME, ()), (Apart.NO_RECORD, ())]),
        (RECORDED, replace(LOGGED, kind="certificate"), [(Apart.CHANGED, ("kind",))]),
        (RECORDED, replace(LOGGED, body={}), [(Apart.CHANGED, ("day", "hours_tenths"))]),
        (replace(RECORDED, personal={"number": "B"}), LOGGED, [(Apart.CHANGED, ("number",))]),
        (replace(RECORDED, signed={}), LOGGED, [(Apart.SIGNATURE, ("approver", "trainee"))]),
        (RECORDED, replace(LOGGED, signed={"trainee": 2}), [(Apart.SIGNATURE, ("approver",))]),
        (replace(RECORDED, reversed_by=9), LOGGED, [(Apart.REVERSAL, ())]),
        (RECORDED, replace(LOGGED, reversed_by=9), [(Apart.REVERSAL, ())]),
        (replace(RECORDED, reversed_by=9), replace(LOGGED, reversed_by=9), []),
    ],
)
def test_each_way_to_differ(recorded, logged, found) -> None:
    assert differences(recorded, logged) == tuple(Difference(*one) for one in found)
