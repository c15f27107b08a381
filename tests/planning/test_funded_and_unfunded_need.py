"""The plan that was published last says what is funded and what is not; without one nothing is said."""

from datetime import timedelta

import pytest
from django.utils import timezone

from inventory.counts import KEEP_DAY
from inventory.marks.kind import Kind
from itops.database.statements import run
from itops.organisation.models import Place
from planning.models import Plan, PlanLine, Scenario
from tests.support.county import County
from tests.support.pages import Visit, text_of

pytestmark = pytest.mark.django_db
PAGE = "/planning/leadership/"


def line(plan: Plan, place: Place, fen: int, *, chosen: bool) -> PlanLine:
    return PlanLine.objects.create(
        plan=plan,
        need=f"short:{place.pk}:{fen}",
        place=place,
        kind=Kind.COMPUTER.value,
        chosen=chosen,
        way="buy",
        year=2027 if chosen else None,
        fen=fen,
        worth=1,
        code="chosen" if chosen else "budget",
    )


def plan(county: County, *, published: bool) -> Plan:
    made = Plan.objects.create(
        scenario=Scenario.objects.create(name=f"2027 {published}", first_year=2027),
        made_at=timezone.now(),
        made_by="tests",
        fingerprint="f" * 64,
        inputs="{}",
        budget_fen=1,
        cost_fen=1,
        saved_fen=0,
        worth=1,
        bound=1,
        everything=2,
        gap_ppm=0,
    )
    line(made, county.xianxi, 300_000, chosen=True)
    line(made, county.xianxi, 520_000, chosen=False)
    line(made, county.yanxi, 1_180_000, chosen=False)
    if published:
        Plan.objects.filter(pk=made.pk).update(
            published_at=timezone.now(), published_by=county.users["county_administrator"]
        )
    return made


def page(visit: Visit, who: str, **given: object) -> str:
    query = "&".join(f"{name}={value}" for name, value in given.items())
    return text_of(visit(who, f"{PAGE}?{query}", language="en"))


def test_what_is_left_open_is_added_up(county: County, visit: Visit) -> None:
    left = sum(
        PlanLine.objects.filter(plan=plan(county, published=True), chosen=False).values_list("fen", flat=True)
    )
    said = page(visit, "leadership")
    assert left == 1_700_000
    assert "¥17,000" in said
    assert "2 needs left open" in said
    assert "funded: ¥3,000 for 1, by “2027 True”" in said


def test_an_officer_sees_what_concerns_the_own_township(county: County, visit: Visit) -> None:
    plan(county, published=True)
    said = page(visit, "township_officer")
    assert ("1 need left open" in said) == bool(
        county.users["township_officer"].held.get("planning.view_plan")
    )
    assert "¥17,000" not in said


@pytest.mark.parametrize("published", [False, None])
def test_without_a_published_plan_nothing_is_said(
    county: County, visit: Visit, published: bool | None
) -> None:
    if published is not None:
        plan(county, published=published)
    assert "Need not funded" not in page(visit, "leadership")


def test_of_a_day_before_it_was_published_nothing_is_said(county: County, visit: Visit) -> None:
    plan(county, published=True)
    yesterday = timezone.localdate() - timedelta(days=1)
    run(KEEP_DAY, {"day": yesterday})
    said = page(visit, "leadership", date=yesterday)
    assert "The standard asks for" in said
    assert "Need not funded" not in said
