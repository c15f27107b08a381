"""What a project promised is held against evidence 3, 6 and 12 months after its things came."""

from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from itertools import pairwise

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as some
from psycopg.types.range import TimestamptzRange

from inventory.actions.partitions import ensure_days
from inventory.marks.kind import Kind
from inventory.models import Asset, EvidenceDay
from planning.actions.measuring import measure_due
from planning.models import Promise, PromiseResult, Received
from planning.projects.promises import (
    STRETCHES,
    Measure,
    Measured,
    Outcome,
    PieceDay,
    due_on,
    measured,
    outcome,
    stretch,
    tenths,
)
from planning.queries.promises import promises_on
from tests.support.county import County, add, endpoint_of
from tests.support.pages import Visit, text_of
from tests.support.records import project_at, receipt_at

PAGE = "/planning/promised/"
CAME = date(2026, 3, 2)


@given(some.dates(date(2000, 1, 1), date(2090, 1, 1)))
def test_the_stretches_of_a_thing_follow_each_other_without_gap(came: date) -> None:
    spans = [stretch(came, months) for months in STRETCHES]
    assert spans[0][0] == came
    for before, after in pairwise(spans):
        assert after[0] == before[1] + timedelta(days=1)
    assert [last + timedelta(days=1) for _first, last in spans] == [due_on(came, one) for one in STRETCHES]


DAYS = some.lists(
    some.builds(
        PieceDay,
        open_minutes=some.sampled_from([0.0, 420.0]),
        observable_minutes=some.sampled_from([0.0, 60.0, 420.0]),
        seen_minutes=some.floats(0, 420),
        used_minutes=some.none() | some.sampled_from([0.0, 30.0]),
        users=some.none() | some.integers(0, 3),
        calls=some.none() | some.integers(0, 4),
        pages=some.none() | some.integers(0, 90),
    ),
    max_size=40,
)


@given(DAYS)
def test_days_of_use_are_counted_as_a_person_would(days: list[PieceDay]) -> None:
    office = [one for one in days if one.open_minutes and one.observable_minutes]
    known = [one for one in office if {one.used_minutes, one.users, one.calls, one.pages} != {None}]
    used = [one for one in known if one.used_minutes or one.users or one.calls or one.pages]
    found = measured(Measure.USED_DAYS, days)
    assert (found.part, found.whole, found.days) == (100 * len(used), len(known), len(known))
    calls = [one.calls for one in office if one.calls is not None]
    found = measured(Measure.CALLS, days)
    assert found.days == len(calls)
    if calls:
        assert Fraction(found.part, found.whole) == Fraction(21 * sum(calls), len(calls))


@given(part=some.integers(0, 10**9), whole=some.integers(0, 10**6), figure=some.integers(1, 1000))
def test_a_verdict_is_exact_whatever_is_rounded(part: int, whole: int, figure: int) -> None:
    found = Measured(part=part, whole=whole, days=whole)
    verdict = outcome(figure, found)
    if not whole:
        assert (verdict, tenths(found)) == (Outcome.UNKNOWN, None)
        return
    assert (verdict is Outcome.KEPT) == (Fraction(part, whole) >= figure)
    assert abs(Fraction(tenths(found) or 0, 10) - Fraction(part, whole)) <= Fraction(1, 20)


def test_before_anything_came_nothing_is_told() -> None:
    assert outcome(80, None) is Outcome.PENDING


def evidence(asset: Asset, first: date, days: int, used_every: int) -> None:
    """A day of each witness for so many days; users on every so-manieth weekday."""
    every = [first + timedelta(days=number) for number in range(days)]
    ensure_days(every)
    endpoint = endpoint_of(asset)
    EvidenceDay.objects.filter(endpoint=endpoint).delete()
    EvidenceDay.objects.bulk_create(
        EvidenceDay(
            endpoint=endpoint, day=day, witness=witness, open_minutes=420 if day.weekday() < 5 else 0,
            observable_minutes=420 if day.weekday() < 5 else 0, seen_minutes=300,
            users=int(number % used_every == 0) if witness == "snmp" else None,
        )
        for number, day in enumerate(every)
        for witness in ("ping", "snmp")
    )  # fmt: skip


