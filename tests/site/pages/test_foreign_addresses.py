"""An officer of one township at addresses of another: records, what hangs on them, files, exports, the interface."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings

from inventory.models import Asset
from itops.files.actions import attach
from itops.organisation.models import Office, Person
from itops.site.resources import RESOURCES
from monitoring.models import Incident
from tests.support.county import County
from tests.support.pages import Visit, text_of

pytestmark = pytest.mark.django_db

WHO, ADMIN = "township_officer", "county_administrator"
MARKER = "外乡专有"


@pytest.fixture
def asset(county: County) -> Asset:
    """Of the other township; its name occurs nowhere else."""
    found = county.assets["cut"]
    assert found.place == county.yanxi
    Asset.objects.filter(pk=found.pk).update(name=MARKER, serial=MARKER)
    return found


@pytest.fixture
def person(county: County) -> Person:
    office = Office.objects.create(place=county.yanxi, name=f"{MARKER}所", calendar=county.calendar, staff=3)
    return Person.objects.create(office=office, name=MARKER, pinyin="waixiang")


@pytest.fixture
def file(county: County, asset: Asset, settings: Settings, tmp_path: Path) -> int:
    settings.ITOPS_FILES = tmp_path / "files"
    given = SimpleUploadedFile("外乡.txt", b"secret")
    return attach(by=county.users[ADMIN], model="inventory.asset", object_id=asset.pk, upload=given).pk


def looked_at(county: County, asset: Asset, person: Person, file: int) -> Iterator[str]:
    yield from (f"/assets/{asset.pk}/{page}" for page in ("", "chart/", "readings/", "edit/", "clone/"))
    yield from (f"/offices/{person.office.pk}/{page}" for page in ("", "edit/", "delete/"))
    yield from (f"/people/{person.pk}/{page}" for page in ("", "edit/", "archive/"))
    yield from (f"/places/{county.yanxi.pk}/", f"/divisions/{county.yanxi.pk}/")
    yield from (f"/workforce/people/{person.pk}/", f"/workforce/target-sheets/2026/{county.yanxi.pk}/")
    yield from (f"/files/{file}/", f"/files/{file}/thumbnail/")
    yield f"/monitoring/incidents/{Incident.objects.get().pk}/"


def written_to(asset: Asset, person: Person, file: int) -> Iterator[str]:
    yield from (f"/assets/{asset.pk}/{page}/" for page in ("sightings", "waivers", "archive", "delete"))
    yield from (f"/{page}/inventory.asset/{asset.pk}/" for page in ("notes", "tagged", "files"))
    yield from (f"/files/{file}/remove/", f"/offices/{person.office.pk}/staff/")
    yield f"/people/{person.pk}/archive/"


def test_no_page_of_another_township_exists(
    county: County, asset: Asset, person: Person, file: int, visit: Visit
) -> None:
    addresses = list(looked_at(county, asset, person, file))
    pages = [path for path in addresses if not path.startswith("/files/")]
    opened = {path for path in pages if visit(ADMIN, path).status_code == 200}
    assert len(opened) > 12, set(addresses) - opened
    statuses = {path: visit(WHO, path).status_code for path in addresses}
    assert set(statuses.values()) <= {403, 404}, statuses
    assert {path for path, status in statuses.items() if status == 403} <= {f"/divisions/{county.yanxi.pk}/"}


def test_nothing_is_written_there(
    county: County, asset: Asset, person: Person, file: int, visit: Visit
) -> None:
    before = Asset.objects.filter(pk=asset.pk).values().get()
    statuses = {path: visit(WHO, path, data={}).status_code for path in written_to(asset, person, file)}
    assert set(statuses.values()) == {404}, statuses
    assert Asset.objects.filter(pk=asset.pk).values().get() == before
    assert not Person.objects.get(pk=person.pk).archived


def test_no_list_export_search_or_suggestion_tells_of_it(
    county: County, asset: Asset, person: Person, visit: Visit
) -> None:
    said = {}
    for resource in RESOURCES:
        for page in ("", "suggest/", "export/csv/"):
            path = f"{resource.list_url}{page}?q={MARKER}"
            said[path] = everything(visit(WHO, path))
    said |= {
        path: everything(visit(WHO, path)) for path in ("/search/?q=外乡", "/assets/export.csv", "/changes/")
    }
    assert {path for path, body in said.items() if f">{MARKER}" in body or f",{MARKER}" in body} == set()
    assert f",{MARKER}" in everything(visit(ADMIN, f"/assets/export/csv/?q={MARKER}"))


def everything(answer: Any) -> str:
    return b"".join(answer).decode() if answer.streaming else text_of(answer)


def test_nor_does_the_interface(county: County, asset: Asset, person: Person, client: Client) -> None:
    client.force_login(county.users[WHO])
    for path in (
        f"inventory/assets/{asset.pk}",
        f"directory/people/{person.pk}",
        f"directory/offices/{person.office.pk}",
    ):
        assert client.get(f"/api/{path}/").status_code == 404, path
        for verb in ("PATCH", "PUT", "DELETE"):
            body = orjson.dumps({"name": "x"})
            status = client.generic(verb, f"/api/{path}/", body, content_type="application/json").status_code
            assert status in {403, 404}, (verb, path)
    for query in (
        f"inventory/assets/?q={MARKER}",
        f"directory/people/?q={MARKER}",
        f"directory/offices/?q={MARKER}",
    ):
        assert client.get(f"/api/{query}").json()["count"] == 0, query
    assert client.get(f"/api/inventory/assets/?place_id={county.yanxi.pk}").json().get("count", 0) == 0
    assert MARKER not in client.get("/api/inventory/assets/?limit=0").content.decode()
