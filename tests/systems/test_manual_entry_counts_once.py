"""Hours of manual entry, by place and system, add up to what offices stated, each once."""

from collections import defaultdict
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from inventory.models import BusinessSystem, ManualEntry, SystemExchange
from inventory.queries.manual_entry import hours_of_manual_entry
from itops.organisation.models import Office
from tests.support.county import County

pytestmark = pytest.mark.django_db


def between(name: str, source: str, target: str, way: str = "hand", **more: bool) -> SystemExchange:
    ends = [BusinessSystem.objects.get_or_create(name=end)[0] for end in (source, target)]
    return SystemExchange.objects.create(name=name, source=ends[0], target=ends[1], way=way, **more)


@pytest.fixture
def entries(county: County) -> list[ManualEntry]:
    """Two offices of Xianxi and one of Yanxi; of four exchanges one runs by itself and one is archived."""
    xianxi = Office.objects.get(place=county.xianxi)
    second = Office.objects.create(place=county.xianxi, name="综合办公室", calendar=county.calendar)
    yanxi = Office.objects.get(place=county.yanxi)
    into = [
        between("低保人数", "低保", "统计"),
        between("救助金", "低保", "财务"),
        between("婚姻登记数", "婚姻", "统计", "automatic"),
        between("旧月报", "老龄", "统计", archived=True),
    ]
    stated = [(0, xianxi, "12.5"), (0, second, "3"), (0, yanxi, "8"), (1, xianxi, "4.5"), (2, yanxi, "9")]
    stated.append((3, yanxi, "7"))
    return [
        ManualEntry.objects.create(exchange=into[which], office=office, hours=hours)
        for which, office, hours in stated
    ]


def test_the_sum_is_that_of_the_rows(entries: list[ManualEntry]) -> None:
    wanted: dict[tuple[int, int], Decimal] = defaultdict(Decimal)
    for entry in ManualEntry.objects.select_related("exchange", "office"):
        if entry.exchange.way == "hand" and not entry.exchange.archived:
            wanted[entry.office.place_id, entry.exchange.target_id] += entry.hours
    assert dict(hours_of_manual_entry()) == dict(wanted)
    assert sum(wanted.values()) == Decimal("28.0")


def test_places_can_be_named(county: County, entries: list[ManualEntry]) -> None:
    found = hours_of_manual_entry([county.yanxi.pk])
    assert {place for place, _system in found} == {county.yanxi.pk}
    assert sum(found.values()) == Decimal("8.0")


def test_an_exchange_and_an_office_count_once(entries: list[ManualEntry]) -> None:
    with pytest.raises(IntegrityError, match="manual_entry_once"), transaction.atomic():
        ManualEntry.objects.create(exchange=entries[0].exchange, office=entries[0].office, hours=1)


@pytest.mark.parametrize("hours", ["-0.5", "2000.1"])
def test_impossible_hours_are_refused(county: County, entries: list[ManualEntry], hours: str) -> None:
    with pytest.raises(IntegrityError, match="manual_entry_is_possible"), transaction.atomic():
        ManualEntry.objects.filter(pk=entries[0].pk).update(hours=hours)


def test_it_asks_once(entries: list[ManualEntry]) -> None:
    with CaptureQueriesContext(
        connection,
    ) as asked:
        hours_of_manual_entry()
    assert len(asked) == 1
