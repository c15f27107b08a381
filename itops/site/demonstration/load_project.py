"""One project of the invented county: approved, bought, in use since three months, with its papers and promises."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile

from inventory.marks.kind import Condition
from inventory.models import Asset
from itops.database.actor import because
from itops.files.actions import attach
from itops.organisation.models import Level, Place, User
from itops.site.demonstration.words import SAYS_IT_IS_INVENTED
from planning.actions.projects import PAPERS, advance
from planning.models import FundingSource, LedgerLine, Project, ProjectPaper, Promise, Receipt, Received
from planning.projects.stages import ASKED, Stage

SINCE = timedelta(days=95)
PIECES, PRICE = 12, 4_500_00
REPLACED = "乡镇办公电脑更新前的旧电脑（演示）"
REPLACED_AGE = timedelta(days=9 * 365)
PROMISED = (("used_days", 70), ("reachable", 90))


def load_project(county: Place, today: date) -> None:
    """The newest computers of one model came by it."""
    came = today - SINCE
    if came.year != today.year:
        return  # its money is of this year
    assets = _newest()
    project = Project.objects.create(
        name="乡镇办公电脑更新（演示）", number=f"安民项〔{today.year}〕1号", place=county,
        promised="更新后工作日使用率不低于 70%，在线率不低于 90%。",
    )  # fmt: skip
    for measure, figure in PROMISED:
        Promise.objects.create(project=project, kind="computer", measure=measure, figure=figure)
    by = User.objects.get(username="demo-admin")
    _papers(project, Stage.IMPLEMENTATION, came - timedelta(days=60), by)
    ordered = _money(project, len(assets), came)
    advance(project, by=by)
    _came(project, ordered, assets, came)
    _replaced(assets, came)
    _papers(project, Stage.IN_USE, came, by)
    advance(project, by=by)


def write_off_replaced() -> None:
    """What the project replaced stays on the books until it is written off, in a transaction of its own."""
    with because("更新后报废（演示）"):
        Asset.objects.filter(name=REPLACED, condition=Condition.IN_USE.value).update(
            condition=Condition.RETIRED.value
        )


def _replaced(assets: Sequence[Asset], came: date) -> None:
    """One old computer for each new one."""
    bought = came - REPLACED_AGE
    Asset.objects.bulk_create(
        Asset(
            tag=f"{one.tag}-0", kind=one.kind, name=REPLACED, place=one.place, office=one.office,
            network=one.network, bought_on=bought, in_service_on=bought, minimum_years=6,
            cost_fen=PRICE, note=SAYS_IT_IS_INVENTED,
        )
        for one in assets
    )  # fmt: skip


def _newest() -> list[Asset]:
    """As many computers of one model as came, the newest first."""
    there = Asset.objects.filter(kind="computer", device_model__isnull=False, place__level=Level.TOWNSHIP)
    model = Counter(there.values_list("device_model", flat=True)).most_common(1)[0][0]
    return list(there.filter(device_model=model).order_by("-bought_on", "tag")[:PIECES])


def _papers(project: Project, stage: Stage, day: date, by: User) -> None:
    for number, paper in enumerate(ASKED[stage], start=1):
        made = ProjectPaper.objects.create(
            project=project,
            paper=paper.value,
            document=f"{project.number}-{stage.value[:2]}{number}",
            day=day,
        )
        said = f"{made.get_paper_display()}\n{project}\n虚构，仅供演示".encode()
        upload = SimpleUploadedFile(f"{made.get_paper_display()}.txt", said)
        attach(by=by, model=PAPERS, object_id=made.pk, upload=upload)


def _money(project: Project, pieces: int, came: date) -> LedgerLine:
    """All of it from the townships' own money; the commitment is what things come against."""
    source = FundingSource.objects.filter(match_bp=0, matches=None).earliest("pk")
    days = {"allocation": 55, "commitment": 30, "invoice": 0, "payment": -10}
    lines = [
        LedgerLine.objects.create(
            project=project, source=source, category="computer", entry=entry, fen=pieces * PRICE,
            day=came - timedelta(days=before), document=f"{project.number}-{entry[:2].upper()}",
        )
        for entry, before in days.items()
    ]  # fmt: skip
    return lines[1]


def _came(project: Project, ordered: LedgerLine, assets: Sequence[Asset], day: date) -> None:
    model = assets[0].device_model
    assert model is not None
    keys = [one.pk for one in assets]
    Asset.objects.filter(pk__in=keys).update(bought_on=day, in_service_on=day, cost_fen=PRICE)
    for place in dict.fromkeys(one.place for one in assets):
        receipt = Receipt.objects.create(
            project=project, line=ordered, device_model=model, place=place, day=day,
            price_fen=PRICE, document=f"{project.number}-YS",
        )  # fmt: skip
        Received.objects.bulk_create(
            Received(receipt=receipt, asset=one) for one in assets if one.place == place
        )
