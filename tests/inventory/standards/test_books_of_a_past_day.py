"""What stood on the books of a past day: retired, archived and moved things are taken back to where they were."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from inventory.marks.kind import Kind
from inventory.models import Asset
from inventory.queries.standards import held_on
from itops.organisation.actions.places import add_place
from itops.organisation.models import Level, Place
from tests.own_database import OwnDatabase

LONG_AGO = date(2020, 1, 1)


@pytest.fixture
def today() -> date:
    return timezone.localdate()


@pytest.fixture
def xianxi(committing: OwnDatabase) -> Place:
    return add_place(by="t", name="仙溪镇", code="430923103", level=Level.TOWNSHIP, starts=LONG_AGO)


@pytest.fixture
def computers(xianxi: Place) -> list[Asset]:
    """Three, bought long ago, put on the books in one go: the opening."""
    return Asset.objects.bulk_create(
        Asset(tag=f"AH-{number}", kind="computer", name="办公电脑", place=xianxi, bought_on=LONG_AGO)
        for number in range(3)
    )


def recorded(day: date, place: Place) -> int:
    counts = held_on(day, [place.pk]).counts
    return counts[place.pk, Kind.COMPUTER].recorded if counts else 0


def test_what_is_retired_or_archived_today_was_there_yesterday(
    xianxi: Place, computers: list[Asset], today: date
) -> None:
    Asset.objects.filter(pk=computers[0].pk).update(condition="retired")
    Asset.objects.filter(pk=computers[1].pk).update(archived=True)
    assert (recorded(today - timedelta(days=1), xianxi), recorded(today, xianxi)) == (3, 1)


def test_what_was_moved_stood_elsewhere_before(xianxi: Place, computers: list[Asset], today: date) -> None:
    other = add_place(by="t", name="烟溪镇", code="430923114", level=Level.TOWNSHIP, starts=LONG_AGO)
    Asset.objects.filter(pk=computers[0].pk).update(place=other)
    yesterday = today - timedelta(days=1)
    assert (recorded(yesterday, xianxi), recorded(yesterday, other)) == (3, 0)
    assert (recorded(today, xianxi), recorded(today, other)) == (2, 1)


def test_what_was_entered_after_the_opening_was_not_on_the_books_before(
    xianxi: Place, computers: list[Asset], today: date
) -> None:
    Asset.objects.create(tag="AH-9", kind="computer", name="新电脑", place=xianxi, bought_on=LONG_AGO)
    assert (recorded(today - timedelta(days=1), xianxi), recorded(today, xianxi)) == (3, 4)
