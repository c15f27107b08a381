"""Of a confidential system nothing but its existence is kept, so that no list, file or program can carry it on."""

import pytest
from django.db import IntegrityError, transaction

from inventory.models import BusinessSystem, Network, NetworkKind
from inventory.pages.systems import BUSINESS_SYSTEMS
from tests.support.county import County
from tests.support.pages import Visit, text_of

pytestmark = pytest.mark.django_db
NOTE = "机房二楼，三台终端"


@pytest.fixture
def secret(county: County) -> Network:
    return Network.objects.create(name="机要内网", kind=NetworkKind.CONFIDENTIAL)


def test_the_form_refuses_a_note(county: County, visit: Visit, secret: Network) -> None:
    typed = {"name": "机要系统", "stage": "in_use", "network": str(secret.pk), "note": NOTE}
    page = visit("county_administrator", BUSINESS_SYSTEMS.add_url, data=typed)
    assert "不填写备注" in text_of(page)
    assert not BusinessSystem.objects.exists()
    visit("county_administrator", BUSINESS_SYSTEMS.add_url, data={**typed, "note": ""})
    assert BusinessSystem.objects.get().note == ""


def test_the_database_holds_it_whoever_writes(county: County, secret: Network) -> None:
    with pytest.raises(IntegrityError, match="no note"), transaction.atomic():
        BusinessSystem.objects.create(name="机要系统", network=secret, note=NOTE)
    system = BusinessSystem.objects.create(name="统计系统", network=county.network, note=NOTE)
    with pytest.raises(IntegrityError, match="no note"), transaction.atomic():
        BusinessSystem.objects.filter(pk=system.pk).update(network=secret)


def test_a_network_that_becomes_confidential_has_no_notes(county: County) -> None:
    other = Network.objects.create(name="内网", kind="lan")
    system = BusinessSystem.objects.create(name="统计系统", network=other, note=NOTE)
    with pytest.raises(IntegrityError, match="have a note"), transaction.atomic():
        Network.objects.filter(pk=other.pk).update(kind=NetworkKind.CONFIDENTIAL)
    BusinessSystem.objects.filter(pk=system.pk).update(note="")
    Network.objects.filter(pk=other.pk).update(kind=NetworkKind.CONFIDENTIAL)
