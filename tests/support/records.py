"""A record of each resource for tests that visit all of them."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import timezone
from psycopg.types.range import TimestamptzRange

from inventory.models import (
    Asset,
    AssetClass,
    DeviceModel,
    Manufacturer,
    Network,
    Request,
    StandardOverride,
    Waiver,
)
from itops.crud.resource import Resource
from itops.extras.models import CustomField, Tag
from itops.organisation.models import Office, Person, Place, User, WorkCalendar
from planning.models import (
    FundingSource,
    Indicator,
    IndicatorDefinition,
    LedgerLine,
    MonthlyFigure,
    PermittedCategory,
    Project,
    ProjectPaper,
    Promise,
    Receipt,
    RemedyTerms,
    ReportedFigure,
)
from tests.support.county import County
from tests.support.systems import OF_SYSTEMS, SYSTEMS_AT
from workforce.models import (
    Assignment,
    Attempt,
    Attendance,
    Certificate,
    Course,
    Enrolment,
    FormerRank,
    HeldSkill,
    Paper,
    Post,
    PostSkill,
    Responsibility,
    Skill,
    TargetIndicator,
    TrainingPlan,
    TrainingSession,
)


def example(resource: Resource, county: County) -> Any:
    """One that the county's administrator may see; made where the small county has none."""
    found = resource.model._default_manager.order_by("pk").first()
    if found is None and resource.name in AT_WORK:
        return AT_WORK[resource.name](county.xianxi)
    if found is None and resource.model is StandardOverride:
        return exception_at(county.xianxi)
    return found or MADE[resource.name]()


def request_at(place: Place) -> Request:
    return Request.objects.create(
        place=place, sort="fault", kind="printer", text="打印机卡纸", sent_by="王海涛"
    )


def waiver_at(place: Place) -> Waiver:
    return Waiver.objects.create(
        asset=Asset.objects.filter(place=place).earliest("pk"),
        mark="outdated",
        reason="等待上级统一更换",
        author="王海涛",
        starts=date(2026, 11, 1),
        until=date(2027, 3, 1),
    )


def somebody_at(place: Place) -> Person:
    """The first person of an office there; made where there is none."""
    office = Office.objects.filter(place=place).first() or Office.objects.create(
        place=place, name="综合办公室", calendar=WorkCalendar.objects.earliest("pk")
    )
    found = Person.objects.filter(office=office).first()
    return found or Person.objects.create(office=office, name="外人", pinyin="wairen")


def post_at(place: Place) -> Post:
    return Post.objects.get_or_create(office=somebody_at(place).office, name="信息员")[0]


def requirement_at(place: Place) -> PostSkill:
    return PostSkill.objects.create(post=post_at(place), skill=Skill.objects.earliest("pk"), level=3)


def assignment_at(place: Place) -> Assignment:
    return Assignment.objects.create(
        post=post_at(place), person=somebody_at(place), share=20, starts=date(2026, 1, 1)
    )


def responsibility_at(place: Place) -> Responsibility:
    person = somebody_at(place)
    return Responsibility.objects.create(
        office=person.office, duty="deputy", person=person, starts=date(2026, 1, 1)
    )


def held_at(place: Place) -> HeldSkill:
    return HeldSkill.objects.create(
        person=somebody_at(place),
        skill=Skill.objects.earliest("pk"),
        level=3,
        since=date(2026, 3, 1),
        evidence="at_work",
    )


def rank_at(place: Place) -> FormerRank:
    return FormerRank.objects.create(person=somebody_at(place), until=date(2026, 3, 1), rank="四级主任科员")


def session_at(place: Place) -> TrainingSession:
    course = Course.objects.get_or_create(name="视频会议室操作")[0]
    return TrainingSession.objects.create(course=course, place=place, day=date(2026, 3, 2), hours=4)


def enrolment_at(place: Place) -> Enrolment:
    return Enrolment.objects.create(session=session_at(place), person=somebody_at(place))


def hours_at(place: Place) -> Attendance:
    session = session_at(place)
    return Attendance.objects.create(
        session=session,
        person=somebody_at(place),
        during=TimestamptzRange(session.begin, session.end),
        day=session.day,
        hours=4,
        category="professional",
        entry=900_001,
        **_recorded(),
    )


def attempt_at(place: Place) -> Attempt:
    recorded = _recorded()
    return Attempt.objects.create(
        paper=MADE["paper"](),
        person=somebody_at(place),
        number=1,
        day=date(2026, 3, 2),
        score=80,
        pass_mark=60,
        assessor=recorded["recorded_by"],
        recorded_at=recorded["recorded_at"],
        entry=900_002,
    )


def certificate_at(place: Place) -> Certificate:
    return Certificate.objects.create(
        person=somebody_at(place),
        name="网络工程师",
        number="A-1",
        issuer="人社厅",
        issued_on=date(2026, 3, 2),
        entry=900_003,
        **_recorded(),
    )


def _recorded() -> dict[str, Any]:
    return {"recorded_at": timezone.now(), "recorded_by": User.objects.earliest("pk")}


def plan_at(place: Place) -> TrainingPlan:
    return TrainingPlan.objects.create(place=place, year=2026, name="2026 年培训计划")


