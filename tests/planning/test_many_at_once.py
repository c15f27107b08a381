"""Several at once: a source is not allocated twice, a plan is published once, the others are told."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date

from django.core.exceptions import ValidationError
from django.db import IntegrityError, connections
from django.db.models import Sum
from django.utils import timezone

from itops.organisation.actions.accounts import ensure_roles, grant
from itops.organisation.models import Level, Office, Person, Place, User, WorkCalendar
from planning.actions.scenarios import publish
from planning.actions.statistics import confirm, ensure_indicators
from planning.models import (
    FundingSource,
    Indicator,
    IndicatorDefinition,
    LedgerLine,
    MonthlyFigure,
    Plan,
    PlanLine,
    Project,
    Scenario,
)
from planning.statistics.months import Month
from tests.own_database import OwnDatabase

AT_ONCE = 8
NOTHING = "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"  # SHA-256 of {}


def together(do: Callable[[int], object]) -> list[object]:
    begin = threading.Barrier(AT_ONCE)

    def one(number: int) -> object:
        begin.wait()
        try:
            return do(number)
        except (IntegrityError, ValidationError) as refused:
            return refused
        finally:
            connections["default"].close()

    with ThreadPoolExecutor(AT_ONCE) as workers:
        return list(workers.map(one, range(AT_ONCE)))


def test_a_source_is_not_allocated_twice(committing: OwnDatabase) -> None:
    place = Place.objects.create(name="安化县", level=Level.COUNTY, code="430923", path="p1")
    source = FundingSource.objects.create(
        name="专项", type="special", document="一", year=2026, limit_fen=300
    )
    projects = [Project.objects.create(name="更新", number=str(one), place=place) for one in range(AT_ONCE)]

    def allocate(number: int) -> LedgerLine:
        return LedgerLine.objects.create(
            project=projects[number], source=source, category="computer", entry="allocation",
            day=date(2026, 3, 2), fen=100, document="拨款单",
        )  # fmt: skip

    answers = together(allocate)
    assert sum(isinstance(one, IntegrityError) for one in answers) == AT_ONCE - 3
    assert LedgerLine.objects.aggregate(fen=Sum("fen"))["fen"] == 300


def test_of_all_who_publish_one_does(committing: OwnDatabase) -> None:
    user = User.objects.create(username="leader")
    scenario = Scenario.objects.create(name="方案", first_year=2026)
    plans = [
        Plan.objects.create(
            scenario=scenario, made_at=timezone.now(), made_by="tests", fingerprint=NOTHING, inputs="{}",
            budget_fen=0, cost_fen=0, saved_fen=0, worth=0, bound=0, everything=0, gap_ppm=0,
        )
        for _ in range(AT_ONCE)
    ]  # fmt: skip
    answers = together(lambda number: publish(plans[number], by=user))
    assert sum(isinstance(one, Plan) for one in answers) == 1
    assert {one.code for one in answers if isinstance(one, ValidationError)} == {"published"}
    assert Plan.objects.filter(published_at__isnull=False).count() == 1


def test_of_all_plans_that_count_on_the_same_money_one_is_published(committing: OwnDatabase) -> None:
    user = User.objects.create(username="leader")
    source = FundingSource.objects.create(
        name="项目资金", type="project", document="一号", year=2026, limit_fen=150
    )
    place = Place.objects.create(name="仙溪镇", code="430923103", level=Level.TOWNSHIP)
    plans = []
    for number in range(AT_ONCE):
        scenario = Scenario.objects.create(name=f"方案{number}", first_year=2026)
        scenario.sources.add(source)
        plan = Plan.objects.create(
            scenario=scenario, made_at=timezone.now(), made_by="tests", fingerprint=NOTHING, inputs="{}",
            budget_fen=150, cost_fen=100, saved_fen=0, worth=1, bound=1, everything=1, gap_ppm=0,
        )  # fmt: skip
        PlanLine.objects.create(
            plan=plan, need="short:1:computer:0", place=place, kind="computer", chosen=True, way="buy",
            year=2026, fen=100, worth=1, code="worth", paid_by=[[source.pk, 100]],
        )  # fmt: skip
        plans.append(plan)
    answers = together(lambda number: publish(plans[number], by=user))
    assert sum(isinstance(one, Plan) for one in answers) == 1
    assert {one.code for one in answers if isinstance(one, ValidationError)} == {"short"}
    assert Plan.objects.filter(published_at__isnull=False).count() == 1


def test_of_all_who_confirm_a_month_one_does(committing: OwnDatabase) -> None:
    county = Place.objects.create(name="安化县", level=Level.COUNTY, code="430923", path="p1")
    calendar = WorkCalendar.objects.create(name="机关作息")
    office = Office.objects.create(place=county, name="信息中心", calendar=calendar)
    person = Person.objects.create(office=office, name="统计员", pinyin="tongjiyuan")
    user = User.objects.create(username="section", person=person)
    grant(by="tests", user=user, role=ensure_roles(by="tests")["business_section"], place=county)
    ensure_indicators(by="tests")
    Indicator.objects.update(office=office)
    definition = IndicatorDefinition.objects.get(indicator__code="SB01")
    month = Month(2026, 3)
    figure = MonthlyFigure.objects.create(
        indicator=definition.indicator, definition=definition, month=month.first, place=county,
        county=county, part=9, whole=10, townships=1, as_of=month.last, office=office,
    )  # fmt: skip

    def one(number: int) -> int:
        return confirm(month, county, [definition.indicator], by=User.objects.get(pk=user.pk))

    answers = together(one)
    assert [answer for answer in answers if answer == 1] == [1]
    told = [answer for answer in answers if isinstance(answer, ValidationError)]
    assert len(told) == AT_ONCE - 1
    assert all("统计员" in answer.messages[0] for answer in told)
    figure.refresh_from_db()
    assert figure.confirmed_by == user
