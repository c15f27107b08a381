"""The auditor's desk: what is sealed, what is left out, samples; exports and checkpoints by those who may."""

import io
import zipfile
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from itops.organisation.actions.accounts import create_account, grant
from itops.organisation.models import AccessRecord, User
from itops.organisation.roles import DEFAULT_ROLES, covers
from tests.support.county import BY, County
from tests.support.log import checkpoint, kept_file
from tests.support.pages import Visit, text_of
from tests.workforce.building import held, planned, recorded, staff
from tools.verify_log import verify
from workforce.actions.attendance import Line, record
from workforce.actions.attendance import reverse as take_back
from workforce.actions.log import append
from workforce.actions.sessions import enrol, hold
from workforce.ledger.kinds import Kind
from workforce.models import Attendance, Checkpoint, LogEntry, TrainingSession

pytestmark = pytest.mark.django_db
DESK = "/workforce/log/"
PLACES = [DESK, f"{DESK}statement/", f"{DESK}verify_log.py"]


@pytest.fixture
def row(county: County) -> Attendance:
    people = staff(county)
    return recorded(held(county, people), people)


def content_of(answer: Any) -> bytes:
    """Read to its end, which closes it."""
    return b"".join(answer.streaming_content)


def said(visit: Visit, query: str = "", who: str = "auditor") -> str:
    return text_of(visit(who, DESK + query, language="en"))


@pytest.mark.parametrize("role", DEFAULT_ROLES)
def test_the_desk_opens_for_whoever_may_see_the_log(
    role: str, county: County, row: Attendance, visit: Visit
) -> None:
    expected = 200 if covers(DEFAULT_ROLES[role], "workforce.view_logentry") else 403
    assert {visit(role, page).status_code for page in PLACES} == {expected}


@pytest.mark.parametrize("role", DEFAULT_ROLES)
def test_exports_are_for_those_who_may_export(
    role: str, county: County, row: Attendance, visit: Visit
) -> None:
    answer = visit(role, reverse("workforce:log_export"), data={"names": "on"})
    allowed = covers(DEFAULT_ROLES[role], "workforce.export_logentry")
    assert answer.status_code == (200 if allowed else 403)
    assert (allowed and zipfile.is_zipfile(io.BytesIO(content_of(answer)))) == allowed
    assert AccessRecord.objects.filter(act="export", what="training log").count() == int(allowed)


@pytest.mark.parametrize("role", DEFAULT_ROLES)
def test_checkpoints_are_handed_in_by_those_who_may(
    role: str, county: County, row: Attendance, visit: Visit
) -> None:
    answer = visit(role, reverse("workforce:hand_in_checkpoint"), data={"text": checkpoint().text})
    allowed = covers(DEFAULT_ROLES[role], "workforce.add_checkpoint")
    assert answer.status_code == (302 if allowed else 403)
    assert Checkpoint.objects.count() == int(allowed)


def test_the_menu_leads_there_for_auditors_alone(county: County, visit: Visit) -> None:
    assert f'href="{DESK}"' in text_of(visit("auditor", "/"))
    assert f'href="{DESK}"' not in text_of(visit("township_officer", "/"))


def test_an_empty_log_says_so(county: County, visit: Visit) -> None:
    assert "The log has no entries yet." in said(visit)
    assert visit("auditor", f"{DESK}statement/").status_code == 302
    assert visit("auditor", reverse("workforce:log_export"), data={}).status_code == 422


def test_what_is_sealed_and_what_is_not(county: County, row: Attendance, visit: Visit) -> None:
    assert "Nobody has sealed the log yet: for its 1 entry only this server vouches." in said(visit)
    visit("auditor", reverse("workforce:hand_in_checkpoint"), data={"text": checkpoint().text})
    assert "All 1 entries can be verified independently." in said(visit)
    take_back(row, reason="学时有误", by=county.users["county_administrator"])
    assert "Entries 1 to 1 can be verified independently; the 1 after them cannot." in said(visit)


def test_a_checkpoint_that_the_log_contradicts_is_told(county: County, row: Attendance, visit: Visit) -> None:
    own = checkpoint()
    other = own.text.replace(own.tree.root, "0" * 64)
    Checkpoint.objects.create(
        size=1, root="0" * 64, signed_at=own.time, public_key=own.public_key, text=other, by="user:1"
    )
    assert "no longer agrees with the checkpoint" in said(visit)