def project_at(place: Place) -> Project:
    number = f"安民〔2026〕{place.pk}号"
    return Project.objects.get_or_create(number=number, defaults={"name": "乡镇电脑更新", "place": place})[0]


def paper_at(place: Place) -> ProjectPaper:
    return ProjectPaper.objects.create(
        project=project_at(place), paper="application", document="申请书", day=date(2026, 3, 2)
    )


def funding_source() -> FundingSource:
    return FundingSource.objects.get_or_create(
        name="上级专项资金",
        document="湘财预〔2026〕12号",
        year=2026,
        defaults={"type": "special", "limit_fen": 2_200_000_00},
    )[0]


def line_at(place: Place) -> LedgerLine:
    return LedgerLine.objects.create(
        project=project_at(place),
        source=funding_source(),
        category="computer",
        entry="allocation",
        day=date(2026, 3, 2),
        fen=1_000_00,
        document="拨款单",
    )


def indicator() -> Indicator:
    return Indicator.objects.get_or_create(code="SB01", defaults={"name": "计算机配备率"})[0]


def reported_at(place: Place) -> ReportedFigure:
    return ReportedFigure.objects.create(
        indicator=indicator(), month=date(2026, 3, 1), place=place, value=Decimal(90)
    )


def receipt_at(place: Place) -> Receipt:
    allocated = line_at(place)
    ordered = LedgerLine.objects.create(
        project=allocated.project,
        source=allocated.source,
        category="computer",
        entry="commitment",
        day=allocated.day,
        fen=allocated.fen,
        document="合同",
    )
    maker = Manufacturer.objects.get_or_create(name="联想集团")[0]
    model = DeviceModel.objects.get_or_create(manufacturer=maker, name="启天", defaults={"kind": "computer"})[
        0
    ]
    return Receipt.objects.create(
        project=ordered.project,
        line=ordered,
        device_model=model,
        place=place,
        day=ordered.day,
        price_fen=500_00,
        document="验收单",
    )


def promise_at(place: Place) -> Promise:
    return Promise.objects.create(project=project_at(place), kind="computer", measure="used_days", figure=80)


def monthly_at(place: Place) -> MonthlyFigure:
    definition = IndicatorDefinition.objects.get_or_create(
        indicator=indicator(),
        starts=date(2026, 1, 1),
        defaults={"rule": "computers_provided", "text": "台数之比"},
    )[0]
    return MonthlyFigure.objects.create(
        indicator=definition.indicator,
        definition=definition,
        month=date(2026, 3, 1),
        place=place,
        county=place.parent or place,
        part=9,
        whole=10,
        townships=1,
        as_of=date(2026, 3, 31),
    )


AT_WORK: dict[str, Callable[[Place], Any]] = {
    "request": request_at,
    "waiver": waiver_at,
    "trainingsession": session_at,
    "enrolment": enrolment_at,
    "trainingplan": plan_at,
    "post": post_at,
    "postskill": requirement_at,
    "assignment": assignment_at,
    "responsibility": responsibility_at,
    "heldskill": held_at,
    "formerrank": rank_at,
    "attendance": hours_at,
    "attempt": attempt_at,
    "certificate": certificate_at,
    "project": project_at,
    "projectpaper": paper_at,
    "ledgerline": line_at,
    "reportedfigure": reported_at,
    "monthlyfigure": monthly_at,
    "receipt": receipt_at,
    "promise": promise_at,
    **SYSTEMS_AT,
}


def exception_at(place: Place) -> StandardOverride:
    return StandardOverride.objects.create(
        place=place, kind="printer", quantity=2, reason="两处办公", starts=date(2026, 1, 1)
    )


def _manufacturer() -> Manufacturer:
    return Manufacturer.objects.get_or_create(name="联想", slug="lenovo")[0]


def _device_model() -> DeviceModel:
    return DeviceModel.objects.create(manufacturer=_manufacturer(), name="M720", kind="computer")


MADE: dict[str, Callable[[], Any]] = {
    "paper": lambda: Paper.objects.create(name="视频会议室实操"),
    "targetindicator": lambda: TargetIndicator.objects.create(year=2026, name="设备使用率", weight=40),
    "course": lambda: Course.objects.create(name="公示栏发布"),
    "manufacturer": _manufacturer,
    "devicemodel": _device_model,
    "assetclass": lambda: AssetClass.objects.create(code="A02010105", edition="2022", name="台式计算机"),
    "tag": lambda: Tag.objects.create(name="待更新", slug="renew"),
    "customfield": lambda: CustomField.objects.create(
        model="inventory.asset", key="batch", label_zh="批次", type="text"
    ),
    "fundingsource": funding_source,
    "permittedcategory": lambda: PermittedCategory.objects.create(
        source=funding_source(), category="computer"
    ),
    "remedyterms": lambda: RemedyTerms.objects.create(kind="computer", price_fen=4_800_00),
    "indicator": indicator,
    "indicatordefinition": lambda: IndicatorDefinition.objects.create(
        indicator=indicator(), starts=date(2026, 1, 1), rule="computers_provided", text="在位台数比标准台数"
    ),
    **OF_SYSTEMS,
    "network": lambda: Network.objects.create(name="政务外网", kind="extranet"),
}
