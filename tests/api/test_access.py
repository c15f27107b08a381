"""Who may do what where: by token or session, each verb on what is theirs and on what is not."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from inventory.models import Asset, Network, NetworkKind
from itops.organisation.actions.tokens import make_token, revoke_token
from itops.organisation.models import FailureCount
from tests.api.conftest import Call
from tests.support.county import County

pytestmark = pytest.mark.django_db

ASSETS = "inventory/assets/"
BODIES: dict[str, Any] = {
    "GET": None,
    "PATCH": {"name": "x"},
    "PUT": {"tag": "N", "name": "x", "kind": "computer", "place": "仙溪镇"},
    "DELETE": None,
}


def get(key: str, path: str = ASSETS, **more: Any) -> Any:
    return Client().get(f"/api/{path}", headers={"authorization": f"Token {key}"}, **more)


@pytest.mark.parametrize("verb", BODIES)
def test_what_lies_elsewhere_is_not_there(county: County, call: Call, verb: str) -> None:
    foreign = county.assets["foreign"].pk
    assert call("it_staff", verb, f"{ASSETS}{foreign}/", BODIES[verb]).status_code == 404
    assert Asset.objects.get(pk=foreign).name == "桃江电脑"


@pytest.mark.parametrize("verb", ["PATCH", "PUT", "DELETE"])
def test_who_may_only_look_changes_nothing(county: County, call: Call, verb: str) -> None:
    mine, other = county.assets["old"].pk, county.assets["lost"].pk
    assert call("township_officer", "GET", f"{ASSETS}{mine}/").status_code == 200
    assert call("township_officer", "GET", f"{ASSETS}{other}/").status_code == 404
    assert call("township_officer", verb, f"{ASSETS}{mine}/", BODIES[verb]).status_code == 403
    body = [{"id": mine, **(BODIES[verb] or {})}]
    assert call("township_officer", verb, ASSETS, body).status_code == 403


@pytest.mark.parametrize("verb", ["PATCH", "PUT", "DELETE"])
def test_many_with_one_that_lies_elsewhere_are_refused(county: County, call: Call, verb: str) -> None:
    body = [{"id": county.assets[one].pk, **(BODIES[verb] or {}), "tag": one} for one in ("old", "foreign")]
    answer = call("it_staff", verb, ASSETS, body)
    assert answer.status_code == 404
    assert str(county.assets["foreign"].pk) in answer.json()["detail"]
    assert Asset.objects.filter(pk=county.assets["old"].pk, tag="AH-XX-05").exists()


def test_nothing_is_added_or_moved_to_where_one_may_not(county: County, call: Call) -> None:
    new = {"tag": "N", "name": "x", "kind": "computer", "place": county.foreign.pk}
    assert call("it_staff", "POST", ASSETS, new).status_code == 400  # the place is not even known
    move = {"place": county.foreign.pk}
    assert call("it_staff", "PATCH", f"{ASSETS}{county.assets['old'].pk}/", move).status_code == 400
    assert call("township_officer", "POST", ASSETS, new | {"place": "仙溪镇"}).status_code == 403


def test_a_number_that_is_taken_is_refused_in_the_same_words_wherever_it_is(
    county: County, call: Call
) -> None:
    """Whether it is of one's own, of elsewhere or confidential is not told."""
    secret = Network.objects.create(name="机要内网", kind=NetworkKind.CONFIDENTIAL)
    Asset.objects.filter(pk=county.assets["good"].pk).update(network=secret)
    answers = set()
    for one in ("old", "foreign", "good"):
        new = {"tag": county.assets[one].tag, "name": "x", "kind": "computer", "place": county.xianxi.pk}
        answer = call("it_staff", "POST", ASSETS, new)
        answers.add((answer.status_code, answer.content.decode()))
    assert len(answers) == 1
    assert 400 in next(iter(answers))


def test_lists_filters_and_counts_stay_in_scope(county: County, call: Call) -> None:
    assert call("township_officer", "GET", f"{ASSETS}?q=桃江").json()["count"] == 0
    assert call("township_officer", "GET", f"{ASSETS}?place_id={county.yanxi.pk}").json()["count"] == 0
    assert call("township_officer", "GET", f"{ASSETS}?place=烟溪镇").status_code == 400
    mine = call("township_officer", "GET", ASSETS).json()
    assert mine["count"] == Asset.objects.filter(place=county.xianxi).count()


def test_people_are_not_named_to_those_who_may_not_see_them(county: County, call: Call) -> None:
    record = call("city_reader", "GET", f"{ASSETS}{county.assets['old'].pk}/").json()
    assert record["responsible"]["display"] is None
    assert call("city_reader", "GET", "directory/people/").status_code == 403


def test_an_account_without_grants_reads_nothing(county: County, call: Call) -> None:
    assert call("nobody", "GET", ASSETS).status_code == 403
    assert call("nobody", "GET", f"{ASSETS}{county.assets['old'].pk}/").status_code == 403


def test_nobody_reads_nothing(county: County) -> None:
    for path in ("", ASSETS, f"{ASSETS}1/", "schema/", "status/", "inventory/"):
        answer = Client().get(f"/api/{path}")
        assert (answer.status_code, answer["WWW-Authenticate"]) == (401, "Token")


def test_a_reading_token_writes_nothing(county: County) -> None:
    _token, key = make_token(user=county.users["it_staff"], name="tests")
    assert get(key).status_code == 200
    answer = Client().patch(
        f"/api/{ASSETS}{county.assets['old'].pk}/",
        {"name": "x"},
        content_type="application/json",
        headers={"authorization": f"Token {key}"},
    )
    assert answer.status_code == 403


def test_a_token_holds_for_its_place_its_networks_and_its_time(county: County) -> None:
    user = county.users["it_staff"]
    _here, key = make_token(user=user, name="here", place=county.xianxi)
    assert get(key).json()["count"] == Asset.objects.filter(place=county.xianxi).count()
    _near, key = make_token(user=user, name="near", networks=["10.9.0.0/16"])
    assert get(key, REMOTE_ADDR="10.9.1.1").status_code == 200
    assert get(key, REMOTE_ADDR="10.8.1.1").status_code == 401
    _old, key = make_token(user=user, name="old", expires=timezone.now() - timedelta(seconds=1))
    assert get(key).status_code == 401
    gone, key = make_token(user=user, name="gone")
    revoke_token(gone, by=user)
    assert get(key).status_code == 401


def test_wrong_tokens_are_slowed_and_the_right_one_is_not(county: County, settings: Any) -> None:
    settings.ITOPS_LOCK_ADDRESS_AFTER = 3
    _token, right = make_token(user=county.users["it_staff"], name="tests")
    answers = [get(f"wrong{number}") for number in range(5)]
    assert [one.status_code for one in answers] == [401, 401, 401, 429, 429]
    assert int(answers[-1]["Retry-After"]) > 0
    assert get(right).status_code == 200
    assert FailureCount.objects.exists()


def test_a_session_needs_its_csrf_token_to_write(county: County) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(county.users["it_staff"])
    address = f"/api/{ASSETS}{county.assets['old'].pk}/"
    assert client.get(address).status_code == 200
    assert client.patch(address, {"name": "x"}, content_type="application/json").status_code == 403
