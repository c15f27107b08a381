"""A session's way on its pages, from planning to hours that count; who may do what on it."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from itops.organisation.models import AccessRecord
from tests.support.county import County
from tests.support.pages import Visit, text_of
from tests.workforce.building import YESTERDAY, held, planned, recorded, staff
from workforce.models import (
    Attendance,
    Explanation,
    LegacyTraining,
    LogEntry,
    TrainingScheme,
    TrainingSession,
)

pytestmark = pytest.mark.django_db
PNG = b"\x89PNG\r\n\x1a\n" + bytes(40)


def step(name, *keys):
    return reverse(f"workforce:{name}", args=keys)


def test_the_whole_way(county: County, visit: Visit) -> None:
    people = staff(county)
    county.users["shilei"] = people.account
    session = planned(county)
    visit("it_staff", step("enrol", session.pk), data={"person": str(people.trainee.pk)})
    visit("it_staff", step("hold_session", session.pk), data={"cost": "1200"})
    hours = {f"in_{people.trainee.pk}": "1", f"hours_{people.trainee.pk}": "3.5"}
    visit("it_staff", step("record_hours", session.pk), data=hours)
    row = Attendance.objects.get()
    visit("shilei", step("sign_training", row.pk), data={})
    visit("business_section", step("approve_training"), data={"row": str(row.pk)})
    row.refresh_from_db()
    session.refresh_from_db()
    assert (row.counts, str(row.hours), session.cost_fen) == (True, "3.5", 120_000)
    assert LogEntry.objects.count() == 3


def test_each_page_opens_for_those_who_may_see_it(county: County, visit: Visit) -> None:
    people = staff(county)
    session = held(county, people)
    recorded(session, people)
    pages = [
        *(step("training"), step("training_export"), step("my_training"), step("approving")),
        *(step("trainingsession", session.pk), step("attendance_sheet", session.pk), step("legacy_training")),
    ]
    for language in ("zh-hans", "en"):
        statuses = {page: visit("it_staff", page, language=language).status_code for page in pages}
        assert set(statuses.values()) == {200}, statuses


def test_the_overview_says_who_is_how_far_and_that_somebody_looked(county: County, visit: Visit) -> None:
    people = staff(county)
    people.trainee.establishment = "civil"
    people.trainee.save()
    recorded(held(county, people), people)
    shown = text_of(visit("it_staff", step("training"), language="en"))
    assert "石磊" in shown
    assert "4.0" in shown
    assert "will miss it" in shown
    assert AccessRecord.objects.filter(what="training").exists()


@pytest.mark.parametrize("who", ["city_reader", "machine", "account_administrator", "nobody"])
def test_those_without_the_permission_see_no_training(who, county: County, visit: Visit) -> None:
    session = planned(county)
    assert visit(who, step("training")).status_code == 403
    assert visit(who, step("trainingsession", session.pk)).status_code == 404


def test_a_township_sees_its_own_people_alone(county: County, visit: Visit) -> None:
    shown = text_of(visit("township_officer", step("training")))
    assert "刘敏" in shown
    assert "王海涛" not in shown


@pytest.mark.parametrize(
    "name", ["enrol", "hold_session", "call_off_session", "record_hours", "number_sheet"]
)
def test_who_may_only_look_changes_nothing(name, county: County, visit: Visit) -> None:
    session = planned(county)
    assert visit("auditor", step(name, session.pk), data={"reason": "x"}).status_code == 403
    session.refresh_from_db()
    assert session.is_planned


def test_a_session_of_another_county_does_not_exist(county: County, visit: Visit) -> None:
    session = planned(county)
    TrainingSession.objects.filter(pk=session.pk).update(place=county.foreign)
    for name in ("enrol", "hold_session", "record_hours", "ask_explanation"):
        assert visit("county_administrator", step(name, session.pk), data={}).status_code == 404


def test_nobody_signs_for_others(county: County, visit: Visit) -> None:
    people = staff(county)
    row = recorded(held(county, people), people)
    assert visit("county_administrator", step("sign_training", row.pk), data={}).status_code == 404


def test_the_approver_list_says_why_one_cannot_approve_ones_own_record(county: County, visit: Visit) -> None:
    people = staff(county)
    row = recorded(held(county, people), people)
    shown = text_of(visit("it_staff", step("approving"), language="en"))
    assert "cannot approve it" in shown
    visit("it_staff", step("approve_training"), data={"row": str(row.pk)})
    row.refresh_from_db()
    assert row.approved_at is None


def test_a_signed_sheet_of_a_wrong_type_is_refused_and_nothing_is_written(
    county: County, visit: Visit, client
) -> None:
    people = staff(county)
    session = held(county, people)
    scan = SimpleUploadedFile("sheet.html", b"<html><script>1</script></html>", "image/png")
    client.force_login(people.recorder)
    answer = client.post(
        step("record_hours", session.pk), {f"in_{people.trainee.pk}": "1", "scan": scan}, follow=True
    )
    assert "PDF" in text_of(answer)
    assert not LogEntry.objects.exists()
    assert not Attendance.objects.exists()


def test_a_table_is_taken_instead_of_ticks(county: County, visit: Visit, client) -> None:
    people = staff(county)
    session = held(county, people)
    table = SimpleUploadedFile("签到.csv", "姓名,学时,签到\n石磊,3,√\n龚芳,,请假\n".encode("gb18030"))
    client.force_login(people.recorder)
    client.post(step("record_hours", session.pk), {"table": table})
    assert [(row.person, int(row.hours)) for row in Attendance.objects.all()] == [(people.trainee, 3)]


def test_a_table_with_wrong_rows_tells_each_and_writes_none(county: County, visit: Visit, client) -> None:
    people = staff(county)
    session = held(county, people)
    table = SimpleUploadedFile("签到.csv", "姓名,学时\n石磊,3\n外人,2\n龚芳,很多\n".encode())
    client.force_login(people.recorder)
    client.cookies["django_language"] = "en"
    shown = text_of(client.post(step("record_hours", session.pk), {"table": table}, follow=True))
    assert "Row 3" in shown
    assert "Row 4" in shown
    assert not Attendance.objects.exists()


def test_paper_records_enter_as_one_import_that_counts_for_nothing(
    county: County, visit: Visit, client
) -> None:
    people = staff(county)
    content = "姓名,单位,日期,内容,学时\n石磊,仙溪,2024-05-31,台账,6\n龚芳,,2023/4/2,网络,2.5\n".encode()
    client.force_login(people.recorder)
    client.cookies["django_language"] = "en"
    client.post(step("legacy_training"), {"file": SimpleUploadedFile("old.csv", content)})
    entry = LogEntry.objects.get()
    assert entry.body == {
        "rows": 2,
        "hours_tenths": 85,
        "first": "2023-04-02",
        "last": "2024-05-31",
        "verified": False,
    }
    assert set(LegacyTraining.objects.values_list("entry", flat=True)) == {entry.seq}
    again = client.post(
        step("legacy_training"), {"file": SimpleUploadedFile("again.csv", content)}, follow=True
    )
    assert "taken in already" in text_of(again)
    assert LegacyTraining.objects.count() == 2


def test_paper_records_of_the_future_or_of_nobody_are_refused(county: County, visit: Visit, client) -> None:
    people = staff(county)
    content = (
        "姓名,日期,内容,学时\n石磊,2124-05-31,台账,6\n某人,2024-05-31,台账,6\n石磊,五月,台账,6\n".encode()
    )
    client.force_login(people.recorder)
    client.cookies["django_language"] = "en"
    answer = client.post(
        step("legacy_training"), {"file": SimpleUploadedFile("old.csv", content)}, follow=True
    )
    assert all(f"Row {row}" in text_of(answer) for row in (2, 3, 4))
    assert not LogEntry.objects.exists()


def test_a_question_and_its_answer_stand_in_the_log_once(county: County, visit: Visit) -> None:
    people = staff(county)
    session = held(county, people)
    recorded(session, people)
    visit("county_administrator", step("ask_explanation", session.pk), data={})
    visit("county_administrator", step("ask_explanation", session.pk), data={})
    assert visit("auditor", step("answer_explanation", session.pk), data={"answer": "x"}).status_code == 403
    visit("it_staff", step("answer_explanation", session.pk), data={"answer": "停电，改在院内讲授"})
    visit("it_staff", step("answer_explanation", session.pk), data={"answer": "另有说法"})
    assert Explanation.objects.get().answer == "停电，改在院内讲授"
    assert list(LogEntry.objects.values_list("kind", flat=True))[1:] == [
        "explanation_asked",
        "explanation_answered",
    ]


def test_a_held_session_is_not_edited_through_its_form(county: County, visit: Visit) -> None:
    session = held(county, staff(county))
    answer = visit("it_staff", step("trainingsession_edit", session.pk), data={"hours": "9"})
    assert answer.status_code in {409, 422}
    session.refresh_from_db()
    assert session.hours == 4


def test_what_was_held_is_not_deleted(county: County, visit: Visit) -> None:
    session = held(county, staff(county))
    visit("county_administrator", step("trainingsession_delete", session.pk), data={})
    assert TrainingSession.objects.filter(pk=session.pk).exists()


def test_a_planned_session_shows_its_steps(county: County, visit: Visit) -> None:
    session = planned(county, timezone.localdate() + timedelta(days=3))
    shown = text_of(visit("it_staff", step("trainingsession", session.pk), language="en"))
    assert 'aria-current="step"' in shown
    assert "It was held" not in shown
    past = planned(county, YESTERDAY)
    assert "It was held" in text_of(visit("it_staff", step("trainingsession", past.pk), language="en"))


def test_schemes_whose_source_nobody_confirmed_are_said(county: County, visit: Visit) -> None:
    page = "/workforce/training/"
    assert "Of 3 schemes the source is still to be confirmed by the county." in text_of(
        visit("it_staff", page, language="en")
    )
    TrainingScheme.objects.update(confirmed=True)
    assert "still to be confirmed" not in text_of(visit("it_staff", page, language="en"))


def test_the_list_of_schemes_says_it_of_each(county: County, visit: Visit) -> None:
    assert text_of(visit("it_staff", "/workforce/training-schemes/")).count("待县里核实") == 3
