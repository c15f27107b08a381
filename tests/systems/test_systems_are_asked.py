"""A system with an address gets an HTTP probe; one on a confidential network never, whoever wrote it."""

import pytest
from django.db import IntegrityError, transaction

from inventory.models import Asset, Binding, BusinessSystem, Endpoint, Network, NetworkKind
from itops.organisation.models import Office
from monitoring.actions.claim import claim
from monitoring.actions.systems import watch_systems
from monitoring.models import Probe
from tests.support.county import County

pytestmark = pytest.mark.django_db


@pytest.fixture
def system(county: County) -> BusinessSystem:
    office = Office.objects.get(place=county.xianxi)
    return BusinessSystem.objects.create(
        name="低保", network=county.network, address="https://10.61.0.8:8443", office=office
    )


def probe_of(system: BusinessSystem) -> Probe:
    system.refresh_from_db()
    assert system.endpoint is not None
    return system.endpoint.probe


def test_an_address_is_asked_from_now_on(system: BusinessSystem, county: County) -> None:
    assert watch_systems() == 1
    probe = probe_of(system)
    assert (probe.profile, probe.http_port, probe.ping) == ("web_system_tls", 8443, False)
    assert (probe.endpoint.address, probe.endpoint.place) == ("10.61.0.8", county.xianxi)
    [taken] = [one for one in claim(100) if one.target.key == probe.pk]
    assert taken.target.profile.name == "web_system_tls"


def test_planning_twice_changes_nothing(system: BusinessSystem) -> None:
    watch_systems()
    before = probe_of(system).pk
    assert watch_systems() == 0
    assert probe_of(system).pk == before


def test_a_new_address_has_a_probe_of_its_own(system: BusinessSystem) -> None:
    watch_systems()
    before = probe_of(system).endpoint
    BusinessSystem.objects.filter(pk=system.pk).update(address="http://10.61.0.9")
    assert before.pk not in {one.target.key for one in claim(100)}
    assert watch_systems() == 1
    assert probe_of(system).endpoint.address == "10.61.0.9"
    assert Endpoint.objects.get(pk=before.pk).archived


def test_the_asset_on_the_books_is_what_answers(system: BusinessSystem, county: County) -> None:
    asset = Asset.objects.create(tag="AH-S-1", kind="business_system", name="低保", place=county.xianxi)
    BusinessSystem.objects.filter(pk=system.pk).update(asset=asset)
    watch_systems()
    assert Binding.objects.get(asset=asset).endpoint == probe_of(system).endpoint


def test_an_asset_that_is_probed_already_needs_no_second_probe(
    system: BusinessSystem, county: County
) -> None:
    BusinessSystem.objects.filter(pk=system.pk).update(asset=county.assets["good"])
    assert watch_systems() == 0


def test_the_path_of_the_address_is_asked_for(system: BusinessSystem) -> None:
    watch_systems()
    before = probe_of(system).pk
    BusinessSystem.objects.filter(pk=system.pk).update(address="https://10.61.0.8:8443/mz/login")
    assert watch_systems() == 1
    assert probe_of(system).pk != before
    [taken] = [one for one in claim(100) if one.target.key == probe_of(system).pk]
    assert taken.target.http_path == "/mz/login"
    assert watch_systems() == 0


@pytest.mark.parametrize("change", [{"address": ""}, {"archived": True}])
def test_what_is_not_to_be_asked_is_not(system: BusinessSystem, change: dict[str, object]) -> None:
    BusinessSystem.objects.filter(pk=system.pk).update(**change)
    assert watch_systems() == 0
    assert not Probe.objects.filter(profile="web_system_tls").exists()


def test_its_asset_does_not_become_confidential(system: BusinessSystem, county: County) -> None:
    asset = Asset.objects.create(tag="AH-S-1", kind="business_system", name="低保", place=county.xianxi)
    BusinessSystem.objects.filter(pk=system.pk).update(asset=asset)
    secret = Network.objects.create(name="机要内网", kind=NetworkKind.CONFIDENTIAL)
    with pytest.raises(IntegrityError, match="address"), transaction.atomic():
        Asset.objects.filter(pk=asset.pk).update(network=secret)
    BusinessSystem.objects.filter(pk=system.pk).update(address="")
    Asset.objects.filter(pk=asset.pk).update(network=secret)
    assert watch_systems() == 0
