"""A marking looks at what changed alone, and stores what a marking of everything would store."""

from collections.abc import Callable, Mapping
from datetime import datetime, time, timedelta
from operator import itemgetter

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from psycopg.types.range import TimestamptzRange

from inventory.actions import marking, verdicts
from inventory.actions.evidence import record_sighting
from inventory.actions.marking import mark
from inventory.actions.packing import pack_closed
from inventory.actions.waivers import waive
from inventory.blocks.casebook import unpacked
from inventory.models import (
    Asset,
    Binding,
    Casebook,
    DeviceModel,
    Endpoint,
    EvidenceDay,
    Fact,
    Manufacturer,
    Mark,
    Network,
    Pending,
    Repair,
    Standing,
)
from tests.support.county import County, endpoint_of
from tests.support.pages import county
from tests.support.verdicts import agrees, stored, told

__all__ = ["county"]
TODAY = timezone.localdate()
NOON = timezone.make_aware(datetime.combine(TODAY, time(12)))
LATER = timedelta(days=3)


def good(county: County) -> Asset:
    return Asset.objects.get(pk=county.assets["good"].pk)


def put_away(county: County) -> None:
    Asset.objects.filter(pk=good(county).pk).update(condition="in_storage")


def moved(county: County) -> None:
    Asset.objects.filter(pk=good(county).pk).update(place=county.yanxi)


def archived(county: County) -> None:
    Asset.objects.filter(pk=good(county).pk).update(archived=True)


def new_system(county: County) -> None:
    Fact.objects.update_or_create(
        asset=good(county), name="operating_system", defaults={"declared": "Windows 7", "observed": ""}
    )


def no_longer_supported(county: County) -> None:
    maker, _ = Manufacturer.objects.get_or_create(name="某厂")
    model, _ = DeviceModel.objects.get_or_create(manufacturer=maker, name="M")
    Asset.objects.filter(pk=good(county).pk).update(device_model=model)
    mark(TODAY)
    DeviceModel.objects.filter(pk=model.pk).update(end_of_support=TODAY - timedelta(days=1))


def sought_in_vain(county: County) -> None:
    record_sighting(good(county), found=False, by="刘敏", on=TODAY)


def found_today(county: County) -> None:
    record_sighting(county.assets["never"], found=True, by="刘敏", on=TODAY)


def to_be_seen_tomorrow(county: County) -> None:
    record_sighting(good(county), found=False, by="刘敏", on=TODAY + timedelta(days=1))


def waived(county: County) -> None:
    waive(county.assets["old"], mark="outdated", reason="待更换", until=TODAY + timedelta(days=1), by="周")


def repaired(county: County) -> None:
    for back in (0, 363, 364):
        Repair.objects.create(asset=good(county), on=TODAY - timedelta(days=back), what="换电源")


def unbound(county: County) -> None:
    Binding.objects.filter(asset=good(county)).update(
        during=TimestamptzRange(NOON - timedelta(days=300), NOON - timedelta(days=2))
    )


def bound_lately(county: County) -> None:
    Binding.objects.filter(asset=good(county)).update(
        during=TimestamptzRange(NOON - timedelta(days=20), None)
    )


def bound_again(county: County) -> None:
    endpoint = Endpoint.objects.create(network=county.network, place=county.xianxi, address="10.9.9.9")
    during = TimestamptzRange(NOON - timedelta(days=1), None)
    Binding.objects.create(endpoint=endpoint, asset=good(county), during=during, by="tests")


def first_answer(county: County) -> None:
    Endpoint.objects.filter(first_observed=None).update(first_observed=NOON - timedelta(days=1))


def made_confidential(county: County) -> None:
    Network.objects.filter(pk=county.network.pk).update(kind="confidential")


def silent_after_all(county: County) -> None:
    EvidenceDay.objects.filter(endpoint=endpoint_of(good(county))).update(seen_minutes=0, users=None)


def nobody_uses_it(county: County) -> None:
    EvidenceDay.objects.filter(endpoint=endpoint_of(good(county))).update(users=0)


def packed(county: County) -> None:
    pack_closed(NOON)


def answers_tampered_with(county: County) -> None:
    Standing.objects.update(missing="clear", outdated="clear", unused="clear", lacks=[])


def marks_tampered_with(county: County) -> None:
    Mark.objects.filter(closed=None, asset=county.assets["old"]).update(closed=TODAY)


CHANGES: Mapping[str, Callable[[County], None]] = {
    one.__name__: one
    for one in (
        put_away,
        moved,
        archived,
        new_system,
        no_longer_supported,
        sought_in_vain,
        found_today,
        to_be_seen_tomorrow,
        waived,
        repaired,
        unbound,
        bound_lately,
        bound_again,
        first_answer,
        made_confidential,
        silent_after_all,
        nobody_uses_it,
        packed,
        answers_tampered_with,
        marks_tampered_with,
    )
}


@pytest.mark.parametrize("change", CHANGES)
def test_every_change_is_seen_at_the_next_marking_and_as_days_pass(county: County, change: str) -> None:
    mark(TODAY)
    CHANGES[change](county)
    for day in (TODAY, TODAY + timedelta(days=1), TODAY + timedelta(days=2), TODAY + timedelta(days=40)):
        agrees(day)


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(st.sampled_from(sorted(CHANGES)), st.integers(0, 30)),
        min_size=2,
        max_size=5,
        unique_by=itemgetter(0),
    )
)
def test_whatever_happens_marking_what_changed_is_marking_everything(
    county: County, happened: list[tuple[str, int]]
) -> None:
    day = TODAY
    with transaction.atomic():
        mark(day)
        for change, later in happened:
            with transaction.atomic():
                if good(county).archived or Binding.objects.filter(asset=good(county)).count() > 1:
                    break
                CHANGES[change](county)
            day += timedelta(days=later)
            agrees(day)
        transaction.set_rollback(True)


def test_nothing_is_judged_afresh_when_nothing_changed(
    county: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    mark(TODAY)
    asked: list[set[int] | None] = []
    really = verdicts.portions

    def portions(court: verdicts.Court, assets: set[int] | None) -> object:
        asked.append(assets)
        return really(court, assets)

    monkeypatch.setattr(marking, "portions", portions)
    several = set(Asset.objects.filter(kind="network_link").values_list("pk", flat=True))
    mark(TODAY)
    Asset.objects.filter(pk=good(county).pk).update(condition="in_storage", note="仓库")
    Asset.objects.filter(pk=county.assets["printer"].pk).update(note="说明")  # no verdict looks at notes
    mark(TODAY)
    assert asked == [several, several | {good(county).pk}]


def test_every_asset_is_remembered_or_waits(county: County) -> None:
    mark(TODAY)
    remembered = {
        asset for book in Casebook.objects.all() for asset in unpacked(bytes(book.data))["asset"].tolist()
    }
    waiting = set(Pending.objects.values_list("asset_id", flat=True))
    assert remembered | waiting == set(Asset.objects.filter(archived=False).values_list("pk", flat=True))
    assert not remembered & waiting


def test_other_rules_judge_everything_afresh(county: County) -> None:
    mark(TODAY)
    Casebook.objects.update(basis="rules of another release")
    Mark.objects.filter(closed=None, asset=county.assets["old"]).update(numbers={})
    Pending.objects.all().delete()
    mark(TODAY)
    assert stored() == told(TODAY)
