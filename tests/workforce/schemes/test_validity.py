"""Hours that cannot be true are refused with every reason; signatures by the wrong person as well."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workforce.schemes.employment import Employed, employed
from workforce.schemes.validity import (
    Entry,
    Sitting,
    Unsigned,
    Wrong,
    approver_refused,
    trainee_refused,
    wrongs,
)

NOW = datetime(2026, 11, 2, 18, tzinfo=UTC)
ALWAYS = [Employed(date(2020, 1, 1))]


def sitting(start=9, end=12, hours="4", day=1):
    midnight = datetime(2026, 11, day, tzinfo=UTC)
    return Sitting(
        starts=midnight + timedelta(hours=start), ends=midnight + timedelta(hours=end), hours=Decimal(hours)
    )


def test_three_clock_hours_are_at_most_four_training_hours():
    assert wrongs(sitting(), [], ALWAYS, NOW) == ()
    assert wrongs(sitting(hours="4.1"), [], ALWAYS, NOW) == (Wrong.LONGER_THAN_SESSION,)


@pytest.mark.parametrize(
    ("new", "employed", "reason"),
    [
        (sitting(hours="0"), ALWAYS, Wrong.NO_HOURS),
        (sitting(12, 9), ALWAYS, Wrong.NO_LENGTH),
        (sitting(16, 19, day=2), ALWAYS, Wrong.FUTURE),
        (sitting(), [], Wrong.NOT_EMPLOYED),
        (sitting(), [Employed(date(2026, 11, 2))], Wrong.NOT_EMPLOYED),
        (sitting(), [Employed(date(2020, 1, 1), date(2026, 11, 1))], Wrong.NOT_EMPLOYED),
    ],
)
def test_each_reason_by_itself(new, employed, reason):
    assert wrongs(new, [], employed, NOW) == (reason,)


def test_nobody_sits_in_two_sessions_at_once():
    assert wrongs(sitting(11, 14), [sitting(9, 12)], ALWAYS, NOW) == (Wrong.OVERLAP,)
    assert wrongs(sitting(12, 15), [sitting(9, 12)], ALWAYS, NOW) == ()


def test_no_day_has_more_than_24_hours():
    known = [sitting(0, 9, "12"), sitting(9, 18, "12")]
    assert wrongs(sitting(18, 19, "0.5"), known, ALWAYS, NOW) == (Wrong.DAY_TOO_LONG,)


def test_every_reason_is_told_at_once():
    assert set(wrongs(sitting(16, 19, "9", day=2), [sitting(16, 17, day=2)], [], NOW)) == {
        Wrong.LONGER_THAN_SESSION,
        Wrong.FUTURE,
        Wrong.NOT_EMPLOYED,
        Wrong.OVERLAP,
    }


def test_only_the_trainee_signs_as_trainee():
    entry = Entry(trainee=7, recorder=1, recorder_person=8)
    assert trainee_refused(entry, 7) is None
    assert trainee_refused(entry, 8) is Unsigned.NOT_THE_TRAINEE
    assert trainee_refused(entry, None) is Unsigned.NOT_THE_TRAINEE


def test_the_approver_is_neither_trainee_nor_recorder():
    entry = Entry(trainee=7, recorder=1, recorder_person=8)
    assert approver_refused(entry, 2, 9) is None
    assert approver_refused(entry, 2, 7) is Unsigned.APPROVER_IS_TRAINEE
    assert approver_refused(entry, 1, None) is Unsigned.APPROVER_RECORDED
    assert approver_refused(entry, 2, 8) is Unsigned.APPROVER_RECORDED


def test_an_approver_without_a_person_is_not_taken_for_a_recorder_without_one():
    assert approver_refused(Entry(trainee=7, recorder=1, recorder_person=None), 2, None) is None


def test_nobody_signs_twice_or_for_what_was_taken_back():
    signed = Entry(trainee=7, recorder=1, recorder_person=8, trainee_signed=True, approved=True)
    back = Entry(trainee=7, recorder=1, recorder_person=8, reversed=True)
    assert (trainee_refused(signed, 7), approver_refused(signed, 2, 9)) == (Unsigned.SIGNED_ALREADY,) * 2
    assert (trainee_refused(back, 7), approver_refused(back, 2, 9)) == (Unsigned.REVERSED,) * 2


SITTINGS = st.builds(
    lambda start, length, hours: sitting(start / 4, (start + length) / 4, hours),
    st.integers(0, 90),
    st.integers(1, 20),
    st.integers(1, 60).map(lambda tenths: Decimal(tenths) / 10),
)


@given(st.lists(SITTINGS, max_size=12))
def test_whatever_is_let_in_never_overlaps_nor_fills_more_than_a_day(asked):
    kept: list[Sitting] = []
    for one in asked:
        if not wrongs(one, kept, ALWAYS, NOW):
            kept.append(one)
    assert not any(a.overlaps(b) for a in kept for b in kept if a is not b)
    assert sum(one.hours for one in kept) <= 24


@pytest.mark.parametrize(
    ("joined", "left", "archived", "on_first_of_may"),
    [
        (None, None, False, True),
        (date(2026, 5, 1), None, False, True),
        (date(2026, 5, 2), None, False, False),
        (None, date(2026, 5, 1), False, False),
        (None, date(2026, 5, 2), True, True),
        (None, None, True, False),
    ],
)
def test_employed_from_the_first_day_to_the_last(joined, left, archived, on_first_of_may):
    spans = employed(joined, left, archived=archived)
    assert any(span.on(date(2026, 5, 1)) for span in spans) is on_first_of_may
