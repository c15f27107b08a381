"""Over REST nothing is told of confidential equipment: no list, no count, no record, and nothing that hangs on it."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from inventory.marks.kind import Kind
from inventory.models import Asset, BusinessSystem, Network, NetworkKind, Request, SystemExchange, SystemUse
from itops.organisation.models import Office
from tests.api.conftest import Call
from tests.support.county import County, add
from tests.support.records import request_at, responsibility_at, session_at, waiver_at
from workforce.models import Responsibility, TrainingSession

pytestmark = pytest.mark.django_db
ASSETS = "inventory/assets/"
BODY = {"tag": "X", "name": "x", "kind": "computer", "place": "仙溪镇"}


@pytest.fixture
def secret(county: County) -> Network:
    return Network.objects.create(name="机要内网", kind=NetworkKind.CONFIDENTIAL)


@pytest.fixture(params=["itself", "by its whole"])
def hidden(county: County, secret: Network, request: pytest.FixtureRequest) -> Asset:
    """An asset with all that may hang on it, which then becomes confidential."""
    asset = waiver_at(county.xianxi).asset
    Request.objects.filter(pk=request_at(county.xianxi).pk).update(asset=asset)
    Responsibility.objects.filter(pk=responsibility_at(county.xianxi).pk).update(asset=asset)
    system = BusinessSystem.objects.create(name="机要系统", asset=asset)
    other = BusinessSystem.objects.create(name="统计系统")
    SystemExchange.objects.create(name="外送", source=other, target=system, way="hand")
    SystemUse.objects.create(system=system, office=Office.objects.earliest("pk"), users=3)
    TrainingSession.objects.filter(pk=session_at(county.xianxi).pk).update(room=asset)
    if request.param == "itself":
        Asset.objects.filter(pk=asset.pk).update(network=secret)
    else:
        room = add(county, county.xianxi, Kind.CONFERENCE_ROOM, "JM-1", "机要室", probed=False)
        Asset.objects.filter(pk=room.pk).update(network=secret)
        Asset.objects.filter(pk=asset.pk).update(whole=room)
    return asset


def listed(call: Call, path: str) -> Any:
    return call("county_administrator", "GET", path).json()


@pytest.mark.parametrize(
    "query", ["", "?brief=1", "?fields=tag", "?archived=false", "?q=仙溪", "?kind=computer"]
)
def test_no_list_names_or_counts_it(call: Call, county: County, hidden: Asset, query: str) -> None:
    answer = listed(call, f"{ASSETS}{query}")
    assert hidden.tag not in str(answer)
    assert "JM-1" not in str(answer)
    assert answer["count"] == len(answer["results"])


def test_the_others_are_all_there(call: Call, county: County, hidden: Asset) -> None:
    withheld = Asset.objects.filter(tag="JM-1").count() + 1
    told = listed(call, f"{ASSETS}?limit=0")["results"]
    place = county.users["county_administrator"].grants.get().place
    below = Asset.objects.filter(place__path__under=[place.path], archived=False)
    assert len(told) == below.count() - withheld


@pytest.mark.parametrize("verb", ["GET", "PUT", "PATCH", "DELETE"])
def test_it_is_not_there_alone(call: Call, hidden: Asset, verb: str) -> None:
    body = None if verb in ("GET", "DELETE") else BODY
    assert call("county_administrator", verb, f"{ASSETS}{hidden.pk}/", body).status_code == 404


@pytest.mark.parametrize("verb", ["PUT", "PATCH", "DELETE"])
def test_it_is_not_there_among_many(call: Call, county: County, hidden: Asset, verb: str) -> None:
    rows = [{"id": hidden.pk, **BODY}, {"id": county.assets["old"].pk, **BODY, "tag": "Y"}]
    assert call("county_administrator", verb, ASSETS, rows).status_code == 404
    assert not Asset.objects.filter(tag__in=["X", "Y"]).exists()


@pytest.mark.parametrize(
    "path",
    [
        *("inventory/requests/", "inventory/waivers/", "workforce/responsibilities/"),
        "workforce/training-sessions/",
        *("inventory/business-systems/", "inventory/data-connections/", "inventory/system-uses/"),
    ],
)
def test_nothing_that_hangs_on_it_is_told(
    call: Call, county: County, secret: Network, hidden: Asset, path: str
) -> None:
    answer = listed(call, path)
    assert "机要" not in str(answer)
    assert hidden.tag not in str(answer)
    others = {"inventory/business-systems/": ["统计系统"]}
    assert [one["display"] for one in answer["results"]] == others.get(path, [])
    Network.objects.filter(pk=secret.pk).update(kind=NetworkKind.LAN)
    assert listed(call, path)["count"] == len(others.get(path, [])) + 1


def test_what_leads_to_it_does_not_name_it(call: Call, county: County, secret: Network) -> None:
    """A part is named beside its whole only where both may be told."""
    session = county.assets["old"]
    Asset.objects.filter(pk=session.pk).update(whole=county.assets["good"])
    assert listed(call, f"{ASSETS}{session.pk}/")["whole"]["display"] is not None
    assert (
        call("county_administrator", "GET", f"{ASSETS}?whole={county.assets['good'].tag}").status_code == 200
    )
    Asset.objects.filter(pk=county.assets["good"].pk).update(network=secret)
    assert (
        call("county_administrator", "GET", f"{ASSETS}?whole={county.assets['good'].tag}").status_code == 400
    )


def test_who_makes_it_confidential_is_answered_once(call: Call, county: County, secret: Network) -> None:
    asset = add(county, county.xianxi, Kind.COMPUTER, "AH-XX-99", "办公电脑", probed=False)
    address = f"{ASSETS}{asset.pk}/"
    answer = call("county_administrator", "PATCH", address, {"network": secret.name})
    assert (answer.status_code, answer.json()["tag"]) == (200, asset.tag)
    assert call("county_administrator", "GET", address).status_code == 404


def test_it_is_withheld_without_a_question_more(call: Call, county: County, secret: Network) -> None:
    def asked() -> int:
        call("county_administrator", "GET", "")
        with CaptureQueriesContext(connection) as queries:
            assert listed(call, f"{ASSETS}?fields=tag")["count"]
        return len(queries)

    before = asked()
    Asset.objects.filter(pk=county.assets["old"].pk).update(network=secret)
    assert asked() == before
