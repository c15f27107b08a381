"""A new installation is led from the printed link to its first equipment; each step can be left and resumed."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from inventory.equipment_list import MOST_BYTES
from inventory.models import Asset
from itops.organisation.actions.accounts import ensure_roles, grant
from itops.organisation.actions.sign_in_links import make_entrance_link
from itops.organisation.models import CalendarDay, Office, Person, Place, User
from itops.site.first_steps import unfinished

pytestmark = pytest.mark.django_db
STEPS = "/first-steps/"
COUNTY, ACCOUNT, EQUIPMENT = f"{STEPS}county/", f"{STEPS}account/", f"{STEPS}equipment/"
FORM = {
    "name": "张工",
    "post": "",
    "username": "zhang",
    "password": "a long enough one",
    "again": "a long enough one",
}


@pytest.fixture(autouse=True)
def in_english(settings: object) -> None:
    settings.LANGUAGE_CODE = "en"  # type: ignore[attr-defined]


@pytest.fixture
def newcomer(client: Client) -> Client:
    """Came by the printed link."""
    answer = client.get(reverse("organisation:sign_in_once", args=[make_entrance_link()]))
    assert (answer.status_code, answer["Location"]) == (302, COUNTY)
    return client


def choose(client: Client, *townships: str) -> None:
    answer = client.post(f"{COUNTY}?county=430923", {"townships": townships})
    assert (answer.status_code, answer["Location"]) == (302, ACCOUNT)


@pytest.fixture
def administrator(newcomer: Client) -> Client:
    choose(newcomer, "430923101", "430923103")
    assert newcomer.post(ACCOUNT, FORM).status_code == 302
    return newcomer


def upload(client: Client, text: str | bytes) -> tuple[int, str]:
    data = text.encode() if isinstance(text, str) else text
    answer = client.post(EQUIPMENT, {"list": "", "file": SimpleUploadedFile("list.csv", data)})
    return answer.status_code, answer.content.decode()


def test_without_the_printed_link_nothing_can_be_set_up(client: Client) -> None:
    for address in (COUNTY, STEPS, EQUIPMENT):
        assert client.get(address).status_code == 302
    client.post(f"{COUNTY}?county=430923", {"townships": ["430923101"]})
    client.post(ACCOUNT, FORM)
    assert client.post(reverse("organisation:another_county")).status_code == 403
    assert not Place.objects.exists()
    assert not User.objects.exists()


def test_from_province_to_townships_by_links_alone(newcomer: Client) -> None:
    assert "?province=43" in newcomer.get(COUNTY).content.decode()
    assert "?county=430923" in newcomer.get(COUNTY, {"province": "43"}).content.decode()
    page = newcomer.get(COUNTY, {"county": "430923"}).content.decode()
    assert len(re.findall(r'name="townships" value="430923\d{3}" checked', page)) == 23


@pytest.mark.parametrize("query", ["province=99", "county=43", "county=430923101", "county=x"])
def test_a_division_that_is_none_is_not_found(newcomer: Client, query: str) -> None:
    assert newcomer.get(f"{COUNTY}?{query}").status_code == 404


def test_a_chosen_county_has_offices_and_a_calendar_with_the_holidays(newcomer: Client) -> None:
    choose(newcomer, "430923101", "430923103")
    assert list(Place.objects.townships().values_list("name", flat=True)) == ["清塘铺镇", "仙溪镇"]
    assert set(Office.objects.values_list("place__name", flat=True)) == {"安化县", "清塘铺镇", "仙溪镇"}
    assert CalendarDay.objects.filter(day="2026-10-01", open=False).exists()


def test_nothing_ticked_is_said_and_nothing_saved(newcomer: Client) -> None:
    assert "tick at least one" in newcomer.post(f"{COUNTY}?county=430923", {}).content.decode()
    newcomer.post(f"{COUNTY}?county=430923", {"townships": ["110101001"]})
    assert not Place.objects.exists()


def test_townships_left_out_can_be_added_later(newcomer: Client) -> None:
    choose(newcomer, "430923101")
    choose(newcomer, "430923103")
    assert Place.objects.townships().count() == 2
    assert Office.objects.count() == 3


def test_a_wrong_county_can_be_taken_back_before_there_is_an_account(newcomer: Client) -> None:
    choose(newcomer, "430923101")
    newcomer.post(reverse("organisation:another_county"))
    assert not Place.objects.exists()
    assert "?province=43" in newcomer.get(COUNTY).content.decode()


def test_the_first_account_administers_the_county_and_is_signed_in(administrator: Client) -> None:
    account = User.objects.get()
    assert administrator.session["_auth_user_id"] == str(account.pk)
    assert account.grants.get().place.name == "安化县"
    assert (str(account), Person.objects.get().pinyin) == ("张工", "zhang1 gong1")
    assert account.password.startswith("argon2")


@pytest.mark.parametrize(
    "wrong",
    [{"again": "another"}, {"password": "short", "again": "short"}, {"username": "a b"}, {"name": ""}],
)
def test_an_unusable_first_account_is_said_beside_the_field(newcomer: Client, wrong: dict[str, str]) -> None:
    choose(newcomer, "430923101")
    page = newcomer.post(ACCOUNT, FORM | wrong)
    assert (page.status_code, User.objects.count()) == (200, 0)
    assert "field-error" in page.content.decode()


def test_the_set_up_is_over_once_there_is_an_account(newcomer: Client) -> None:
    choose(newcomer, "430923101")
    User.objects.create_user("somebody")
    newcomer.post(ACCOUNT, FORM)
    assert newcomer.get(COUNTY).status_code == 302
    assert newcomer.post(reverse("organisation:another_county")).status_code == 403
    assert (User.objects.count(), Place.objects.townships().count()) == (1, 1)


def test_progress_is_read_from_the_data(newcomer: Client) -> None:
    assert "0 of 3 done" in newcomer.get(STEPS).content.decode()
    choose(newcomer, "430923101")
    assert "1 of 3 done" in newcomer.get(STEPS).content.decode()
    newcomer.post(ACCOUNT, FORM)
    assert "2 of 3 done" in newcomer.get(STEPS).content.decode()
    assert unfinished()
    newcomer.post(EQUIPMENT, {"name": "PC", "kind": "computer", "place": Place.objects.townships()[0].pk})
    assert "3 of 3 done" in newcomer.get(STEPS).content.decode()
    assert not unfinished()


def test_a_typed_piece_gets_a_number(administrator: Client) -> None:
    place = Place.objects.get(name="仙溪镇")
    administrator.post(EQUIPMENT, {"name": "PC", "kind": "computer", "place": place.pk})
    assert list(Asset.objects.values_list("tag", "name", "kind", "place__name")) == [
        ("AH-XX-0001", "PC", "computer", "仙溪镇")
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "gbk", "utf-16"])
def test_a_list_is_taken_whole(administrator: Client, encoding: str) -> None:
    text = "名称,类别,乡镇,备注\n财政所电脑,电脑,清塘铺,x\n公示屏一,电子信息公示栏,仙溪镇,\n"
    status, _ = upload(administrator, text.encode(encoding))
    assert status == 302
    assert set(Asset.objects.values_list("tag", "kind")) == {
        ("AH-QTP-0001", "computer"),
        ("AH-XX-0001", "notice_board"),
    }


def test_a_list_with_anything_wrong_is_not_taken_at_all(administrator: Client) -> None:
    status, page = upload(administrator, "name,kind,township\nPC,computer,清塘铺\nB,plane,安平镇\n")
    assert (status, Asset.objects.count()) == (422, 0)
    for expected in ("plane", "安平镇", "2 things are to be put right"):
        assert expected in page


def test_the_same_list_twice_is_refused_the_second_time(administrator: Client) -> None:
    text = "name,kind,township\nPC,computer,清塘铺\n"
    assert upload(administrator, text)[0] == 302
    status, page = upload(administrator, text)
    assert (status, Asset.objects.count()) == (422, 1)
    assert "AH-QTP-0001" in page


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"\xff" * 100, b"x" * (MOST_BYTES + 1)])
def test_rubbish_is_refused_in_a_sentence(administrator: Client, data: bytes) -> None:
    status, page = upload(administrator, data)
    assert status == 422
    assert "1 thing is to be put right" in page


def test_a_township_officer_adds_nothing_and_a_neighbour_is_unknown(
    administrator: Client, client: Client
) -> None:
    officer = User.objects.create_user("officer")
    township = Place.objects.get(name="清塘铺镇")
    grant(by="test", user=officer, role=ensure_roles(by="test")["township_officer"], place=township)
    client.force_login(officer)
    assert client.get(EQUIPMENT).status_code == 403
    grant(by="test", user=officer, role=ensure_roles(by="test")["it_staff"], place=township)
    status, page = upload(client, "name,kind,township\nPC,computer,仙溪镇\n")
    assert (status, Asset.objects.count()) == (422, 0)
    assert "No such township in your scope" in page


def test_the_blank_list_is_taken_as_it_is(administrator: Client) -> None:
    blank = administrator.get(reverse("first_equipment_blank"))
    assert upload(administrator, blank.content)[0] == 302
