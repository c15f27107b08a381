"""Assessment: every attempt is kept and sealed, a pass shows a level; target sheets are signed by a second person."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from tests.support.county import County
from tests.support.pages import Visit, text_of
from tests.workforce.building import YESTERDAY, staff
from workforce.actions.assessment import assess, reverse_attempt, score_sheet, sign_sheet
from workforce.models import Attempt, HeldSkill, LogEntry, Paper, Skill, TargetIndicator, TargetSheet
from workforce.schemes.assessment import Scored, weighted

pytestmark = pytest.mark.django_db
SCORES = st.lists(
    st.builds(Scored, st.integers(1, 100), st.decimals(0, 100, places=1)), min_size=1, max_size=9
)


def paper() -> Paper:
    skill = Skill.objects.earliest("pk")
    return Paper.objects.get_or_create(name="视频会议室实操", skill=skill, level=3)[0]


def tried(county: County, score: str, day: date = YESTERDAY, on: Paper | None = None) -> Attempt:
    people = staff(county) if not Attempt.objects.exists() else None
    person = people.trainee if people else Attempt.objects.latest("pk").person
    return assess(on or paper(), person, day=day, score=Decimal(score), by=county.users["it_staff"])


def test_a_pass_is_evidence_of_the_level_and_points_to_the_log(county: County) -> None:
    attempt = tried(county, "74")
    shown = HeldSkill.objects.get(person=attempt.person)
    assert (shown.level, shown.evidence, shown.reference) == (3, "assessment", f"#{attempt.entry}")
    assert LogEntry.objects.get(pk=attempt.entry).body["passed"] is True


def test_every_attempt_is_kept_and_a_retake_is_the_next_number(county: County) -> None:
    first = tried(county, "58")
    assert not HeldSkill.objects.filter(person=first.person).exists()
    second = tried(county, "60", on=first.paper)
    assert [(one.number, one.passed) for one in Attempt.objects.order_by("number")] == [(1, False), (2, True)]
    with pytest.raises(DatabaseError, match="stands in the log"), transaction.atomic():
        Attempt.objects.filter(pk=second.pk).update(score=100)


def test_a_later_pass_mark_does_not_change_an_earlier_result(county: County) -> None:
    attempt = tried(county, "62")
    Paper.objects.update(pass_mark=80)
    attempt.refresh_from_db()
    assert attempt.passed


@pytest.mark.parametrize("score", ["-1", "100.1"])
def test_scores_outside_the_paper_are_refused(score: str, county: County) -> None:
    with pytest.raises(ValidationError):
        tried(county, score)
    assert not LogEntry.objects.exists()


def test_days_to_come_and_people_not_employed_are_refused(county: County) -> None:
    with pytest.raises(ValidationError):
        tried(county, "70", timezone.localdate() + timedelta(days=1))
    people = staff_that_left(county)
    with pytest.raises(ValidationError):
        assess(paper(), people, day=YESTERDAY, score=Decimal(70), by=county.users["it_staff"])
    assert not LogEntry.objects.exists()


def staff_that_left(county: County):
    person = county.yanxi.offices.get().people.get()
    person.left_on = YESTERDAY
    person.save()
    return person


def test_nobody_assesses_oneself(county: County) -> None:
    people = staff(county)
    with pytest.raises(ValidationError):
        assess(paper(), people.trainee, day=YESTERDAY, score=Decimal(90), by=people.account)


def test_a_reversed_result_takes_its_level_with_it(county: County) -> None:
    attempt = tried(county, "90")
    reverse_attempt(attempt, reason="登错人", by=county.users["county_administrator"])
    assert not HeldSkill.objects.filter(person=attempt.person).exists()
    with pytest.raises(ValidationError):
        reverse_attempt(attempt, reason="再来", by=county.users["county_administrator"])
    assert LogEntry.objects.latest("seq").reverses_id == attempt.entry


def scored(county: County) -> TargetSheet:
    for name, weight in (("设备使用率", 60), ("数据报送及时", 40)):
        TargetIndicator.objects.create(year=2026, name=name, weight=weight)
    scores = {one: (Decimal(80 if one.weight == 60 else 95), "") for one in TargetIndicator.objects.all()}
    return score_sheet(county.xianxi, 2026, scores=scores, by=county.users["it_staff"])


def test_a_sheet_is_weighed_signed_by_another_and_sealed(county: County) -> None:
    sheet = scored(county)
    with pytest.raises(ValidationError):
        sign_sheet(sheet, by=county.users["it_staff"])
    sign_sheet(sheet, by=county.users["business_section"])
    sheet.refresh_from_db()
    assert sheet.total == Decimal("86.0")
    assert LogEntry.objects.latest("seq").body["total_tenths"] == 860


def test_a_signed_sheet_stays_as_it_is(county: County) -> None:
    sheet = scored(county)
    sign_sheet(sheet, by=county.users["business_section"])
    with pytest.raises(ValidationError):
        score_sheet(county.xianxi, 2026, scores={}, by=county.users["it_staff"])
    for change in (lambda: sheet.scores.update(score=100), lambda: TargetSheet.objects.update(total=100)):
        with pytest.raises(DatabaseError, match="stands in the log"), transaction.atomic():
            change()


def test_an_unfinished_sheet_is_not_signed(county: County) -> None:
    sheet = scored(county)
    TargetIndicator.objects.create(year=2026, name="培训完成", weight=10)
    with pytest.raises(ValidationError):
        sign_sheet(sheet, by=county.users["business_section"])


@given(SCORES)
def test_a_weighted_score_lies_between_its_parts(lines: list[Scored]) -> None:
    total = weighted(lines)
    assert total is not None
    low, high = min(line.score for line in lines), max(line.score for line in lines)
    assert low - Decimal("0.05") <= total <= high + Decimal("0.05")


def test_results_are_shown_by_township_and_month(county: County, visit: Visit) -> None:
    tried(county, "74")
    shown = text_of(visit("leadership", reverse("workforce:assessing"), language="en"))
    assert "1 of 1 attempt" in shown
    assert f"{YESTERDAY:%Y-%m}" in shown
    assert "Write a result" not in shown


def test_a_result_is_written_by_its_form(county: County, visit: Visit) -> None:
    people = staff(county)
    data = {
        "paper": str(paper().pk),
        "person": str(people.trainee.pk),
        "day": f"{YESTERDAY}",
        "score": "74",
    }
    assert visit("auditor", reverse("workforce:assessing"), data=data).status_code == 403
    visit("it_staff", reverse("workforce:assessing"), data=data)
    assert Attempt.objects.get().person == people.trainee


def test_a_sheet_goes_its_way_on_its_pages(county: County, visit: Visit) -> None:
    one = TargetIndicator.objects.create(year=2026, name="设备使用率", weight=60)
    address = reverse("workforce:target_sheet", args=[2026, county.xianxi.pk])
    signing = reverse("workforce:sign_target_sheet", args=[2026, county.xianxi.pk])
    assert visit("leadership", address, data={f"score_{one.pk}": "88"}).status_code == 403
    visit("it_staff", address, data={f"score_{one.pk}": "多"})
    assert not TargetSheet.objects.exists()
    visit("it_staff", address, data={f"score_{one.pk}": "88.5"})
    visit("business_section", signing, data={})
    assert TargetSheet.objects.get().total == Decimal("88.5")
    assert "88.5" in text_of(visit("leadership", reverse("workforce:target_sheets") + "?year=2026"))


def test_a_township_has_no_other_townships_sheet(county: County, visit: Visit) -> None:
    address = reverse("workforce:target_sheet", args=[2026, county.yanxi.pk])
    assert visit("township_officer", address).status_code == 404
