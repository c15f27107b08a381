"""Each role at each page: its own places are shown, foreign ones do not exist, and nobody sees nothing."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from inventory.models import Asset, Doubt
from itops.organisation.roles import DEFAULT_ROLES
from itops.organisation.scope import visible
from monitoring.models import Incident
from tests.support.county import County
from tests.support.pages import Visit, text_of

LISTS = (
    "home",
    "inventory:asset_list",
    "inventory:asset_export",
    "inventory:place_list",
    "inventory:standards",
    "inventory:standards_export",
    "inventory:support_dates",
    "monitoring:overview",
)
OF_EQUIPMENT = tuple(name for name in LISTS if name not in {"home", "inventory:support_dates"})
KEEP_ACCOUNTS = ("account_administrator", "security_administrator")
OF_ASSET = ("inventory:asset", "inventory:asset_chart", "inventory:asset_readings")


def every_page(county: County) -> list[str]:
    """One address of each page, in Xianxi where it is about a place."""
    asset = county.assets["codec"].pk
    return [
        *(reverse(name) for name in LISTS),
        *(reverse(name, args=[asset]) for name in OF_ASSET),
        reverse("inventory:place", args=[county.xianxi.pk]),
    ]


def foreign_pages(county: County) -> list[str]:
    """Of the neighbouring county, which no account here may see."""
    asset = county.assets["foreign"].pk
    return [
        *(reverse(name, args=[asset]) for name in OF_ASSET),
        reverse("inventory:place", args=[county.foreign.pk]),
        reverse("inventory:place", args=[county.neighbour.pk]),
    ]


@pytest.mark.parametrize("role", [role for role in DEFAULT_ROLES if role not in KEEP_ACCOUNTS])
def test_each_role_sees_each_page_of_its_places(role: str, county: County, visit: Visit) -> None:
    statuses = {path: visit(role, path).status_code for path in every_page(county)}
    assert set(statuses.values()) == {200}, statuses


@pytest.mark.parametrize("role", [*KEEP_ACCOUNTS, "nobody"])
def test_who_has_no_equipment_opens_no_page_of_it_and_is_offered_none(
    role: str, county: County, visit: Visit
) -> None:
    assert visit(role, reverse("inventory:asset", args=[county.assets["codec"].pk])).status_code == 404
    statuses = {name: visit(role, reverse(name)).status_code for name in OF_EQUIPMENT}
    assert set(statuses.values()) == {403}, statuses
    home = text_of(visit(role, reverse("home"), language="en"))
    assert "Your account sees no equipment" in home
    assert "No line is down." not in home
    assert not [name for name in OF_EQUIPMENT if f'href="{reverse(name)}"' in home]


@pytest.mark.parametrize("role", ["nobody", "township_officer", "county_administrator"])
def test_the_first_steps_count_what_their_reader_may_see(role: str, county: County, visit: Visit) -> None:
    page = text_of(visit(role, reverse("first_steps"), language="en"))
    told = re.findall(r"(\d+) pieces? recorded", page)
    seen = visible(Asset.objects.all(), county.users[role], "inventory.view_asset").count()
    assert told == ([str(seen)] if seen else [])
    assert ("accounts" in page.partition("<main")[2]) is (role == "county_administrator")


@pytest.mark.parametrize("role", DEFAULT_ROLES)
def test_what_lies_elsewhere_does_not_exist(role: str, county: County, visit: Visit) -> None:
    statuses = {path: visit(role, path).status_code for path in foreign_pages(county)}
    assert set(statuses.values()) == {404}, statuses


@pytest.mark.parametrize("role", DEFAULT_ROLES)
def test_no_list_names_what_lies_elsewhere(role: str, visit: Visit) -> None:
    for name in LISTS:
        response = visit(role, reverse(name))
        body = b"".join(response) if response.streaming else response.content
        assert "桃江" not in body.decode()
        assert "马迹塘" not in body.decode()


def test_an_officer_sees_the_own_township_alone(county: County, visit: Visit) -> None:
    assert visit("township_officer", reverse("inventory:place", args=[county.yanxi.pk])).status_code == 404
    assert (
        visit("township_officer", reverse("inventory:asset", args=[county.assets["cut"].pk])).status_code
        == 404
    )
    incident = Incident.objects.get()
    assert visit("township_officer", reverse("monitoring:incident", args=[incident.pk])).status_code == 404
    for name in ("home", "inventory:asset_list", "inventory:place_list", "monitoring:overview"):
        assert "烟溪" not in text_of(visit("township_officer", reverse(name)))


def test_whoever_is_not_signed_in_is_asked_to(county: County, client: Client) -> None:
    for path in every_page(county):
        assert client.get(path).headers["Location"].startswith(reverse("organisation:sign_in"))


@pytest.mark.parametrize("role", ["leadership", "auditor"])
def test_who_may_only_look_can_change_nothing(role: str, county: County, visit: Visit) -> None:
    asset, doubt = county.assets["codec"].pk, Doubt.objects.get()
    posts = {
        reverse("inventory:asset_sighting", args=[asset]): {"found": "yes", "on": "2026-01-05"},
        reverse("inventory:asset_waive", args=[asset]): {
            "mark": "unused",
            "reason": "x",
            "until": "2099-01-01",
        },
        reverse("monitoring:settle_doubt", args=[doubt.pk]): {"rebind": "0"},
    }
    assert {visit(role, path, data=data).status_code for path, data in posts.items()} == {403}
    page = text_of(visit(role, reverse("inventory:asset", args=[asset])))
    assert "我看到了" not in page
    assert "豁免到某一天" not in page


def test_posting_about_what_lies_elsewhere_finds_nothing(county: County, visit: Visit) -> None:
    foreign = county.assets["foreign"].pk
    assert visit("it_staff", reverse("inventory:asset_sighting", args=[foreign]), data={}).status_code == 404
    assert visit("it_staff", reverse("inventory:asset_waive", args=[foreign]), data={}).status_code == 404
