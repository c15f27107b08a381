"""The client that NetBox's users have reads and writes the running program's records."""

from collections.abc import Iterator
from typing import Any

import pynetbox
import pytest
from pynetbox.core.app import App
from pytest_django.live_server_helper import LiveServer

from inventory.models import Asset
from itops.organisation.actions.tokens import make_token
from tests.own_database import OwnDatabase
from tests.support.county import County, small_county


@pytest.fixture
def county(committing: OwnDatabase) -> County:
    return small_county()


@pytest.fixture
def netbox(county: County) -> Iterator[Any]:
    """Signed in as IT staff."""
    _token, key = make_token(user=county.users["it_staff"], name="tests", read_only=False)
    server = LiveServer("127.0.0.1")
    yield pynetbox.api(server.url, token=key)
    server.stop()


def test_records_are_found_made_changed_and_deleted(county: County, netbox: Any) -> None:
    inventory = App(netbox, "inventory")

    assert {one.tag for one in inventory.assets.filter(kind="computer", place="仙溪镇")} == {
        "AH-XX-05",
        "AH-XX-06",
    }
    assert len(list(inventory.assets.all(limit=4))) == inventory.assets.count() == Asset.objects.count() - 1
    codec = inventory.assets.get(tag="AH-XX-04")
    assert (str(codec), codec.place.id, codec.kind.value) == (codec.name, county.xianxi.pk, "video_endpoint")
    assert codec.device_model.full_details()
    assert codec.device_model.manufacturer.display == "Poly"
    assert inventory.assets.get(10**9) is None

    made = inventory.assets.create(tag="N-1", name="电脑", kind="computer", place={"name": "仙溪镇"})
    more = inventory.assets.create(
        [{"tag": f"N-{n}", "name": "电脑", "kind": "computer", "place": county.xianxi.pk} for n in (2, 3)]
    )
    made.name = "新名"
    assert made.save()
    assert inventory.assets.update([{"id": one.id, "condition": "in_storage"} for one in more])
    found = Asset.objects.filter(tag__startswith="N-").values_list("tag", "name", "condition")
    assert sorted(found) == [
        ("N-1", "新名", "in_use"),
        ("N-2", "电脑", "in_storage"),
        ("N-3", "电脑", "in_storage"),
    ]
    assert made.delete()
    assert inventory.assets.delete([one.id for one in more])
    assert not Asset.objects.filter(tag__startswith="N-").exists()
    with pytest.raises(pynetbox.RequestError, match="409"):
        codec.device_model.delete()
    with pytest.raises(pynetbox.RequestError, match="kind"):
        inventory.assets.create(tag="N-4", name="电脑", kind="?", place=county.xianxi.pk)
    assert netbox.status()["postgresql-version"]
    assert netbox.version
