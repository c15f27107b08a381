"""Paid ≤ committed ≤ allocated ≤ the source, day by day; the database holds it whoever writes."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import override
from psycopg.errors import CheckViolation

from planning.models import FundingSource, LedgerLine, PermittedCategory, Project
from planning.projects.lines import Entry
from tests.support.county import County
from tests.support.records import funding_source, project_at

pytestmark = pytest.mark.django_db


def line(project: Project, entry: Entry, yuan: int, **more: object) -> LedgerLine:
    values = {"source": funding_source(), "category": "computer", "day": date(2026, 3, 2), **more}
    return LedgerLine(project=project, entry=entry.value, fen=yuan * 100, document="单据", **values)


def refused(one: LedgerLine) -> str:
    """By the model, in a sentence, and by the database, whoever writes: by the same rule."""
    with pytest.raises(ValidationError) as said:
        one.full_clean()
    with pytest.raises(IntegrityError) as held, transaction.atomic():
        one.save()
    assert said.value.messages
    assert isinstance(held.value.__cause__, CheckViolation)
    return str(held.value.__cause__.diag.constraint_name)


def test_money_goes_from_allocation_to_payment_and_back(county: County) -> None:
    project = project_at(county.xianxi)
    for entry, yuan in (
        ("allocation", 1000),
        ("commitment", 900),
        ("invoice", 800),
        ("payment", 800),
        ("refund", -50),
    ):
        one = line(project, Entry(entry), yuan)
        one.full_clean()
        one.save()
    assert LedgerLine.objects.filter(project=project).count() == 5


def test_more_than_allocated_is_not_committed(county: County) -> None:
    project = project_at(county.xianxi)
    line(project, Entry.ALLOCATION, 1000).save()
    assert refused(line(project, Entry.COMMITMENT, 1001)) == "paid_committed_allocated"


def test_more_than_committed_is_not_paid(county: County) -> None:
    project = project_at(county.xianxi)
    line(project, Entry.ALLOCATION, 1000).save()
    line(project, Entry.COMMITMENT, 600).save()
    assert refused(line(project, Entry.PAYMENT, 601)) == "paid_committed_allocated"


def test_a_payment_dated_before_its_commitment_is_refused(county: County) -> None:
    project = project_at(county.xianxi)
    line(project, Entry.ALLOCATION, 1000).save()
    line(project, Entry.COMMITMENT, 600, day=date(2026, 5, 1)).save()
    assert refused(line(project, Entry.PAYMENT, 600, day=date(2026, 4, 30))) == "paid_committed_allocated"
    line(project, Entry.PAYMENT, 600, day=date(2026, 5, 1)).save()


def test_another_category_does_not_pay_for_it(county: County) -> None:
    project = project_at(county.xianxi)
    line(project, Entry.ALLOCATION, 1000).save()
    assert refused(line(project, Entry.COMMITMENT, 1, category="printer")) == "paid_committed_allocated"


def test_two_projects_do_not_spend_a_source_twice(county: County) -> None:
    source = funding_source()
    line(project_at(county.xianxi), Entry.ALLOCATION, source.limit_fen // 100).save()
    assert refused(line(project_at(county.yanxi), Entry.ALLOCATION, 1)) == "source_not_overspent"


def test_a_source_is_not_cut_below_what_is_allocated(county: County) -> None:
    line(project_at(county.xianxi), Entry.ALLOCATION, 1000).save()
    source = funding_source()
    source.limit_fen = 999_99
    with pytest.raises(ValidationError, match=r"1,000\.00"):
        source.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        FundingSource.objects.filter(pk=source.pk).update(limit_fen=999_99)
    FundingSource.objects.filter(pk=source.pk).update(limit_fen=1000_00)


def test_earmarked_money_goes_to_its_categories_alone(county: County) -> None:
    PermittedCategory.objects.create(source=funding_source(), category="computer")
    project = project_at(county.xianxi)
    assert refused(line(project, Entry.ALLOCATION, 10, category="printer")) == "source_for_its_categories"
    line(project, Entry.ALLOCATION, 10).save()


def test_money_that_was_given_is_not_earmarked_for_something_else_afterwards(county: County) -> None:
    line(project_at(county.xianxi), Entry.ALLOCATION, 10).save()
    with pytest.raises(IntegrityError), transaction.atomic():
        PermittedCategory.objects.create(source=funding_source(), category="printer")


def test_a_line_is_taken_back_by_another_and_never_changed(county: County) -> None:
    one = line(project_at(county.xianxi), Entry.ALLOCATION, 10)
    one.save()
    with pytest.raises(IntegrityError), transaction.atomic():
        LedgerLine.objects.filter(pk=one.pk).update(fen=5)
    with pytest.raises(IntegrityError), transaction.atomic():
        one.delete()
    line(one.project, Entry.ALLOCATION, -10).save()


@pytest.mark.parametrize(
    ("entry", "yuan"), [(Entry.ALLOCATION, -1), (Entry.ALLOCATION, 0), (Entry.REFUND, 5)]
)
def test_absurd_amounts_are_refused(county: County, entry: Entry, yuan: int) -> None:
    assert refused(line(project_at(county.xianxi), entry, yuan))


def test_a_year_and_a_match_stay_once_money_was_given(county: County) -> None:
    line(project_at(county.xianxi), Entry.ALLOCATION, 10).save()
    source = funding_source()
    source.year = 2027
    with pytest.raises(ValidationError):
        source.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        FundingSource.objects.filter(pk=source.pk).update(year=2027)


@pytest.mark.parametrize("fen", [-1, 10**16])
def test_a_source_of_less_than_nothing_or_of_too_much_is_refused(fen: int) -> None:
    source = FundingSource(name="专项", type="special", document="一", year=2026, limit_fen=fen)
    with pytest.raises(ValidationError):
        source.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        source.save()


def sentence(one: LedgerLine) -> str:
    with pytest.raises(ValidationError) as said:
        one.full_clean()
    return " ".join(said.value.messages)


def test_a_refusal_says_the_day_the_sums_and_what_to_do(county: County) -> None:
    project = project_at(county.xianxi)
    line(project, Entry.ALLOCATION, 1000).save()
    line(project, Entry.COMMITMENT, 600).save()
    with override("en"):
        beyond = sentence(line(project, Entry.COMMITMENT, 401))
        early = sentence(line(project, Entry.PAYMENT, 10, day=date(2026, 3, 1)))
        back = sentence(line(project, Entry.ALLOCATION, -1001))
    assert "On 2026-03-02 1,001.00 yuan would be committed, and 1,000.00 are allocated" in beyond
    assert "allocate first, or take a later day" in beyond
    assert "On 2026-03-01 10.00 yuan would be paid, and 0.00 are committed" in early
    assert "On 2026-03-02 more would be taken back than there is" in back


def test_a_line_of_nothing_is_told_once(county: County) -> None:
    assert len(sentence(line(project_at(county.xianxi), Entry.ALLOCATION, 0)).split("。")) == 2
