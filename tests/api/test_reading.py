"""Lists and records in the manners NetBox's users know."""

from urllib.parse import quote

import pytest

from inventory.models import Asset
from tests.api.conftest import Call
from tests.support.county import County

pytestmark = pytest.mark.django_db

ASSETS = "inventory/assets/"


def tags(answer: object) -> set[str]:
    assert answer.status_code == 200, answer.content  # type: ignore[attr-defined]
    return {one["tag"] for one in answer.json()["results"]}  # type: ignore[attr-defined]


def test_a_list_has_count_next_previous_and_results(county: County, call: Call) -> None:
    first = call("it_staff", "GET", f"{ASSETS}?limit=2&kind=computer").json()
    total = Asset.objects.filter(kind="computer").exclude(place=county.foreign).count()
    assert (first["count"], len(first["results"]), first["previous"]) == (total, 2, None)
    assert "limit=2" in first["next"]
    assert "offset=2" in first["next"]
    assert "kind=computer" in first["next"]


def test_following_next_shows_each_record_once(county: County, call: Call) -> None:
    seen: list[str] = []
    address: str | None = f"{ASSETS}?limit=2"
    while address:
        page = call("it_staff", "GET", address.partition("/api/")[2] or address).json()
        seen += [one["tag"] for one in page["results"]]
        address = page["next"]
    assert seen == sorted(Asset.objects.exclude(place=county.foreign).values_list("tag", flat=True))


def test_a_record_shows_references_and_choices_in_full(county: County, call: Call) -> None:
    codec = county.assets["codec"]
    answer = call("it_staff", "GET", f"{ASSETS}{codec.pk}/", **{"accept-language": "zh-hans"})
    record = answer.json()
    assert record["display"] == "AH-XX-04 视频会议终端"
    assert record["url"] == f"http://testserver/api/{ASSETS}{codec.pk}/"
    assert record["place"] == {
        "id": county.xianxi.pk,
        "url": f"http://testserver/api/directory/divisions/{county.xianxi.pk}/",
        "display": "仙溪镇",
    }
    assert record["device_model"]["display"] == "Poly Studio X50"
    assert record["device_model"]["url"].endswith(f"/api/inventory/device-models/{codec.device_model_id}/")
    assert record["kind"]["value"] == "video_endpoint"
    assert (record["cost_fen"], record["bought_on"], record["archived"]) == (3_860_000, "2019-06-18", False)
    assert answer["ETag"]
    assert answer["API-Version"]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("tag=AH-XX-01&tag=AH-XX-02", {"AH-XX-01", "AH-XX-02"}),
        ("tag__ic=xx-0&kind=computer", {"AH-XX-05", "AH-XX-06"}),
        ("tag__isw=ah-yx&tag__niew=4", {"AH-YX-01", "AH-YX-02", "AH-YX-03"}),
        ("tag__ie=ah-xx-01", {"AH-XX-01"}),
        ("kind=Computer&place=仙溪镇", {"AH-XX-05", "AH-XX-06"}),
        ("in_service_on__gte=2024-01-01", {"AH-XX-06"}),
        ("in_service_on__lt=2024/1/1&kind=computer", {"AH-XX-05", "AH-YX-04"}),
        ("cost_fen__empty=true", {"AH-XX-03"}),
        ("cost_fen=null", {"AH-XX-03"}),
        ("cost_fen__gt=450000", {"AH-XX-04"}),
        ("whole=AH-XX-03", {"AH-XX-04"}),
        ("whole__empty=false", {"AH-XX-04"}),
        ("kind__n=computer&kind__n=network_link&place=烟溪镇", {"AH-YX-02", "AH-YX-03"}),
        ("q=视频", {"AH-XX-03", "AH-XX-04"}),
        ("archived=true", set()),
    ],
)
def test_conditions_narrow_the_list(county: County, call: Call, asked: str, expected: set[str]) -> None:
    assert tags(call("it_staff", "GET", f"{ASSETS}?{asked}")) == expected