@pytest.mark.parametrize("text", ["", "itops-checkpoint-1", "x" * 5000, "令牌"])
def test_what_is_no_checkpoint_is_refused(text: str, county: County, row: Attendance, visit: Visit) -> None:
    answer = visit("auditor", reverse("workforce:hand_in_checkpoint"), data={"text": text})
    assert answer.status_code == 422
    assert not Checkpoint.objects.exists()


def test_reversals_with_their_reason_and_whether_anything_stands_instead(
    county: County, row: Attendance, visit: Visit
) -> None:
    take_back(row, reason="原录有误", by=county.users["county_administrator"])
    assert "<b>nothing</b>" in said(visit)
    record(row.session, lines=[Line(person=row.person, hours=row.hours)], by=county.users["it_staff"])
    shown = said(visit)
    assert "原录有误" in shown
    assert "written anew" in shown


def test_what_is_left_out_is_told_step_by_step(county: County, row: Attendance, visit: Visit) -> None:
    planned(county)
    shown = said(visit)
    assert "nobody says" in shown
    assert "missing" in shown
    assert "0 / 1" in shown


def test_hours_without_a_file_are_told_by_person(county: County, row: Attendance, visit: Visit) -> None:
    assert "石磊" in said(visit)
    recorder = county.users["it_staff"]
    sheet = kept_file(b"%PDF-1.4 sheet", recorder)
    lines = [Line(person=row.person, hours=row.hours)]
    record(held_again(county, row), lines=lines, by=recorder, scan=sheet)
    take_back(row, reason="补交签到表后重录", by=county.users["county_administrator"])
    assert "Every hour in your scope was sealed with a file." in said(visit)


def held_again(county: County, row: Attendance) -> TrainingSession:
    """Another session of the same person, two days before."""
    session = planned(county, row.day - timedelta(days=2))
    enrol(session, [row.person], by=county.users["it_staff"])
    hold(session, by=county.users["it_staff"])
    session.refresh_from_db()
    return session


def elsewhere(county: County) -> User:
    """An officer of the other township."""
    account = create_account(by=BY, username="yanxi", place=county.yanxi)
    role = county.users["township_officer"].grants.get().role
    grant(by=BY, user=account, role=role, place=county.yanxi)
    return account


def test_samples_are_those_that_the_verifier_draws(
    county: County, row: Attendance, visit: Visit, tmp_path: Path
) -> None:
    answer = visit("auditor", reverse("workforce:log_export"), data={})
    path = tmp_path / "export.zip"
    path.write_bytes(content_of(answer))
    found = verify(path, checkpoint().text, number=7)
    assert (found["verdict"], found["drawn"]) == ("verified", [row.entry])
    shown = said(visit, "?number=7")
    assert f"#{row.entry}" in shown
    assert "石磊" in shown
    assert AccessRecord.objects.filter(what="training log", act="view").exists()


@pytest.mark.parametrize(
    "query",
    [
        "?number=",
        "?number=-1",
        "?number=x",
        "?number=1e9",
        f"?number={2**53}",
        "?number=1&size=9",
        "?number=1&size=0",
    ],
)
def test_a_number_that_is_none_draws_nothing(
    query: str, county: County, row: Attendance, visit: Visit
) -> None:
    answer = visit("auditor", DESK + query, language="en")
    assert answer.status_code == 200
    assert "Drawn from entries" not in text_of(answer)
    assert "field-error" in text_of(answer)


@pytest.mark.parametrize(
    "wrong",
    [
        {"since": "2026-11-02", "until": "2026-11-01"},
        {"since": "yesterday"},
        {"place": "0"},
        {"place": "x"},
        {"sizes": "1, two"},
        {"sizes": "1 " * 60},
    ],
)
def test_an_export_of_nonsense_is_refused(
    wrong: dict[str, str], county: County, row: Attendance, visit: Visit
) -> None:
    assert visit("auditor", reverse("workforce:log_export"), data=wrong).status_code == 422
    assert not AccessRecord.objects.filter(act="export").exists()


def test_an_export_of_a_foreign_place_is_refused(county: County, row: Attendance, visit: Visit) -> None:
    data = {"place": str(county.foreign.pk)}
    assert visit("auditor", reverse("workforce:log_export"), data=data).status_code == 422


