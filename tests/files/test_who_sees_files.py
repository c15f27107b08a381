"""A file is seen by those who see what it hangs on, and served so that no browser runs it."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from itops.files.actions import attach, take_off
from itops.files.models import Attachment
from itops.organisation.roles import DEFAULT_ROLES
from tests.support.county import County
from tests.support.pages import Visit, text_of
from tests.support.samples import picture


def hang(county: County, asset: str, data: bytes = b"plain", name: str = "清单.txt") -> Attachment:
    return attach(
        by=county.users["it_staff"],
        model="inventory.asset",
        object_id=county.assets[asset].pk,
        upload=SimpleUploadedFile(name, data),
    )


SEE_NO_FILES = {"city_reader", "machine", "account_administrator", "security_administrator"}


def read(response: Any) -> bytes:
    """What was served; closing the response would close the database's connection too."""
    return b"".join(response)


@pytest.mark.parametrize("role", DEFAULT_ROLES)
def test_each_role_sees_its_own_places_files_alone(role: str, county: County, visit: Visit) -> None:
    here, elsewhere = hang(county, "codec"), hang(county, "foreign")
    response = visit(role, reverse("files:file", args=[here.pk]))
    assert response.status_code == (404 if role in SEE_NO_FILES else 200)
    if response.streaming:
        assert read(response) == b"plain"
    assert visit(role, reverse("files:file", args=[elsewhere.pk])).status_code == 404


def test_an_officer_and_nobody_see_no_other_townships_files(county: County, visit: Visit) -> None:
    other = hang(county, "cut", picture(), "照片.jpg")
    for who in ("township_officer", "nobody"):
        for name in ("files:file", "files:thumbnail"):
            assert visit(who, reverse(name, args=[other.pk])).status_code == 404


def test_whoever_is_not_signed_in_is_asked_to(county: County, client: Client) -> None:
    there = hang(county, "codec")
    assert client.get(reverse("files:file", args=[there.pk])).status_code == 302


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"<html><script>alert(1)</script>", "application/octet-stream"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "application/octet-stream"),
        (b"%PDF-1.7", "application/pdf"),
        (picture(), "image/jpeg"),
    ],
)
def test_only_pictures_are_shown_and_nothing_runs(
    data: bytes, kind: str, county: County, visit: Visit
) -> None:
    response = visit("leadership", reverse("files:file", args=[hang(county, "codec", data).pk]))
    shown = response.headers["Content-Disposition"].startswith("inline")
    assert shown == (kind == "image/jpeg")
    assert response.headers["Content-Type"] == kind
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert read(response)


def test_an_archived_attachment_is_gone(county: County, visit: Visit) -> None:
    there = hang(county, "codec")
    take_off(there, by=county.users["it_staff"])
    assert visit("it_staff", reverse("files:file", args=[there.pk])).status_code == 404


def post(client: Client, county: County, who: str, asset: str, *uploads: SimpleUploadedFile) -> Any:
    client.force_login(county.users[who])
    address = reverse("files:add", args=["inventory.asset", county.assets[asset].pk])
    return client.post(address, {"file": list(uploads), "title": "铭牌"}, follow=True)


def test_an_officer_adds_a_picture_on_the_page(county: County, client: Client, visit: Visit) -> None:
    visit("township_officer", "/")
    page = post(client, county, "township_officer", "codec", SimpleUploadedFile("a.jpg", picture()))
    added = Attachment.objects.get()
    assert reverse("files:thumbnail", args=[added.pk]) in text_of(page)
    assert "铭牌" in text_of(page)


def test_good_files_are_kept_beside_a_bad_one(county: County, client: Client, visit: Visit) -> None:
    visit("it_staff", "/")
    good, bad = SimpleUploadedFile("a.txt", b"a"), SimpleUploadedFile("b.jpg", picture()[:500])
    page = post(client, county, "it_staff", "codec", good, bad)
    assert "b.jpg: 图片已损坏或不完整。" in text_of(page)
    assert Attachment.objects.get().name == "a.txt"


def test_a_file_over_the_limit_is_told_and_not_taken_in(
    county: County, client: Client, visit: Visit, settings: Settings
) -> None:
    visit("it_staff", "/")
    settings.ITOPS_UPLOAD_MB = 1
    page = post(client, county, "it_staff", "codec", SimpleUploadedFile("a.bin", bytes(3 * 2**20)))
    assert "文件超过 1 MB。" in text_of(page)
    assert not Attachment.objects.exists()


def test_who_may_only_look_adds_nothing(county: County, client: Client, visit: Visit) -> None:
    visit("leadership", "/")
    one = SimpleUploadedFile("a.txt", b"a")
    assert post(client, county, "leadership", "codec", one).status_code == 403
    assert post(client, county, "it_staff", "foreign", one).status_code == 404
    assert "添加文件" not in text_of(
        visit("leadership", reverse("inventory:asset", args=[county.assets["codec"].pk]))
    )


def test_only_the_author_or_staff_takes_a_file_off(county: County, visit: Visit) -> None:
    there = hang(county, "codec")
    address = reverse("files:remove", args=[there.pk])
    assert visit("township_officer", address, data={}).status_code == 403
    assert visit("it_staff", address, data={}).status_code == 302
    assert Attachment.objects.get().archived
