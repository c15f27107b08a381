"""Changes become deliveries, which are tried until they arrive; nothing confidential is told."""

import json
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from inventory.models import Asset, Network, NetworkKind
from inventory.queries.confidential import about_confidential
from itops.audit.models import Change
from itops.database.actor import acting
from itops.notify.actions import WAITS, deliver_due, forget_old, send_again, send_test
from itops.notify.changes import take_in_changes
from itops.notify.models import Cursor, Delivery, Webhook
from itops.organisation.actions.places import add_place
from itops.organisation.models import Level, Place
from tests.notify.conftest import Listener


def hook(place: Place, url: str = "http://127.0.0.1:1/", **more: object) -> Webhook:
    return Webhook.objects.create(
        name="台账",
        place=place,
        url=url,
        sorts=["inventory.asset"],
        actions=["change"],
        secret="a secret of the county",
        **more,
    )


def take_in() -> int:
    return take_in_changes(withheld=about_confidential)


def rename(asset: Asset, name: str) -> None:
    with acting("user:7"), transaction.atomic():
        Asset.objects.filter(pk=asset.pk).update(name=name)


@dataclass
class Two:
    """A township with two assets, one of another county, and the network they are on."""

    county: Place
    assets: dict[str, Asset]
    network: Network


@pytest.fixture
def own_county(committing: object) -> Two:
    """With transactions that really commit: the cursor looks at them."""
    county = place("安化县", "430923", Level.COUNTY, None)
    neighbour = place("桃江县", "430922", Level.COUNTY, None)
    xianxi = place("仙溪镇", "430923103", Level.TOWNSHIP, county)
    network = Network.objects.create(name="政务外网", kind=NetworkKind.EXTRANET)
    where = {"codec": xianxi, "old": xianxi, "good": xianxi, "foreign": neighbour}
    assets = {
        tag: Asset.objects.create(tag=tag, kind="computer", name=tag, place=there, network=network)
        for tag, there in where.items()
    }
    return Two(county, assets, network)


def place(name: str, code: str, level: Level, parent: Place | None) -> Place:
    return add_place(by="tests", name=name, code=code, level=level, parent=parent, starts=date(2020, 1, 1))


def test_a_change_is_told_once_and_arrives(own_county: Two, listener: Listener) -> None:
    hook(own_county.county, listener.url("/hook"))
    take_in()
    rename(own_county.assets["codec"], "视频终端")
    rename(own_county.assets["foreign"], "别的县")
    assert (take_in(), take_in()) == (1, 0)
    assert (deliver_due(), deliver_due()) == (1, 0)
    told = json.loads(listener.got[0][2])
    assert told["event"] == "inventory.asset.change"
    assert (told["actor"], told["after"]) == ("user:7", {"name": "视频终端"})
    assert Delivery.objects.get().status == Delivery.Status.ARRIVED


def test_what_was_before_the_webhook_is_not_told(own_county: Two) -> None:
    rename(own_county.assets["codec"], "视频终端")
    hook(own_county.county)
    assert take_in() == 0


def test_confidential_equipment_is_never_told(own_county: Two) -> None:
    hook(own_county.county)
    take_in()
    secret = Network.objects.create(name="涉密网", kind=NetworkKind.CONFIDENTIAL)
    Asset.objects.filter(pk=own_county.assets["old"].pk).update(network=secret)
    rename(own_county.assets["old"], "涉密电脑")
    Asset.objects.filter(pk=own_county.assets["old"].pk).update(network=own_county.network)
    rename(own_county.assets["good"], "普通电脑")
    take_in()
    told = [json.loads(one.body) for one in Delivery.objects.order_by("pk")]
    assert all("network_id" not in one["after"] for one in told)
    assert secret.pk not in [one["before"].get("network_id") for one in told]


def test_a_change_that_commits_late_is_told_too(own_county: Two, own_database: object) -> None:
    hook(own_county.county)
    take_in()
    login = own_database.owner  # type: ignore[attr-defined]
    with login.connect() as other:
        other.autocommit = False
        other.execute("UPDATE inventory_asset SET name = '晚' WHERE id = %s", [own_county.assets["codec"].pk])
        rename(own_county.assets["good"], "早")
        assert take_in() == 0
        other.commit()
    assert take_in() == 2


def test_after_a_restore_on_another_server_telling_begins_anew(own_county: Two) -> None:
    hook(own_county.county)
    take_in()
    Cursor.objects.update(transaction=2**60)
    rename(own_county.assets["good"], "恢复前")
    assert take_in() == 0
    rename(own_county.assets["good"], "恢复后")
    assert take_in() == 1


def test_what_fails_waits_longer_each_time_and_is_given_up(own_county: Two, listener: Listener) -> None:
    listener.answers["/"] = 500
    send_test(hook(own_county.county, listener.url()), by="user:7")
    for wait in WAITS:
        assert deliver_due() == 0
        delivery = Delivery.objects.get()
        assert (delivery.code, delivery.status) == (500, Delivery.Status.WAITING)
        assert delivery.due > timezone.now() + wait - timedelta(minutes=1)
        Delivery.objects.update(due=timezone.now())
    deliver_due()
    assert Delivery.objects.get().status == Delivery.Status.GIVEN_UP
    assert len(listener.got) == len(WAITS) + 1


def test_what_was_given_up_is_sent_again_when_asked(own_county: Two, listener: Listener) -> None:
    test = send_test(hook(own_county.county, listener.url()), by="user:7")
    Delivery.objects.update(status=Delivery.Status.GIVEN_UP, attempts=8)
    send_again(test, by="user:7")
    assert deliver_due() == 1


def test_a_webhook_that_is_switched_off_sends_nothing(own_county: Two, listener: Listener) -> None:
    send_test(hook(own_county.county, listener.url(), enabled=False), by="user:7")
    assert deliver_due() == 0
    assert listener.got == []


def test_old_deliveries_are_forgotten_unless_they_wait(own_county: Two) -> None:
    chosen = hook(own_county.county)
    for status in Delivery.Status.values:
        one = send_test(chosen, by="user:7")
        Delivery.objects.filter(pk=one.pk).update(status=status, made=timezone.now() - timedelta(days=31))
    assert forget_old() == 2
    assert Delivery.objects.get().status == Delivery.Status.WAITING


def test_secrets_are_encrypted_and_not_in_the_change_record(own_county: Two) -> None:
    chosen = hook(own_county.county, headers="Authorization: Bearer x")
    with connection.cursor() as cursor:
        cursor.execute("SELECT secret, headers FROM notify_webhook")
        assert all("secret" not in text and "Bearer" not in text for text in cursor.fetchone())
    change = Change.objects.get(model="notify.webhook")
    assert sorted(change.withheld) == ["headers", "secret"]
    chosen.refresh_from_db()
    assert chosen.header_list == (("Authorization", "Bearer x"),)