def test_an_export_of_a_place_and_period(county: County, row: Attendance, visit: Visit) -> None:
    data = {"place": str(county.xianxi.pk), "since": "2020-01-01", "sizes": "1"}
    answer = visit("auditor", reverse("workforce:log_export"), data=data)
    archive = zipfile.ZipFile(io.BytesIO(content_of(answer)))
    assert archive.read("entries.jsonl").count(b"\n") == 1
    assert answer["Content-Disposition"].startswith("attachment")


def test_what_happened_elsewhere_is_not_seen(county: County, row: Attendance, visit: Visit) -> None:
    take_back(row, reason="别处的理由", by=county.users["county_administrator"])
    county.users["yanxi"] = elsewhere(county)
    shown = said(visit, "?number=7", who="yanxi")
    assert "别处的理由" not in shown
    assert "石磊" not in shown


def test_evidence_is_served_by_its_hash_to_whoever_sees_the_entry(
    county: County, row: Attendance, visit: Visit
) -> None:
    sheet = kept_file(b"%PDF-1.4 sheet", county.users["it_staff"])
    session = held_again(county, row)
    [second] = record(
        session, lines=[Line(person=row.person, hours=row.hours)], by=county.users["it_staff"], scan=sheet
    )
    file = reverse("workforce:log_evidence", args=[second.entry, sheet.sha256])
    assert content_of(visit("auditor", file)) == b"%PDF-1.4 sheet"
    other = reverse("workforce:log_evidence", args=[row.entry, sheet.sha256])
    assert visit("auditor", other).status_code == 404
    county.users["yanxi"] = elsewhere(county)
    assert visit("yanxi", file).status_code == 404
    assert visit("machine", file).status_code == 403


def test_receipts_name_the_last_entry_of_the_hours(county: County, row: Attendance, visit: Visit) -> None:
    page = reverse("workforce:session_receipts", args=[row.session_id])
    receipt = LogEntry.objects.get(pk=row.entry).receipt
    assert receipt in text_of(visit("auditor", page))
    assert visit("machine", page).status_code == 404
    assert visit("auditor", reverse("workforce:my_receipts")).status_code == 404
    county.users["shilei"] = row.person.user
    assert receipt in text_of(visit("shilei", reverse("workforce:my_receipts")))


def test_records_that_were_changed_are_told_of(county: County, row: Attendance, visit: Visit) -> None:
    assert "Every entry has its record and every record its entry" in said(visit)
    with transaction.atomic():
        append_alone(county)
    shown = said(visit)
    assert "2 entries of" in shown
    assert "the log has it, and no record of it is left" in shown


def append_alone(county: County) -> None:
    """An entry behind the records’ back."""
    append(kind=Kind.TRAINING_ENTRY, body={"hours_tenths": 40}, by="user:1", place=county.xianxi)


def test_another_period_is_looked_through(county: County, row: Attendance, visit: Visit) -> None:
    shown = said(visit, "?since=2020-01-01&until=2020-12-31")
    assert "No session of these days lies in your scope." in shown
    assert "2020-01-01 to 2020-12-31" in shown
    assert "Every hour in your scope was sealed with a file." in shown
    assert 'name="since" value="2020-01-01"' in shown
    assert f'name="until" value="{row.day + timedelta(days=1)}"' in text_of(visit("auditor", DESK))
    assert "石磊" in said(visit, f"?since={row.day}&until={row.day}")


@pytest.mark.parametrize("query", ["?since=x&until=", "?since=2026-01-02&until=2026-01-01", "?since="])
def test_a_period_that_is_none_is_said_and_the_usual_one_shown(
    query: str, county: County, row: Attendance, visit: Visit
) -> None:
    shown = said(visit, query)
    assert "field-error" in shown
    assert "石磊" in shown


def test_the_desk_asks_no_more_for_more_entries(county: County, row: Attendance, visit: Visit) -> None:
    take_back(row, reason="重录", by=county.users["county_administrator"])
    [row] = record(row.session, lines=[Line(person=row.person, hours=row.hours)], by=county.users["it_staff"])
    visit("auditor", DESK + "?number=7")
    with CaptureQueriesContext(connection) as few:
        visit("auditor", DESK + "?number=7")
    for _ in range(5):
        take_back(row, reason="重录", by=county.users["county_administrator"])
        line = Line(person=row.person, hours=row.hours)
        [row] = record(row.session, lines=[line], by=county.users["it_staff"])
        planned(county)
    with CaptureQueriesContext(connection) as more:
        visit("auditor", DESK + "?number=7")
    assert len(more) <= len(few)
    assert len(more) <= 50
