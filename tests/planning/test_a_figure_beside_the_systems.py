"""A frozen monthly figure can be one side of a disagreement between systems."""

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from inventory.models import BusinessSystem, SystemFigure
from inventory.queries.mismatches import mismatches
from itops.organisation.models import Office
from planning.actions.beside_systems import STATISTICS, set_beside
from planning.actions.statistics import count, ensure_indicators
from planning.models import MonthlyFigure
from planning.statistics.months import month_of
from tests.support.county import County
from tests.support.pages import Visit, text_of

pytestmark = pytest.mark.django_db
WHO = "county_administrator"


@pytest.fixture
def figure(county: County) -> MonthlyFigure:
    """Computers for staff in 仙溪 last month, confirmed."""
    ensure_indicators(by="tests")
    month = month_of(timezone.localdate()).before
    count(month, by="tests")
    found = MonthlyFigure.objects.get(indicator__code="SB01", place=county.xianxi, month=month.first)
    office = Office.objects.get(place=county.xianxi)
    MonthlyFigure.objects.filter(pk=found.pk).update(
        office=office, confirmed_at=timezone.now(), confirmed_by=county.users[WHO]
    )
    found.refresh_from_db()
    return found


def another_says(beside: SystemFigure, value: Decimal) -> SystemFigure:
    other = BusinessSystem.objects.create(name="社会服务统计系统")
    return SystemFigure.objects.create(
        definition=beside.definition, system=other, office=beside.office,
        starts=beside.starts, ends=beside.ends, value=value,
    )  # fmt: skip


def test_it_has_the_period_unit_definition_and_office_of_the_figure(
    county: County, figure: MonthlyFigure
) -> None:
    made = set_beside(figure, by=county.users[WHO])
    assert (made.starts, made.ends) == (figure.of_month.first, figure.of_month.last)
    assert (made.definition.name, made.office.place) == (figure.indicator.name, county.xianxi)
    assert (made.value, made.system.name) == (figure.value, STATISTICS)
    assert set_beside(figure, by=county.users[WHO]).pk == made.pk


@pytest.mark.parametrize(("more", "differing"), [(Decimal(0), 0), (Decimal("1.5"), 1)])
def test_what_another_system_says_otherwise_is_listed(
    county: County, figure: MonthlyFigure, more: Decimal, differing: int
) -> None:
    made = set_beside(figure, by=county.users[WHO])
    another_says(made, made.value + more)
    assert len(mismatches(county.users[WHO])) == differing


def test_what_is_not_confirmed_is_not_compared(county: County, figure: MonthlyFigure) -> None:
    month = month_of(timezone.localdate())
    count(month, by="tests")
    running = MonthlyFigure.objects.get(indicator__code="SB01", place=county.xianxi, month=month.first)
    with pytest.raises(ValidationError):
        set_beside(running, by=county.users[WHO])
    assert not SystemFigure.objects.exists()


def test_who_may_not_record_figures_may_not_compare(county: County, figure: MonthlyFigure) -> None:
    with pytest.raises(PermissionDenied):
        set_beside(figure, by=county.users["leadership"])


def test_on_its_page_it_is_set_beside_them(county: County, figure: MonthlyFigure, visit: Visit) -> None:
    page = f"/planning/statistics/SB01/{county.xianxi.pk}/{figure.of_month}/"
    assert "Compare with the systems’ figures" in text_of(visit(WHO, page, language="en"))
    assert visit(WHO, f"{page}compare/", data={}).status_code == 302
    assert SystemFigure.objects.get().value == figure.value
    assert "Compare with the systems’ figures" not in text_of(visit("leadership", page, language="en"))
