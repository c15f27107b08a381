"""A confidential system has no address: not by its form, not over REST, not by SQL, and not by its network's change."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from inventory.models import Asset, BusinessSystem, Endpoint, Network, NetworkKind
from inventory.pages.systems import BUSINESS_SYSTEMS
from tests.api.conftest import Call
from tests.support.county import County, endpoint_of
from tests.support.pages import Visit, text_of

pytestmark = pytest.mark.django_db
REFUSED = "涉密网络上一律不探测"
ADDRESS = "http://10.61.0.8:8080"


@pytest.fixture
def secret(county: County) -> Network:
    return Network.objects.create(name="机要内网", kind=NetworkKind.CONFIDENTIAL)


def typed(network: Network, **more: str) -> dict[str, str]:
    return {"name": "机要系统", "stage": "in_use", "network": str(network.pk), "address": ADDRESS, **more}


def test_the_form_refuses_it(visit: Visit, secret: Network) -> None:
    page = visit("county_administrator", BUSINESS_SYSTEMS.add_url, data=typed(secret))
    assert REFUSED in text_of(page)
    assert not BusinessSystem.objects.exists()


def test_the_form_takes_it_on_any_other_network(visit: Visit, county: County) -> None:
    visit("county_administrator", BUSINESS_SYSTEMS.add_url, data=typed(county.network))
    assert BusinessSystem.objects.get().address == ADDRESS


def test_the_interface_refuses_it(call: Call, secret: Network) -> None:
    body = {"name": "机要系统", "network": secret.name, "address": ADDRESS}
    answer = call("county_administrator", "POST", "inventory/business-systems/", body)
    assert answer.status_code == 400
    assert REFUSED in answer.json()["address"][0]


def test_the_database_refuses_it(secret: Network, county: County) -> None:
    with pytest.raises(IntegrityError, match="confidential"), transaction.atomic():
        BusinessSystem.objects.create(name="机要系统", network=secret, address=ADDRESS)
    system = BusinessSystem.objects.create(name="机要系统", network=county.network, address=ADDRESS)
    with pytest.raises(IntegrityError, match="confidential"), transaction.atomic():
        BusinessSystem.objects.filter(pk=system.pk).update(network=secret)


def test_a_network_with_addresses_does_not_become_confidential(county: County, visit: Visit) -> None:
    BusinessSystem.objects.create(name="系统", network=county.network, address=ADDRESS)
    with pytest.raises(IntegrityError, match="address"), transaction.atomic():
        Network.objects.filter(pk=county.network.pk).update(kind=NetworkKind.CONFIDENTIAL)


def test_neither_does_an_asset_of_it_that_is_probed(county: County, secret: Network) -> None:
    """The asset's endpoint would go on being asked."""
    asset = county.assets["good"]
    Asset.objects.filter(pk=asset.pk).update(kind="business_system", network=None)
    with pytest.raises(IntegrityError, match="confidential"), transaction.atomic():
        BusinessSystem.objects.create(name="机要系统", network=secret, asset=asset)


@pytest.mark.parametrize("change", [{"address": ""}, {"archived": True}, {"address": "http://10.61.0.9"}])
def test_what_was_asked_is_asked_no_more_once_it_changes(county: County, change: dict[str, Any]) -> None:
    endpoint = endpoint_of(county.assets["good"])
    system = BusinessSystem.objects.create(
        name="系统", network=county.network, address=ADDRESS, endpoint=endpoint
    )
    BusinessSystem.objects.filter(pk=system.pk).update(name="改名")
    assert not Endpoint.objects.get(pk=endpoint.pk).archived
    BusinessSystem.objects.filter(pk=system.pk).update(**change)
    assert Endpoint.objects.get(pk=endpoint.pk).archived


def test_nothing_leads_into_a_confidential_system_by_itself(
    county: County, visit: Visit, secret: Network
) -> None:
    inside = BusinessSystem.objects.create(name="机要系统", network=secret)
    outside = BusinessSystem.objects.create(name="统计系统", network=county.network)
    data = {"name": "报送", "source": str(outside.pk), "target": str(inside.pk), "way": "automatic"}
    page = visit("county_administrator", "/data-connections/add/", data=data)
    assert "不能是自动对接" in text_of(page)
    visit("county_administrator", "/data-connections/add/", data=data | {"way": "hand"})
    assert inside.receives.get().way == "hand"
