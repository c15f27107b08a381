"""The county's own fields are shown, written by their types, and asked for as `cf_KEY`."""

from typing import Any

import pytest

from inventory.models import Asset
from itops.extras.models import CustomField
from tests.api.conftest import Call
from tests.support.county import County

pytestmark = pytest.mark.django_db

ASSETS = "inventory/assets/"
NEW = {"tag": "N-1", "name": "电脑", "kind": "computer", "place": "仙溪镇"}


@pytest.fixture(autouse=True)
def fields(db: None) -> None:
    plain = {"model": "inventory.asset"}
    CustomField.objects.create(**plain, key="room", label_zh="房间", type="text", default="101")
    CustomField.objects.create(**plain, key="seats", label_zh="座位数", type="number")
    CustomField.objects.create(**plain, key="keeper", label_zh="保管地", type="place")
    CustomField.objects.create(**plain, key="uses", label_zh="用途", type="choices", choices="会议\n培训")


def test_they_are_written_shown_and_asked_for(county: County, call: Call) -> None:
    own = {"seats": 12, "keeper": "仙溪镇", "uses": ["会议", "培训"]}
    made = call("it_staff", "POST", ASSETS, NEW | {"custom": own}).json()
    assert made["custom"] == {
        "room": "101",
        "seats": 12,
        "keeper": county.xianxi.pk,
        "uses": ["会议", "培训"],
    }
    call("it_staff", "PATCH", f"{ASSETS}{made['id']}/", {"custom": {"seats": "20", "uses": None}})
    assert Asset.objects.get(tag="N-1").custom == {"room": "101", "seats": 20, "keeper": county.xianxi.pk}
    found = call("it_staff", "GET", f"{ASSETS}?cf_seats__gte=15&cf_room=101").json()
    assert [one["tag"] for one in found["results"]] == ["N-1"]


@pytest.mark.parametrize(
    ("own", "named"),
    [
        ({"seats": "many"}, "cf_seats"),
        ({"seats": {"a": 1}}, "cf_seats"),
        ({"colour": "red"}, "cf_colour"),
        ({"keeper": 10**12}, "cf_keeper"),
        ({"uses": ["睡觉"]}, "cf_uses"),
        ({"uses": [1]}, "cf_uses"),
        ({"room": "\x00"}, "cf_room"),
        ("text", "custom"),
    ],
)
def test_what_does_not_fit_is_named(county: County, call: Call, own: Any, named: str) -> None:
    answer = call("it_staff", "POST", ASSETS, NEW | {"custom": own})
    assert (answer.status_code, list(answer.json())) == (400, [named])


def test_a_required_one_is_demanded_of_what_is_new(county: County, call: Call) -> None:
    CustomField.objects.filter(key="seats").update(required=True)
    assert list(call("it_staff", "POST", ASSETS, NEW).json()) == ["cf_seats"]
    old = county.assets["old"].pk
    assert call("it_staff", "PATCH", f"{ASSETS}{old}/", {"name": "新名"}).status_code == 200
