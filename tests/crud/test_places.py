"""Places are listed, read, exported and answered over REST in scope alone; renamed and moved from a day on."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from itops.crud.divisions import PLACES
from itops.organisation.models import Place, PlaceVersion
from itops.organisation.roles import DEFAULT_ROLES
from itops.site.resources import SHOWN
from tests.support.county import County
from tests.support.pages import Visit, text_of

pytestmark = pytest.mark.django_db

WHO = "county_administrator"
CHANGE = {"county_administrator"}


@pytest.mark.parametrize("role", [*DEFAULT_ROLES, "nobody"])
def test_each_role_reads_its_own_places_and_few_change_them(role: str, county: County, visit: Visit) -> None:
    sees = role != "nobody"
    assert visit(role, PLACES.list_url).status_code == (200 if sees else 403)
    assert visit(role, f"{PLACES.list_url}export/csv/").status_code == (200 if sees else 403)
    for place, exists in ((county.xianxi, sees), (county.foreign, False)):
        assert visit(role, PLACES.url("", place.pk)).status_code == (200 if exists else 404)
        expected = 404 if not exists else 200 if role in CHANGE else 403
        assert visit(role, PLACES.url("edit", place.pk)).status_code == expected


@pytest.mark.parametrize("role", [*DEFAULT_ROLES, "nobody"])
def test_rest_answers_the_same_and_writes_nothing(role: str, county: County, client: Any) -> None:
    client.force_login(county.users[role])
    address = "/api/directory/divisions/"
    listed = client.get(f"{address}?limit=1000")
    seen = set(PLACES.visible(county.users[role]).values_list("pk", flat=True))
    assert listed.status_code == (200 if seen else 403)
    if seen:
        assert {one["id"] for one in listed.json()["results"]} == seen
        assert county.foreign.pk not in seen
    assert client.get(f"{address}{county.foreign.pk}/").status_code in (403, 404)
    body = {"name": "别处"}
    refused = client.patch(f"{address}{county.xianxi.pk}/", body, content_type="application/json")
    assert refused.status_code == 405
    assert client.get("/api/schema/").status_code == 200


def data(place: Place, **changes: Any) -> dict[str, Any]:
    form = {"name": place.name, "name_en": place.name_en, "code": place.code, "parent": str(place.parent_id)}
    return form | {"on": f"{timezone.localdate():%Y-%m-%d}"} | changes


def test_a_new_name_holds_from_its_day_and_the_old_one_is_kept(county: County, visit: Visit) -> None:
    place, old = county.xianxi, county.xianxi.name
    day = timezone.localdate() - timedelta(days=3)
    given = data(place, name="新溪镇", on=f"{day:%Y-%m-%d}")
    assert visit(WHO, PLACES.url("edit", place.pk), data=given).status_code == 302
    page = text_of(visit(WHO, PLACES.url("", place.pk)))
    assert "新溪镇" in page
    assert old in page
    versions = PlaceVersion.objects.filter(place=place).order_by("starts")
    assert [one.name for one in versions] == [old, "新溪镇"]
    assert versions[1].starts == day


@pytest.mark.parametrize("ahead", [1, -40_000])
def test_a_day_that_cannot_be_is_refused_beside_its_field(county: County, visit: Visit, ahead: int) -> None:
    day = timezone.localdate() + timedelta(days=ahead)
    given = data(county.xianxi, name="新溪镇", on=f"{day:%Y-%m-%d}")
    answer: Any = visit(WHO, PLACES.url("edit", county.xianxi.pk), data=given)
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"on"}
    assert not Place.objects.filter(name="新溪镇").exists()


def test_it_is_not_imported(visit: Visit) -> None:
    assert visit(WHO, f"{PLACES.list_url}import/").status_code == 404
    assert "import/" not in text_of(visit(WHO, PLACES.list_url))


def test_what_the_kernel_only_shows_has_no_pages_to_write_it() -> None:
    assert all(one.read_only for one in SHOWN)
