"""Hours are written into the log with the business row, signed by the right people, and taken back at most once."""

from datetime import date, time, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.utils import timezone

from itops.organisation.actions.accounts import create_account
from tests.support.county import BY, County
from tests.workforce.building import YESTERDAY, held, planned, recorded, staff
from workforce.actions.attendance import Line, approve, record, reverse, sign
from workforce.actions.sessions import call_off, enrol, hold
from workforce.ledger.kinds import Kind
from workforce.models import Attendance, LogEntry, TrainingSession

pytestmark = pytest.mark.django_db


def kinds():
    return list(LogEntry.objects.values_list("kind", flat=True))


def codes(refused):
    return {error.code for error in ValidationError(refused.value).error_list}


def test_hours_stand_in_the_log_without_a_name_in_it(county: County) -> None:
    people = staff(county)
    row = recorded(held(county, people), people)
    entry = LogEntry.objects.get(pk=row.entry)
    assert entry.kind == Kind.TRAINING_ENTRY
    assert entry.body["hours_tenths"] == 40
    assert people.trainee.name not in entry.entry
    assert row.recorded_at == entry.at


def test_hours_count_after_both_signatures_and_not_before(county: County) -> None:
    people = staff(county)
    row = recorded(held(county, people), people)
    assert not Attendance.objects.counting()
    sign(row, by=people.account)
    assert not Attendance.objects.counting()
    approve(row, by=people.approver)
    assert Attendance.objects.counting().get() == row
    assert kinds() == [Kind.TRAINING_ENTRY, Kind.SIGN_OFF, Kind.SIGN_OFF]


def test_signatures_by_the_wrong_person_are_refused_and_nothing_is_written(county: County) -> None:
    people = staff(county)
    row = recorded(held(county, people), people)
    for refused in (
        lambda: sign(row, by=people.recorder),
        lambda: approve(row, by=people.account),
        lambda: approve(row, by=people.recorder),
    ):
        with pytest.raises(ValidationError):
            refused()
    assert kinds() == [Kind.TRAINING_ENTRY]


def test_nobody_signs_twice(county: County) -> None:
    people = staff(county)
    row = recorded(held(county, people), people)
    sign(row, by=people.account)
    with pytest.raises(ValidationError) as refused:
        sign(row, by=people.account)
    assert codes(refused) == {"signed_already"}
    assert kinds().count(Kind.SIGN_OFF) == 1


def test_a_reversal_needs_a_reason_and_happens_once(county: County) -> None:
    people = staff(county)
    row = recorded(held(county, people), people)
    with pytest.raises(ValidationError):
        reverse(row, reason=" ", by=people.approver)
    reverse(row, reason="原录 8 学时，实为 4 学时", by=people.approver)
    with pytest.raises(ValidationError):
        reverse(row, reason="再来", by=people.approver)
    assert kinds() == [Kind.TRAINING_ENTRY, Kind.REVERSAL]
    assert LogEntry.objects.latest("seq").reverses_id == row.entry


def test_what_was_reversed_can_be_written_down_anew(county: County) -> None:
    people = staff(county)
    session = held(county, people)
    row = recorded(session, people)
    reverse(row, reason="录错", by=people.approver)
    again = recorded(session, people, "2")
    assert list(Attendance.objects.standing()) == [again]


def test_overlapping_hours_are_refused_and_nothing_of_the_sheet_is_written(county: County) -> None:
    people = staff(county)
    recorded(held(county, people), people)
    other = held(county, people, starts=time(11), ends=time(14))
    lines = [Line(person=person, hours=Decimal(2)) for person in (people.other, people.trainee)]
    with pytest.raises(ValidationError) as refused:
        record(other, lines=lines, by=people.recorder)
    assert codes(refused) == {"overlap"}
    assert people.trainee.name in str(refused.value)
    assert other.attendances.count() == 0
    assert kinds() == [Kind.TRAINING_ENTRY]


def test_somebody_who_stands_twice_on_one_sheet_is_refused(county: County) -> None:
    people = staff(county)
    line = Line(person=people.trainee, hours=Decimal(2))
    with pytest.raises(ValidationError) as refused:
        record(held(county, people), lines=[line, line], by=people.recorder)
    assert "overlap" in codes(refused)