def test_a_place_includes_what_lies_under_it_when_asked(county: County, call: Call) -> None:
    here = tags(call("it_staff", "GET", f"{ASSETS}?place_id={county.county.pk}"))
    under = tags(call("it_staff", "GET", f"{ASSETS}?place_under={county.county.pk}"))
    assert (here, len(under)) == (set(), Asset.objects.exclude(place=county.foreign).count())
    assert under == tags(call("it_staff", "GET", f"{ASSETS}?place_under=安化县"))


def test_archived_records_are_listed_only_when_asked_for(county: County, call: Call) -> None:
    Asset.objects.filter(tag="AH-XX-06").update(archived=True)
    everything = tags(call("it_staff", "GET", ASSETS))
    assert "AH-XX-06" not in everything
    assert tags(call("it_staff", "GET", f"{ASSETS}?archived=true")) == {"AH-XX-06"}
    assert tags(call("it_staff", "GET", f"{ASSETS}?archived=true&archived=false")) == everything | {
        "AH-XX-06"
    }
    assert call("it_staff", "GET", f"{ASSETS}{county.assets['good'].pk}/").json()["archived"] is True


@pytest.mark.parametrize(
    ("asked", "named"),
    [
        ("colour=red", "colour"),
        ("tag__regex=a", "tag__regex"),
        ("kind=spaceship", "kind"),
        ("place=nowhere", "place"),
        ("place_id=x", "place_id"),
        ("in_service_on=soon", "in_service_on"),
        ("cost_fen__gt=", "cost_fen__gt"),
        ("ordering=colour", "ordering"),
        ("fields=colour", "fields"),
        ("limit=-1", "limit"),
        ("brief=perhaps", "brief"),
        ("tag__ic=%00", "tag__ic"),
    ],
)
def test_what_is_not_understood_is_named(county: County, call: Call, asked: str, named: str) -> None:
    answer = call("it_staff", "GET", f"{ASSETS}?{asked}")
    assert (answer.status_code, list(answer.json())) == (400, [named])


def test_brief_and_chosen_fields(county: County, call: Call) -> None:
    [brief] = call("it_staff", "GET", f"{ASSETS}?tag=AH-XX-05&brief=1").json()["results"]
    assert list(brief) == ["id", "url", "display", "tag"]
    [some] = call("it_staff", "GET", f"{ASSETS}?tag=AH-XX-05&fields=name,id").json()["results"]
    assert list(some) == ["id", "name"]


def test_the_order_is_the_one_asked_for(county: County, call: Call) -> None:
    shown = call("it_staff", "GET", f"{ASSETS}?ordering=-tag&limit=2").json()["results"]
    assert [one["tag"] for one in shown] == sorted((one["tag"] for one in shown), reverse=True)
    last = call("it_staff", "GET", f"{ASSETS}?offset=10&limit=5000").json()
    assert len(last["results"]) == last["count"] - 10


def test_the_start_leads_to_every_endpoint(county: County, call: Call) -> None:
    start = call("it_staff", "GET", "").json()
    assert set(start) >= {"inventory", "directory", "schema", "status"}
    section = call("it_staff", "GET", "inventory/").json()
    assert section["device-models"].endswith("/api/inventory/device-models/")
    assert call("it_staff", "GET", "nothing/").status_code == 404
    assert call("it_staff", "GET", "status/").json()["postgresql-version"]


def test_the_fields_and_their_choices_are_told(county: County, call: Call) -> None:
    fields = call("it_staff", "OPTIONS", ASSETS, **{"accept-language": "en"}).json()["actions"]["POST"]
    assert fields["tag"]["required"] is True
    assert {"value": "computer", "display_name": "Computer"} in fields["kind"]["choices"]


@pytest.mark.parametrize(
    ("moment", "status"),
    [("2026-03-02T08:30:00-18:10", 200), ("0001-01-01T00:00:00+23:00", 400), ("2026-03-02 08:30", 200)],
)
def test_a_moment_may_be_told_in_any_zone(county: County, call: Call, moment: str, status: int) -> None:
    asked = quote(moment)
    answer = call("county_administrator", "GET", f"workforce/training-entries/?signed_at__lt={asked}")
    assert answer.status_code == status
