"""A project goes from gate to gate: with its papers, and with the county's match committed."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from planning.actions.projects import advance
from planning.models import FundingSource, LedgerLine, Project, ProjectPaper
from planning.projects.lines import match_owed
from planning.projects.stages import ASKED, Stage
from tests.support.county import County
from tests.support.records import project_at

DAY = date(2026, 3, 2)


def hand_in(project: Project, stage: Stage) -> None:
    for paper in ASKED[stage]:
        ProjectPaper.objects.create(project=project, paper=paper.value, document="一", day=DAY)


def matched() -> tuple[FundingSource, FundingSource]:
    county = FundingSource.objects.create(
        name="县级配套资金", type="matching", document="安财〔2026〕3号", year=2026, limit_fen=10**9
    )
    special = FundingSource.objects.create(
        name="专项", type="special", document="湘财〔2026〕1号", year=2026, limit_fen=10**9,
        match_bp=5_000, matched_by=county,
    )  # fmt: skip
    return special, county


def book(project: Project, source: FundingSource, entry: str, fen: int) -> None:
    LedgerLine.objects.create(
        project=project, source=source, category="computer", entry=entry, day=DAY, fen=fen, document="单据"
    )


@pytest.mark.django_db
def test_a_gate_stays_shut_until_its_papers_are_there(county: County) -> None:
    project = project_at(county.xianxi)
    with pytest.raises(ValidationError) as refused:
        advance(project, by=county.users["county_administrator"])
    assert refused.value.code == "papers"
    hand_in(project, Stage.IMPLEMENTATION)
    assert advance(project, by=county.users["county_administrator"]) is Stage.IMPLEMENTATION


@pytest.mark.django_db
def test_a_project_walks_through_all_stages_and_stops(county: County) -> None:
    project, by = project_at(county.xianxi), county.users["county_administrator"]
    for stage in list(Stage)[1:]:
        hand_in(project, stage)
        assert advance(project, by=by) is stage
    with pytest.raises(ValidationError):
        advance(project, by=by)


@pytest.mark.django_db
def test_nothing_is_implemented_before_the_match_is_committed(county: County) -> None:
    project, by = project_at(county.xianxi), county.users["county_administrator"]
    special, matching = matched()
    hand_in(project, Stage.IMPLEMENTATION)
    book(project, special, "allocation", 100_01)
    book(project, matching, "allocation", 100_01)
    book(project, matching, "commitment", 100_00)
    with pytest.raises(ValidationError) as refused:
        advance(project, by=by)
    assert refused.value.code == "match"
    book(project, matching, "commitment", 1)
    assert advance(project, by=by) is Stage.IMPLEMENTATION
    with pytest.raises(IntegrityError), transaction.atomic():
        book(project, special, "allocation", 1)  # nor is more allocated then without its match


@given(allocated=st.integers(0, 10**12), match=st.integers(0, 9_999))
def test_a_match_is_the_least_that_is_no_less_than_its_share(allocated: int, match: int) -> None:
    owed = match_owed(allocated, match)
    assert owed * 10_000 >= match * (allocated + owed)
    assert not owed or (owed - 1) * 10_000 < match * (allocated + owed - 1)


def test_a_paper_is_not_dated_in_the_future() -> None:
    paper = ProjectPaper(paper="contract", document="一", day=date(2999, 1, 1))
    with pytest.raises(ValidationError):
        paper.clean()
