"""Whatever is entered today, and whatever date it bears: yesterday's verdict comes out as it was, today's changes."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from inventory.actions.knowledge import Known, known
from inventory.actions.marking import judged
from inventory.marks.findings import Judgement
from inventory.marks.kind import Kind
from inventory.marks.policy import policy_for
from inventory.models import (
    Asset,
    DeviceModel,
    Fact,
    Manufacturer,
    Network,
    NetworkKind,
    Repair,
    Sighting,
    Waiver,
)
from tests.own_database import OwnDatabase
from tests.support.office import one_office

TODAY = timezone.localdate()
YESTERDAY, LONG_AGO = TODAY - timedelta(days=1), TODAY - timedelta(days=30)
Entry = Callable[[Asset], object]


@pytest.fixture
def asset(committing: OwnDatabase) -> Asset:
    """A computer that was not found, all of it recorded ten days ago."""
    model = DeviceModel.objects.create(
        manufacturer=Manufacturer.objects.create(name="联想"), name="M720", kind=Kind.COMPUTER.value
    )
    made = Asset.objects.create(
        tag="AH-1",
        kind=Kind.COMPUTER.value,
        name="办公电脑",
        place=one_office(),
        device_model=model,
        network=Network.objects.create(name="政务外网", kind=NetworkKind.EXTRANET),
        in_service_on=date(2024, 3, 1),
        minimum_years=6,
    )
    Fact.objects.create(asset=made, name="memory_mb", declared="8192")
    record_sighting(made, on=LONG_AGO, found=False)
    age_the_record(committing, days=10)
    return made


def age_the_record(database: OwnDatabase, *, days: int) -> None:
    """As if all that is recorded so far had been entered so many days ago."""
    with database.owner.connect() as owner:
        owner.execute("UPDATE audit_change SET at = at - make_interval(days => %s)", [days])


def record_sighting(asset: Asset, *, on: date, found: bool) -> Sighting:
    return Sighting.objects.create(asset=asset, on=on, found=found, sort=Sighting.Sort.STOCKTAKE, by="刘敏")


def an_earlier_find(asset: Asset) -> object:
    return record_sighting(asset, on=YESTERDAY - timedelta(days=3), found=True)


def a_sighting_struck_out(asset: Asset) -> object:
    return asset.sightings.all().delete()


def an_earlier_waiver(asset: Asset) -> object:
    return Waiver.objects.create(
        asset=asset, mark="missing", reason="借出", author="刘敏", starts=LONG_AGO, until=TODAY
    )


def a_declared_fact(asset: Asset) -> object:
    return Fact.objects.create(asset=asset, name="disk_gb", declared="60")


def another_declared_memory(asset: Asset) -> object:
    return asset.facts.filter(name="memory_mb").update(declared="1024")


def another_kind(asset: Asset) -> object:
    return Asset.objects.filter(pk=asset.pk).update(kind=Kind.PRINTER.value)


def another_day_put_into_use(asset: Asset) -> object:
    return Asset.objects.filter(pk=asset.pk).update(in_service_on=date(2010, 1, 1))


def two_corrections(asset: Asset) -> None:
    another_kind(asset)
    another_day_put_into_use(asset)
    Asset.objects.filter(pk=asset.pk).update(kind=Kind.SERVER.value)


def the_model_s_support_ended(asset: Asset) -> object:
    return DeviceModel.objects.update(end_of_support=date(2021, 1, 1))


def the_network_is_confidential(asset: Asset) -> object:
    return Network.objects.update(kind=NetworkKind.CONFIDENTIAL)


def earlier_repairs(asset: Asset) -> object:
    return [Repair.objects.create(asset=asset, on=LONG_AGO, what="换硬盘") for _ in range(3)]


ENTRIES: list[Entry] = [
    an_earlier_find,
    a_sighting_struck_out,
    an_earlier_waiver,
    a_declared_fact,
    another_declared_memory,
    another_kind,
    another_day_put_into_use,
    two_corrections,
    the_model_s_support_ended,
    the_network_is_confidential,
    earlier_repairs,
]


def told(day: date) -> tuple[list[Known], list[Judgement]]:
    """What is known of a day, and what follows from it."""
    return known(day, policy_for(day)), [one.judgement for one in judged(day)]


def test_what_is_entered_today_changes_today_alone(asset: Asset) -> None:
    yesterday = told(YESTERDAY)
    assert len(yesterday[0]) == 1
    for enter in ENTRIES:
        today = told(TODAY)
        enter(asset)
        assert told(YESTERDAY) == yesterday, enter.__name__
        assert told(TODAY) != today, enter.__name__


def test_an_asset_entered_today_was_not_on_the_books_yesterday(asset: Asset) -> None:
    new = Asset.objects.create(
        tag="AH-2", kind=Kind.COMPUTER.value, name="新电脑", place=asset.place, in_service_on=LONG_AGO
    )
    assert [one.asset for one in known(YESTERDAY, policy_for(YESTERDAY))] == [asset.pk]
    assert new.pk in [one.asset for one in known(TODAY, policy_for(TODAY))]


def test_one_asset_can_be_asked_for_and_even_one_that_was_deleted_since(asset: Asset) -> None:
    another_kind(asset)
    assert [one.facts.kind for one in known(YESTERDAY, policy_for(YESTERDAY), [asset.pk])] == [Kind.COMPUTER]
    assert known(YESTERDAY, policy_for(YESTERDAY), [asset.pk + 1]) == []
    yesterday = told(YESTERDAY)
    asset.delete()
    assert told(YESTERDAY) == yesterday
    assert told(TODAY) == ([], [])


def test_what_the_opening_wrote_counts_from_its_own_dates(committing: OwnDatabase, asset: Asset) -> None:
    """Before the record begins there is nothing to take back: the first load is all that is known of that time."""
    before_the_record = TODAY - timedelta(days=20)
    assert [one.asset for one in known(before_the_record, policy_for(before_the_record))] == [asset.pk]
    assert known(before_the_record, policy_for(before_the_record))[0].facts.sightings == ()


def test_explain_says_that_an_asset_was_not_on_the_books(asset: Asset) -> None:
    Asset.objects.create(tag="AH-2", kind=Kind.COMPUTER.value, name="新电脑", place=asset.place)
    with pytest.raises(CommandError, match="AH-2"):
        call_command("explain", "AH-2", "--date", YESTERDAY.isoformat())
