"""One or many are added, changed, archived and deleted: all or nothing, with what is wrong by row and field."""

from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client

from inventory.models import Asset, Manufacturer
from itops.audit.models import Change
from tests.api.conftest import Call
from tests.support.county import County

pytestmark = pytest.mark.django_db

ASSETS = "inventory/assets/"


def computer(number: int, **more: Any) -> dict[str, Any]:
    return {"tag": f"N-{number}", "name": "电脑", "kind": "computer", "place": {"name": "仙溪镇"}, **more}


def test_one_is_added_and_shown(county: County, call: Call) -> None:
    answer = call("it_staff", "POST", ASSETS, computer(1, network="政务外网", cost_fen=400_000))
    assert answer.status_code == 201
    record = answer.json()
    assert record["place"]["id"] == county.xianxi.pk
    assert answer["Location"].endswith(f"/api/{ASSETS}{record['id']}/")
    assert Asset.objects.get(tag="N-1").cost_fen == 400_000


def test_many_are_added_in_their_order(county: County, call: Call) -> None:
    answer = call("it_staff", "POST", ASSETS, [computer(n) for n in range(5)])
    assert [one["tag"] for one in answer.json()] == [f"N-{n}" for n in range(5)]
    assert len({one["id"] for one in answer.json()}) == 5


def test_of_many_none_is_added_when_one_is_wrong(county: County, call: Call) -> None:
    answer = call("it_staff", "POST", ASSETS, [computer(1), computer(1), computer(2, kind="?", colour="red")])
    assert answer.status_code == 400
    right, twice, wrong = answer.json()
    assert (right, list(twice), list(wrong)) == ({}, ["tag"], ["colour", "kind"])
    assert not Asset.objects.filter(tag__startswith="N-").exists()


def test_a_change_touches_only_what_it_names(county: County, call: Call) -> None:
    old = county.assets["old"]
    answer = call("it_staff", "PATCH", f"{ASSETS}{old.pk}/", {"name": "新名", "office": None})
    assert (answer.status_code, answer.json()["name"]) == (200, "新名")
    changed = Asset.objects.get(pk=old.pk)
    assert (changed.office, changed.tag, changed.responsible) == (None, old.tag, old.responsible)


def test_a_replacement_names_all_that_is_required(county: County, call: Call) -> None:
    address = f"{ASSETS}{county.assets['old'].pk}/"
    refused = call("it_staff", "PUT", address, {"name": "新名"})
    assert (refused.status_code, set(refused.json())) == (400, {"tag", "kind", "place"})
    assert call("it_staff", "PUT", address, computer(1)).status_code == 200


def test_many_are_changed_together_or_not_at_all(county: County, call: Call) -> None:
    old, good = county.assets["old"].pk, county.assets["good"].pk
    rows = [{"id": good, "name": "甲"}, {"id": old, "condition": "in storage"}]
    answer = call("it_staff", "PATCH", ASSETS, rows)
    assert [one["id"] for one in answer.json()] == [good, old]
    assert Asset.objects.get(pk=old).condition == "in_storage"
    assert Asset.objects.get(pk=good).condition == "in_use"
    refused = call("it_staff", "PATCH", ASSETS, [{"id": good, "name": "乙"}, {"id": old, "tag": "AH-XX-01"}])
    assert (refused.status_code, refused.json()[0], list(refused.json()[1])) == (400, {}, ["tag"])
    assert Asset.objects.get(pk=good).name == "甲"


@pytest.mark.parametrize(
    "rows", [[{"name": "x"}], [{"id": "1"}], [{"id": True}], [], [1], [{"id": 1}, {"id": 1}], "text", None]
)
def test_many_need_their_ids(county: County, call: Call, rows: object) -> None:
    assert call("it_staff", "PATCH", ASSETS, rows).status_code == 400
    assert call("it_staff", "DELETE", ASSETS, rows).status_code == 400


def test_archiving_is_a_change(county: County, call: Call) -> None:
    address = f"{ASSETS}{county.assets['old'].pk}/"
    assert call("it_staff", "PATCH", address, {"archived": True}).json()["archived"] is True
    assert call("it_staff", "PATCH", address, {"archived": False}).json()["archived"] is False


def test_only_what_has_no_history_is_deleted(county: County, call: Call) -> None:
    mistaken = [Manufacturer.objects.create(name=name).pk for name in ("甲", "乙", "丙")]
    poly = Manufacturer.objects.get(name="Poly").pk
    address = "inventory/manufacturers/"
    refused = call("it_staff", "DELETE", address, [{"id": mistaken[0]}, {"id": poly}])
    assert refused.status_code == 409
    assert [one["id"] for one in refused.json()["records"]] == [poly]
    assert call("it_staff", "DELETE", f"{address}{mistaken[0]}/").status_code == 204
    assert call("it_staff", "DELETE", address, [{"id": key} for key in mistaken[1:]]).status_code == 204
    assert not Manufacturer.objects.filter(pk__in=mistaken).exists()


def test_of_two_who_edit_the_second_is_told(county: County, call: Call) -> None:
    address = f"{ASSETS}{county.assets['old'].pk}/"
    read = call("it_staff", "GET", address)["ETag"]
    first = call("it_staff", "PATCH", address, {"name": "甲"}, **{"if-match": read})
    second = call("it_staff", "PATCH", address, {"name": "乙"}, **{"if-match": read})
    assert (first.status_code, second.status_code) == (200, 412)
    assert (
        call("it_staff", "PATCH", address, {"name": "丙"}, **{"if-match": first["ETag"]}).status_code == 200
    )
    assert Asset.objects.get(pk=county.assets["old"].pk).name == "丙"


def test_the_change_record_names_the_account_and_the_reason(county: County, call: Call) -> None:
    old = county.assets["old"]
    call("it_staff", "PATCH", f"{ASSETS}{old.pk}/", {"name": "新名"}, **{"x-reason": quote("换了人")})
    call("it_staff", "POST", ASSETS, [computer(1), computer(2)], **{"x-reason": "new"})
    me = county.users["it_staff"].actor
    changed = Change.objects.filter(model="inventory.asset", actor=me)
    assert [(one.object_id, one.action) for one in changed.filter(reason="换了人")] == [(old.pk, "change")]
    assert changed.filter(reason="new", action="add").count() == 2


@pytest.mark.parametrize(
    ("body", "status"),
    [(b"{", 400), (b"\xff", 400), (b"[]", 400), (b"NaN", 400), (b'{"tag": "\\u0000"}', 400)],
)
def test_what_is_no_json_is_refused(county: County, call: Call, body: bytes, status: int) -> None:
    from_client = call("it_staff", "GET", "").wsgi_request.headers["authorization"]
    answer = Client().post(
        f"/api/{ASSETS}", body, content_type="application/json", headers={"authorization": from_client}
    )
    assert answer.status_code == status


def test_other_types_are_refused(county: County, call: Call) -> None:
    token = call("it_staff", "GET", "").wsgi_request.headers["authorization"]
    answer = Client().post(f"/api/{ASSETS}", {"tag": "x"}, headers={"authorization": token})
    assert answer.status_code == 415
