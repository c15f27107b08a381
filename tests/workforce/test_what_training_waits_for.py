"""Reminders: each account is told of what it alone can do, and of nothing else."""

import pytest
from django.utils import timezone

from tests.support.county import County
from tests.support.pages import Visit, text_of
from tests.workforce.building import held, planned, recorded, staff
from workforce.actions.attendance import approve, sign
from workforce.actions.explanations import answer, ask
from workforce.queries.waiting import Waits, waits

pytestmark = pytest.mark.django_db
NOTHING = Waits(to_sign=0, to_approve=0, to_answer=0, to_close=0, to_note=0)


def of(user) -> Waits:
    user.refresh_from_db()
    return waits(user, timezone.localdate())


def test_the_trainee_is_asked_first_then_the_approver_then_nobody(county: County) -> None:
    people = staff(county)
    row = recorded(held(county, people), people)
    assert of(people.account).to_sign == 1
    assert of(people.approver) == NOTHING
    sign(row, by=people.account)
    assert of(people.account) == NOTHING
    assert of(people.approver).to_approve == 1
    assert of(people.recorder).to_approve == 0
    approve(row, by=people.approver)
    assert of(people.approver) == NOTHING


def test_whoever_holds_sessions_is_asked_for_answers_and_ends(county: County) -> None:
    people = staff(county)
    planned(county)
    session = held(county, people)
    recorded(session, people)
    question = ask(session, signed_in=1, minutes=0, by="tests", name="")
    officer = county.users["township_officer"]
    assert (of(officer).to_answer, of(officer).to_close) == (1, 1)
    assert of(county.users["auditor"]) == NOTHING
    answer(question, text="停电", by=officer)
    assert of(officer).to_answer == 0


def test_the_overview_reminds(county: County, visit: Visit) -> None:
    planned(county)
    assert "Sessions past and not closed: 1" in text_of(visit("it_staff", "/", language="en"))
    assert "Sessions past and not closed" not in text_of(visit("leadership", "/", language="en"))