@pytest.fixture
def promise(county: County) -> Promise:
    """Two computers came: one is used every day, one every other, for half a year."""
    made = Promise.objects.create(
        project=project_at(county.xianxi), kind="computer", measure="used_days", figure=80
    )
    receipt = receipt_at(county.xianxi)
    for number, every in enumerate((1, 2)):
        asset = add(county, county.xianxi, Kind.COMPUTER, f"AH-XX-7{number}", "新电脑", users=0)
        asset.bindings.update(during=TimestamptzRange(datetime(2026, 1, 1, tzinfo=UTC), None))
        evidence(asset, CAME, 200, every)
        Received.objects.create(receipt=receipt, asset=asset)
    return made


def by_hand(first: date, last: date) -> Fraction:
    """Of all weekdays of both computers, those with somebody signed in, in percent."""
    rows = EvidenceDay.objects.filter(
        endpoint__bindings__asset__received__isnull=False, witness="snmp", day__range=(first, last)
    )
    each = [one.users for one in rows if one.day.weekday() < 5]
    return Fraction(100 * sum(map(bool, each)), len(each))


@pytest.mark.django_db
def test_what_is_measured_is_what_the_rows_add_up_to(promise: Promise) -> None:
    assert measure_due(date(2026, 9, 2)) == 2
    three, six = PromiseResult.objects.filter(promise=promise)
    for found, months in ((three, 3), (six, 6)):
        assert (found.months, found.pieces, found.watched, found.generated) == (months, 2, 2, False)
        assert Fraction(found.part, found.whole) == by_hand(*stretch(CAME, months))
    assert three.outcome is Outcome.MISSED  # 75 percent of 80


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("day", "measured_by_then"), [((2026, 6, 1), 0), ((2026, 6, 2), 1), ((2026, 9, 1), 1)]
)
def test_nothing_is_measured_before_its_day(
    promise: Promise, day: tuple[int, int, int], measured_by_then: int
) -> None:
    assert measure_due(date(*day)) == measured_by_then


@pytest.mark.django_db
def test_measuring_again_changes_nothing_until_more_has_come(county: County, promise: Promise) -> None:
    measure_due(date(2026, 9, 2))
    assert measure_due(date(2026, 9, 3)) == 0
    Asset.objects.filter(tag="AH-XX-71").update(archived=True)  # it went back
    assert measure_due(date(2026, 9, 4)) == 2
    assert {one.pieces for one in PromiseResult.objects.all()} == {1}


@pytest.mark.django_db
def test_what_nobody_could_see_is_neither_kept_nor_missed(promise: Promise) -> None:
    EvidenceDay.objects.update(users=None, used_minutes=None)
    measure_due(date(2026, 6, 2))
    assert PromiseResult.objects.get().outcome is Outcome.UNKNOWN


@pytest.mark.django_db
def test_the_pages_tell_promised_and_measured(county: County, promise: Promise, visit: Visit) -> None:
    measure_due(date(2026, 6, 2))
    PromiseResult.objects.update(measured_on=date(2026, 6, 2))
    for path in (f"/planning/projects/{promise.project_id}/", PAGE):
        text = text_of(visit("leadership", path, language="en"))
        assert "office days on which it is used" in text
        assert "≥ 80%" in text
        assert f"<b>{round(float(by_hand(*stretch(CAME, 3))), 1)}%</b>" in text
        assert "2 of 2 pieces" in text
        assert "from 2026-09-02 on" in text
    before = text_of(visit("leadership", f"{PAGE}?date=2026-06-01", language="en"))
    assert "2 of 2 pieces" not in before


@pytest.mark.django_db
def test_promises_of_places_out_of_sight_are_not_told(county: County, promise: Promise) -> None:
    Promise.objects.create(project=project_at(county.foreign), kind="printer", measure="pages", figure=9)
    seen = promises_on(county.users["leadership"], date(2026, 9, 2))
    assert [one.promise for one in seen] == [promise]


@pytest.mark.django_db
def test_more_promises_ask_no_more(county: County, promise: Promise, visit: Visit) -> None:
    def counted() -> int:
        visit("leadership", PAGE)
        with CaptureQueriesContext(connection) as queries:
            visit("leadership", PAGE)
        return len(queries)

    before = counted()
    for measure in ("calls", "pages", "reachable"):
        Promise.objects.create(project=promise.project, kind="printer", measure=measure, figure=9)
    assert counted() == before


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["township_officer", "city_reader", "machine"])
def test_who_sees_no_projects_sees_no_promises(county: County, visit: Visit, role: str) -> None:
    assert visit(role, PAGE).status_code == 403
