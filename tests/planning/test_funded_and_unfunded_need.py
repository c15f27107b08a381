"""The plan that was published last says what is funded and what is not; without one nothing is funded."""

from datetime import timedelta

import pytest
from django.utils import timezone

from inventory.counts import KEEP_DAY
from inventory.marks.kind import Kind
from inventory.models import Mark, Standing
from itops.database.statements import run
from itops.organisation.models import Place
from planning.models import Plan, PlanLine, RemedyTerms
from tests.support.county import County
from tests.support.pages import Visit, text_of
from tests.support.plans import plan_of

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
    made = plan_of(f"2027 {published}")
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


def lacking(county: County, kind: Kind) -> int:
    """From the marks of shortfalls, one by one."""
    found = Mark.objects.filter(closed=None, asset=None, marking=True, waived=False, kind=kind.value)
    return sum(one.quantity for one in found.filter(place__in=[county.xianxi, county.yanxi]))


@pytest.mark.parametrize("published", [False, None])
def test_without_a_published_plan_all_of_the_need_has_no_money(
    county: County, visit: Visit, published: bool | None
) -> None:
    if published is not None:
        plan(county, published=published)
    terms, _made = RemedyTerms.objects.update_or_create(
        kind=Kind.NOTICE_BOARD.value, defaults={"price_fen": 650_000}
    )
    RemedyTerms.objects.exclude(pk=terms.pk).delete()
    Standing.objects.filter(asset__kind=Kind.NOTICE_BOARD.value).update(outdated="clear", unused="clear")
    number = lacking(county, Kind.NOTICE_BOARD)
    said = page(visit, "leadership")
    assert number
    assert f"<b>¥{number * 6_500:,}</b> of the need has no money yet." in said
    assert "funded: ¥0, no plan is published" in said
    assert f"cost ¥{number * 6_500:,}" in text_of(visit("leadership", "/planning/needs/", language="en"))


def test_who_may_not_see_needs_is_told_nothing_of_them(county: County, visit: Visit) -> None:
    said = page(visit, "it_staff")
    assert ("Need not funded" in said) == bool(county.users["it_staff"].held.get("planning.view_scenario"))


def test_of_a_day_before_it_was_published_nothing_is_said(county: County, visit: Visit) -> None:
    plan(county, published=True)
    yesterday = timezone.localdate() - timedelta(days=1)
    run(KEEP_DAY, {"day": yesterday})
    said = page(visit, "leadership", date=yesterday)
    assert "The standard asks for" in said
    assert "Need not funded" not in said
