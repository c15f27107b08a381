"""A project goes from gate to gate: with its papers, and with the county's match committed."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from itops.files.actions import attach, take_off
from itops.files.models import Attachment
from itops.organisation.models import User
from planning.actions.projects import advance
from planning.models import FundingSource, LedgerLine, Project, ProjectPaper, Promise, PromiseResult, Receipt
from planning.projects.lines import match_owed
from planning.projects.stages import ASKED, GROUNDS, Ground, Stage
from tests.support.county import County
from tests.support.pages import Visit, text_of
from tests.support.records import project_at, receipt_at

DAY = date(2026, 3, 2)


def hand_in(project: Project, stage: Stage, by: User) -> None:
    """Everything that the gate asks for: papers with their files, a promise, things that came, a measurement."""
    for paper in ASKED[stage]:
        made = ProjectPaper.objects.create(project=project, paper=paper.value, document="一", day=DAY)
        upload = SimpleUploadedFile(f"{paper}.pdf", b"%PDF-1.7 " + paper.encode())
        attach(by=by, model="planning.projectpaper", object_id=made.pk, upload=upload)
    if Ground.PROMISE in GROUNDS[stage]:
        Promise.objects.create(project=project, kind="computer", measure="used_days", figure=80)
    if Ground.RECEIPT in GROUNDS[stage]:
        receipt_at(project.place)
    if Ground.MEASURED in GROUNDS[stage]:
        PromiseResult.objects.create(
            promise=project.promises.get(), months=3, pieces=1, watched=0, days=0, part=0, whole=0,
            generated=False, measured_on=DAY,
        )  # fmt: skip


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
    hand_in(project, Stage.IMPLEMENTATION, county.users["it_staff"])
    assert advance(project, by=county.users["county_administrator"]) is Stage.IMPLEMENTATION


@pytest.mark.django_db
def test_a_project_walks_through_all_stages_and_stops(county: County) -> None:
    project, by = project_at(county.xianxi), county.users["county_administrator"]
    for stage in list(Stage)[1:]:
        hand_in(project, stage, by)
        assert advance(project, by=by) is stage
    with pytest.raises(ValidationError):
        advance(project, by=by)


@pytest.mark.django_db
def test_nothing_is_implemented_before_the_match_is_committed(county: County) -> None:
    project, by = project_at(county.xianxi), county.users["county_administrator"]
    special, matching = matched()
    hand_in(project, Stage.IMPLEMENTATION, by)
    book(project, special, "allocation", 100_01)
    book(project, matching, "allocation", 100_01)
    book(project, matching, "commitment", 100_00)
    with pytest.raises(ValidationError) as refused:
        advance(project, by=by)
    assert "0.01" in refused.value.messages[0]
    assert str(matching) in refused.value.messages[0]
    book(project, matching, "commitment", 1)
    assert advance(project, by=by) is Stage.IMPLEMENTATION
    with pytest.raises(IntegrityError), transaction.atomic():
        book(project, special, "allocation", 1)  # nor is more allocated then without its match
    more = LedgerLine(
        project=Project.objects.get(pk=project.pk),
        source=special,
        category="computer",
        entry="allocation",
        day=timezone.localdate(),
        fen=2_00,
        document="文",
    )
    with override("en"), pytest.raises(ValidationError) as told:
        more.full_clean()
    assert told.value.messages == [
        f"{matching} must match this: commit 2.00 yuan of it to the project first."
    ]


@given(allocated=st.integers(0, 10**12), match=st.integers(0, 9_999))
def test_a_match_is_the_least_that_is_no_less_than_its_share(allocated: int, match: int) -> None:
    owed = match_owed(allocated, match)
    assert owed * 10_000 >= match * (allocated + owed)
    assert not owed or (owed - 1) * 10_000 < match * (allocated + owed - 1)


def test_a_paper_is_not_dated_in_the_future() -> None:
    paper = ProjectPaper(paper="contract", document="一", day=date(2999, 1, 1))
    with pytest.raises(ValidationError):
        paper.clean()


@pytest.mark.django_db
def test_a_paper_without_its_file_opens_no_gate(county: County) -> None:
    project, by = project_at(county.xianxi), county.users["county_administrator"]
    hand_in(project, Stage.IMPLEMENTATION, by)
    taken = Attachment.objects.filter(model="planning.projectpaper").earliest("pk")
    take_off(taken, by=by)
    with pytest.raises(ValidationError, match="申请"):
        advance(project, by=by)
    paper = ProjectPaper.objects.get(pk=taken.object_id)
    attach(
        by=by,
        model="planning.projectpaper",
        object_id=paper.pk,
        upload=SimpleUploadedFile("a.pdf", b"%PDF-1.7 x"),
    )
    assert advance(project, by=by) is Stage.IMPLEMENTATION


@pytest.mark.django_db
def test_the_database_lets_no_project_on_that_promises_nothing_or_received_nothing(county: County) -> None:
    project = project_at(county.xianxi)
    with pytest.raises(IntegrityError, match="promises nothing"), transaction.atomic():
        Project.objects.filter(pk=project.pk).update(stage="implementation")
    Promise.objects.create(project=project, kind="computer", measure="used_days", figure=80)
    Project.objects.filter(pk=project.pk).update(stage="implementation")
    with pytest.raises(IntegrityError, match="nothing came"), transaction.atomic():
        Project.objects.filter(pk=project.pk).update(stage="in_use")
    receipt_at(county.xianxi)
    assert Receipt.objects.filter(project=project).exists()
    Project.objects.filter(pk=project.pk).update(stage="in_use")


@pytest.mark.django_db
def test_what_was_promised_stays_once_the_project_is_approved(county: County) -> None:
    project = project_at(county.xianxi)
    promise = Promise.objects.create(project=project, kind="computer", measure="used_days", figure=80)
    Project.objects.filter(pk=project.pk).update(stage="implementation")
    promise.refresh_from_db()
    with pytest.raises(ValidationError):
        promise.full_clean()
    for change in (
        lambda: Promise.objects.filter(pk=promise.pk).update(figure=10),
        lambda: promise.delete(),
        lambda: Promise.objects.create(project=project, kind="printer", measure="pages", figure=10),
    ):
        with pytest.raises(IntegrityError, match="promises stay"), transaction.atomic():
            change()


@pytest.mark.django_db
@pytest.mark.parametrize(("measure", "figure"), [("used_days", 101), ("calls", 0), ("calls", 100_001)])
def test_what_cannot_be_is_not_promised(county: County, measure: str, figure: int) -> None:
    promise = Promise(project=project_at(county.xianxi), kind="computer", measure=measure, figure=figure)
    with pytest.raises(ValidationError):
        promise.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        promise.save()


@pytest.mark.django_db
def test_the_files_of_a_paper_lie_on_the_projects_page_for_those_who_see_it(
    county: County, visit: Visit
) -> None:
    project, by = project_at(county.xianxi), county.users["it_staff"]
    hand_in(project, Stage.IMPLEMENTATION, by)
    file = Attachment.objects.filter(model="planning.projectpaper").earliest("pk")
    page = text_of(visit("leadership", f"/planning/projects/{project.pk}/"))
    assert f'href="/files/{file.pk}/"' in page
    assert file.file.sha256 in page
    assert b"".join(visit("leadership", f"/files/{file.pk}/")).startswith(b"%PDF-1.7")
    elsewhere = project_at(county.foreign)
    hand_in(elsewhere, Stage.IMPLEMENTATION, by)
    theirs = Attachment.objects.filter(model="planning.projectpaper").latest("pk")
    for who, which in (("leadership", theirs), ("township_officer", file), ("city_reader", file)):
        assert visit(who, f"/files/{which.pk}/").status_code == 404