def test_the_database_refuses_overlapping_hours_by_itself(county: County) -> None:
    people = staff(county)
    row = recorded(held(county, people), people)
    row.pk, row.entry = None, 999
    with pytest.raises(DatabaseError, match="nobody_sits"), transaction.atomic():
        row.save(force_insert=True)


def test_a_session_still_to_come_is_neither_held_nor_recorded(county: County) -> None:
    people = staff(county)
    session = planned(county, timezone.localdate() + timedelta(days=1))
    with pytest.raises(ValidationError) as refused:
        hold(session, by=people.recorder)
    assert codes(refused) == {"future"}
    with pytest.raises(ValidationError) as refused:
        recorded(session, people)
    assert codes(refused) == {"not_held"}
    assert kinds() == []


def test_a_person_who_was_not_employed_then_is_refused(county: County) -> None:
    people = staff(county)
    people.trainee.joined_on = YESTERDAY + timedelta(days=1)
    people.trainee.save()
    with pytest.raises(ValidationError) as refused:
        recorded(held(county, people), people)
    assert codes(refused) == {"not_employed"}
    assert kinds() == []


def test_more_hours_than_the_session_had_are_refused(county: County) -> None:
    people = staff(county)
    with pytest.raises(ValidationError) as refused:
        recorded(held(county, people), people, "4.1")
    assert codes(refused) == {"longer_than_session"}


def test_more_than_24_hours_of_one_day_are_refused(county: County) -> None:
    people = staff(county)
    day = date(2026, 3, 2)
    for start in (0, 9):
        session = held(county, people, day, starts=time(start), ends=time(start + 9), hours=Decimal(12))
        recorded(session, people, "12")
    last = held(county, people, day, starts=time(18), ends=time(19), hours=Decimal(1))
    with pytest.raises(ValidationError) as refused:
        recorded(last, people, "1")
    assert codes(refused) == {"day_too_long"}


def test_what_stands_in_the_log_is_not_edited_in_the_tables(county: County) -> None:
    people = staff(county)
    row = recorded(held(county, people), people)
    for change in (
        lambda: Attendance.objects.filter(pk=row.pk).update(hours=8),
        lambda: Attendance.objects.filter(pk=row.pk).delete(),
    ):
        with pytest.raises(DatabaseError, match="stands in the log"), transaction.atomic():
            change()
    sign(row, by=people.account)
    with pytest.raises(DatabaseError, match="stands in the log"), transaction.atomic():
        Attendance.objects.filter(pk=row.pk).update(signed_at=None)


def test_a_session_that_was_held_is_not_edited_any_more(county: County) -> None:
    session = held(county, staff(county))
    session.hours = Decimal(3)
    with pytest.raises(ValidationError) as refused:
        session.clean()
    assert codes(refused) == {"closed"}


def test_a_session_is_called_off_with_a_reason_and_then_takes_nobody(county: County) -> None:
    people = staff(county)
    session = planned(county)
    with pytest.raises(ValidationError):
        call_off(session, by=people.recorder, reason="")
    call_off(session, by=people.recorder, reason="讲师生病")
    with pytest.raises(ValidationError):
        enrol(session, [people.trainee], by=people.recorder)
    with pytest.raises(ValidationError):
        hold(session, by=people.recorder)


def test_sheets_are_numbered_without_gap_and_keep_their_number(county: County) -> None:
    people = staff(county)
    numbers = [held(county, people, date(2026, 3, day)).sheet.number for day in (2, 3, 4)]
    assert numbers == ["QD2026-0001", "QD2026-0002", "QD2026-0003"]


def test_a_planned_session_that_is_past_is_neither_held_nor_forgotten(county: County) -> None:
    session = planned(county)
    assert list(TrainingSession.objects.overdue(timezone.localdate())) == [session]


def test_an_approver_who_has_no_account_of_the_place_is_still_another(county: County) -> None:
    people = staff(county)
    row = recorded(held(county, people), people)
    somebody = create_account(by=BY, username="approver", place=county.county)
    approve(row, by=somebody)
    row.refresh_from_db()
    assert row.approved_by == somebody
