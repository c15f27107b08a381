"""Figures that differ are listed until explained; only like is compared with like."""

import csv
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from io import StringIO
from itertools import combinations

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase as HypothesisCase

from inventory.actions.mismatches import explain
from inventory.models import BusinessSystem, MismatchExplanation, StatisticalDefinition, SystemFigure
from inventory.queries.mismatches import mismatches
from itops.organisation.models import Office, User
from tests.support.county import County
from tests.support.pages import Visit, text_of

pytestmark = pytest.mark.django_db
MARCH = (date(2026, 3, 1), date(2026, 3, 31))
Figure = Callable[..., SystemFigure]


@pytest.fixture
def admin(county: County) -> User:
    return county.users["county_administrator"]


@pytest.fixture
def figure(county: County) -> Figure:
    """`figure("低保", 412)`: of Xianxi's office in March, unless said otherwise."""

    def of(
        system: str,
        value: str | int,
        *,
        unit: str = "人",
        place: str = "xianxi",
        period: tuple[date, date] = MARCH,
    ) -> SystemFigure:
        definition = StatisticalDefinition.objects.get_or_create(
            name="低保对象", unit=unit, defaults={"definition": "期末在册"}
        )[0]
        return SystemFigure.objects.create(
            definition=definition,
            system=BusinessSystem.objects.get_or_create(name=system)[0],
            office=Office.objects.get(place=getattr(county, place)),
            starts=period[0],
            ends=period[1],
            value=Decimal(value),
        )

    return of


def test_two_systems_that_differ_are_listed(figure: Figure, admin: User) -> None:
    one, other = figure("低保", 412), figure("统计", 409)
    [found] = mismatches(admin)
    assert (found.one, found.other, found.difference) == (one.pk, other.pk, Decimal(-3))
    assert not found.explained


@pytest.mark.parametrize(
    "other",
    [
        {"value": 412},
        {"value": 4, "unit": "百人"},
        {"value": 409, "place": "yanxi"},
        {"value": 409, "period": (date(2026, 2, 1), date(2026, 2, 28))},
        {"value": 409, "period": (date(2026, 1, 1), date(2026, 3, 31))},
    ],
)
def test_only_like_is_compared(figure: Figure, admin: User, other: dict[str, object]) -> None:
    figure("低保", 412)
    figure("统计", **other)
    assert mismatches(admin) == []


def test_it_is_explained_once_and_kept(figure: Figure, admin: User) -> None:
    one, other = figure("低保", 412), figure("统计", 409)
    explain([other.pk, one.pk], seen=[one.value, other.value], reason=" 截数日不同 ", by=admin)
    [found] = mismatches(admin)
    assert (found.explained, found.reason, found.author) == (True, "截数日不同", str(admin))
    with pytest.raises(IntegrityError, match="explanation"), transaction.atomic():
        MismatchExplanation.objects.update(reason="另一个原因")
    with pytest.raises(IntegrityError, match="explanation"), transaction.atomic():
        MismatchExplanation.objects.all().delete()


def test_a_corrected_value_is_compared_anew(figure: Figure, admin: User) -> None:
    one, other = figure("低保", 412), figure("统计", 409)
    explain([one.pk, other.pk], seen=[one.value, other.value], reason="截数日不同", by=admin)
    SystemFigure.objects.filter(pk=other.pk).update(value=400)
    assert [found.explained for found in mismatches(admin)] == [False]
    assert MismatchExplanation.objects.count() == 1
    SystemFigure.objects.filter(pk=other.pk).update(value=412)
    assert mismatches(admin) == []


@pytest.mark.parametrize(
    ("reason", "seen", "code"),
    [("  ", (412, 409), "reason"), ("长" * 301, (412, 409), "reason"), ("截数", (412, 410), "changed")],
)
def test_what_explains_nothing_is_refused(
    figure: Figure, admin: User, reason: str, seen: tuple[int, int], code: str
) -> None:
    keys = [figure("低保", 412).pk, figure("统计", 409).pk]
    with pytest.raises(ValidationError) as refused:
        explain(keys, seen=[Decimal(value) for value in seen], reason=reason, by=admin)
    assert refused.value.code == code


