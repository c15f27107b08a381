"""What the tables say is held against the log: whoever changes one of the two behind the program is told of."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any

import psycopg
import pytest
from django.db import transaction
from django.utils import timezone
from pytest_django import Settings

from itops.organisation.actions.accounts import create_account, grant
from tests.own_database import OwnDatabase, Server
from tests.support.county import BY, County, small_county
from tests.workforce.building import YESTERDAY, Staff, held, recorded, staff
from workforce.actions.assessment import assess, score_sheet, sign_sheet
from workforce.actions.attendance import approve, reverse, sign
from workforce.actions.certificates import certify
from workforce.actions.explanations import answer, ask
from workforce.actions.log import erase
from workforce.models import Attendance, Certificate, LogEntry, Paper, TargetIndicator
from workforce.queries.against_log import Comparison, compare
from workforce.schemes.agreement import Apart, Difference

TODAY = timezone.localdate()


@dataclass(frozen=True, slots=True)
class Told:
    """Eight records of each way into the log, by what happened to them, and somebody who owns the database."""

    county: County
    people: Staff
    at: dict[str, int]
    superuser: psycopg.Connection[Any]

    def execute(self, statement: str, *values: object) -> None:
        self.superuser.execute(statement.encode(), values)

    def compared(self, who: str = "auditor", days: int = 1) -> Comparison:
        return compare(self.county.users[who], TODAY - timedelta(days=days), TODAY)


@pytest.fixture
def told(
    committing: OwnDatabase, database_server: Server, settings: Settings, tmp_path: Any
) -> Iterator[Told]:
    settings.ITOPS_FILES = tmp_path / "files"
    county = small_county()
    people = staff(county)
    at = grown(county, people)
    with database_server.dropper.of(committing.owner.name).connect() as superuser:
        superuser.execute("SET session_replication_role = replica")  # nothing in the database speaks up
        yield Told(county, people, at, superuser)


def grown(county: County, people: Staff) -> dict[str, int]:
    rows = [hours(county, people, days) for days in range(1, 6)]
    reverse(rows[4], reason="登记有误", by=people.approver)
    question = ask(rows[0].session, signed_in=1, minutes=0, by=county.users["auditor"].actor, name="审计员")
    answer(question, text="当天停电", by=people.recorder)
    paper = Paper.objects.create(name="视频会议室实操")
    tried = assess(paper, people.trainee, day=YESTERDAY, score=Decimal(80), by=people.recorder)
    certificate = certify(
        Certificate(
            person=people.other, name="网络工程师", number="A-1", issuer="人社厅", issued_on=YESTERDAY
        ),
        by=people.recorder,
    )
    indicator = TargetIndicator.objects.create(year=TODAY.year, name="设备在用率", weight=100)
    scores = {indicator: (Decimal(90), "")}
    sheet = score_sheet(county.xianxi, TODAY.year, scores=scores, by=people.recorder)
    sign_sheet(sheet, by=people.approver)
    sheet.refresh_from_db()
    numbers = {f"hours {days}": row.entry for days, row in enumerate(rows, 1)}
    return numbers | {
        "question": question.asked_entry,
        "attempt": tried.entry,
        "certificate": certificate.entry,
        "sheet": sheet.entry or 0,
    }


def hours(county: County, people: Staff, days: int) -> Attendance:
    row = recorded(held(county, people, TODAY - timedelta(days=days)), people)
    sign(row, by=people.account)
    approve(row, by=people.approver)
    return row


def found(comparison: Comparison) -> dict[int, tuple[Difference, ...]]:
    return {one.seq: one.differences for one in comparison.disagreements}


def test_untouched_both_say_the_same(told: Told) -> None:
    comparison = told.compared()
    assert (comparison.compared, comparison.disagreements) == (len(told.at), [])


def test_each_change_of_either_is_told_with_what_was_changed(told: Told) -> None:
    at = told.at
    change = "UPDATE workforce_attendance SET {} WHERE entry = %s"
    told.execute(change.format("hours = 9, day = day - 1"), at["hours 1"])
    told.execute(change.format("approved_entry = signed_entry"), at["hours 2"])
    told.execute(change.format("entry = 900"), at["hours 3"])
    told.execute(f"DELETE FROM workforce_attendance WHERE entry = {at['hours 4']}")
    told.execute(change.format("reversed_at = NULL, reversed_entry = NULL"), at["hours 5"])
    told.execute("UPDATE workforce_explanation SET answered_entry = NULL, signed_in = 30")
    told.execute("UPDATE workforce_attempt SET score = 100")
    told.execute(
        "UPDATE workforce_certificate SET number = 'B-2', expires = NULL, person_id = %s",
        told.people.trainee.pk,
    )
    told.execute("UPDATE workforce_targetscore SET score = 100")
    told.execute("UPDATE workforce_logpersonal SET value = '\"王某\"' WHERE entry_id = %s", at["attempt"])
    assert found(told.compared()) == {
        at["hours 1"]: (Difference(Apart.CHANGED, ("day", "hours_tenths")),),
        at["hours 2"]: (Difference(Apart.SIGNATURE, ("approver",)),),
        at["hours 3"]: (Difference(Apart.NO_RECORD),),
        900: (Difference(Apart.NO_ENTRY),),
        at["hours 4"]: (Difference(Apart.NO_RECORD),),
        at["hours 5"]: (Difference(Apart.REVERSAL),),
        at["question"]: (Difference(Apart.CHANGED, ("signed_in",)), Difference(Apart.SIGNATURE, ("answer",))),
        at["attempt"]: (Difference(Apart.NAME), Difference(Apart.CHANGED, ("score_tenths",))),
        at["certificate"]: (Difference(Apart.CHANGED, ("number", "person")),),
        at["sheet"]: (Difference(Apart.CHANGED, ("scores",)),),
    }


def test_a_log_that_was_cut_leaves_records_without_entry(told: Told) -> None:
    told.execute("DELETE FROM workforce_logentry WHERE seq >= %s", told.at["certificate"])
    lacking = found(told.compared())
    assert lacking[told.at["certificate"]] == lacking[told.at["sheet"]] == (Difference(Apart.NO_ENTRY),)


def test_names_that_went_without_an_erasure_are_missed(told: Told) -> None:
    with transaction.atomic():
        erase(
            entry=LogEntry.objects.get(pk=told.at["hours 1"]),
            names=["trainee"],
            basis="本人申请",
            by="user:1",
        )
    assert found(told.compared()) == {}
    told.execute("DELETE FROM workforce_logpersonal WHERE entry_id = %s", told.at["hours 2"])
    assert found(told.compared()) == {told.at["hours 2"]: (Difference(Apart.NAME),)}


def test_what_came_into_the_log_before_the_period_is_not_looked_at(told: Told) -> None:
    told.execute("DELETE FROM workforce_attendance")
    tomorrow = TODAY + timedelta(days=1)
    assert compare(told.county.users["auditor"], tomorrow, tomorrow) == Comparison(
        compared=0, disagreements=[]
    )


def test_a_township_hears_of_its_own_alone(told: Told) -> None:
    told.execute("UPDATE workforce_attendance SET hours = 9")
    role = told.county.users["township_officer"].grants.get().role
    other = create_account(by=BY, username="yanxi", place=told.county.yanxi)
    grant(by=BY, user=other, role=role, place=told.county.yanxi)
    assert compare(other, TODAY, TODAY) == Comparison(compared=0, disagreements=[])
    assert len(told.compared("township_officer").disagreements) == 5