def test_figures_that_agree_are_not_explained(figure: Figure, admin: User) -> None:
    keys = [figure("低保", 412).pk, figure("统计", 412).pk]
    with pytest.raises(ValidationError, match=r"并不矛盾|do not contradict"):
        explain(keys, seen=[Decimal(412), Decimal(412)], reason="相同", by=admin)


def test_who_only_looks_does_not_explain(figure: Figure, county: County) -> None:
    one, other = figure("低保", 412), figure("统计", 409)
    with pytest.raises(PermissionDenied):
        explain(
            [one.pk, other.pk], seen=[one.value, other.value], reason="截数", by=county.users["city_reader"]
        )


def test_a_township_sees_its_own(figure: Figure, county: County) -> None:
    for place in ("xianxi", "yanxi"):
        figure("低保", 412, place=place)
        figure("统计", 409, place=place)
    [found] = mismatches(county.users["township_officer"])
    assert Office.objects.get(pk=found.office).place == county.xianxi


def test_the_page_lists_and_explains(figure: Figure, visit: Visit, county: County) -> None:
    one, other = figure("低保", 412), figure("统计", 409)
    page = text_of(visit("statistician", "/data-mismatches/"))
    assert "有 <b>1 组数据</b>不一致" in page
    data = {
        "one": str(one.pk),
        "other": str(other.pk),
        "one_value": "412.00",
        "other_value": "409.00",
        "reason": "截数日不同",
    }
    assert visit("statistician", "/data-mismatches/explain/", data=data).status_code == 302
    page = text_of(visit("leadership", "/data-mismatches/"))
    assert "截数日不同" in page
    assert "没有未说明原因的数据不一致" in page
    assert "截数日不同" in text_of(visit("leadership", f"/system-figures/{one.pk}/"))
    assert visit("statistician", "/data-mismatches/explain/", data=data | {"one": "x"}).status_code == 404


def test_the_list_leaves_as_it_is_shown(figure: Figure, visit: Visit) -> None:
    figure("低保", 412)
    figure("统计", 409)
    answer = visit("leadership", "/data-mismatches/export.csv")
    head, row = list(csv.reader(StringIO(b"".join(answer).decode("utf-8-sig"))))
    assert len(head) == len(row)
    assert row[4:11] == ["2026-03-01", "2026-03-31", "低保", "412.00", "统计", "409.00", "-3.00"]
    assert visit("nobody", "/data-mismatches/export.csv").status_code == 403


def test_questions_do_not_grow_with_mismatches(figure: Figure, visit: Visit) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            visit("statistician", "/data-mismatches/")
        return len(queries)

    figure("低保", 412)
    figure("统计", 409)
    asked()  # what is asked once in the life of the process
    few = asked()
    for value in range(500, 510):
        figure(f"系统{value}", value)
    assert asked() == few


class TestAgainstAnotherWay(HypothesisCase):
    """The statement's pairs are those that looking at every two figures finds."""

    @given(
        st.lists(
            st.tuples(st.integers(0, 3), st.integers(0, 1), st.integers(0, 1), st.integers(0, 2)),
            max_size=12,
            unique_by=lambda row: row[:3],
        )
    )
    def test_every_pair_is_found(self, rows: list[tuple[int, int, int, int]]) -> None:
        admin = User.objects.get(username="county_administrator")
        office = Office.objects.filter(place__path__under=admin.grants.get().place.path).earliest("pk")
        made = [
            SystemFigure.objects.create(
                definition=StatisticalDefinition.objects.get_or_create(
                    name=f"口径{definition}", unit="人", defaults={"definition": "在册"}
                )[0],
                system=BusinessSystem.objects.get_or_create(name=f"系统{system}")[0],
                office=office,
                starts=date(2026, month + 1, 1),
                ends=date(2026, month + 1, 28),
                value=value,
            )
            for system, definition, month, value in rows
        ]
        wanted = {
            (one.pk, other.pk)
            for one, other in combinations(made, 2)
            if (one.definition_id, one.starts) == (other.definition_id, other.starts)
            and one.value != other.value
        }
        assert {(found.one, found.other) for found in mismatches(admin)} == wanted
