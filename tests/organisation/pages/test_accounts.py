"""The pages of accounts: in scope alone, each deed by its button, secrets shown once, looks recorded."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from itops.organisation.actions.accounts import create_account
from itops.organisation.models import AccessRecord, Office, Person, Role, SignInLink, User
from itops.organisation.roles import DEFAULT_ROLES
from tests.support.county import County
from tests.support.pages import Visit, text_of

KEEP = {"county_administrator", "account_administrator"}
SEE = KEEP | {"auditor", "security_administrator"}


@pytest.fixture
def foreign(county: County) -> User:
    return create_account(by="test", username="foreign", place=county.foreign)


def of(name: str, account: User, *more: object) -> str:
    return reverse(f"organisation:{name}", args=[account.pk, *more])


@pytest.mark.parametrize("role", [*DEFAULT_ROLES, "nobody"])
def test_each_role_sees_the_pages_it_should(role: str, county: County, visit: Visit) -> None:
    listed = visit(role, reverse("organisation:accounts")).status_code
    opened = visit(role, reverse("organisation:new_account")).status_code
    shown = visit(role, of("account_of", county.users["it_staff"])).status_code
    roles = visit(role, reverse("organisation:roles")).status_code
    records = visit(role, reverse("organisation:access_records")).status_code
    sees = role in SEE
    assert (listed, shown, roles) == ((200, 200, 200) if sees else (403, 404, 403))
    assert opened == (200 if role in KEEP else 403)
    assert records == (200 if role in {"county_administrator", "auditor"} else 403)


def test_accounts_elsewhere_do_not_exist(foreign: User, visit: Visit) -> None:
    who = "county_administrator"
    assert "foreign" not in text_of(visit(who, reverse("organisation:accounts")))
    for path in (
        of("account_of", foreign),
        of("edit_account", foreign),
    ):
        assert visit(who, path).status_code == 404
    for path in (
        of("hand_out_link", foreign),
        of("hand_out_password", foreign),
        of("give_role", foreign),
        of("account_deed", foreign, "close"),
    ):
        assert visit(who, path, data={}).status_code == 404
    assert not SignInLink.objects.exists()


def test_an_account_is_opened_with_a_new_person_and_a_role(county: County, visit: Visit) -> None:
    office = Office.objects.get(place=county.xianxi)
    given = {
        "username": "xx-liu",
        "place": str(county.xianxi.pk),
        "name": "刘海燕",
        "office": str(office.pk),
        "role": str(Role.objects.get(code="township_officer").pk),
    }
    answer = visit("county_administrator", reverse("organisation:new_account"), data=given)
    made = User.objects.get(username="xx-liu")
    assert answer["Location"] == of("account_of", made)
    assert (str(made.person), made.grants.get().role.code) == ("刘海燕", "township_officer")


def test_what_is_wrong_leaves_nothing_behind(county: County, visit: Visit) -> None:
    office = Office.objects.get(place=county.xianxi)
    before = Person.objects.count()
    given = {"username": "it_staff", "place": str(county.xianxi.pk), "name": "某", "office": str(office.pk)}
    assert visit("county_administrator", reverse("organisation:new_account"), data=given).status_code == 200
    assert Person.objects.count() == before


def test_a_link_and_a_password_are_shown_once(client: Client, county: County, visit: Visit) -> None:
    officer = county.users["township_officer"]
    page = visit("county_administrator", of("hand_out_link", officer), data={})
    assert "no-store" in page["Cache-Control"]
    link = re.search(r'value="(http://testserver/sign-in/once/[^"]+)"', text_of(page))
    assert link is not None
    assert Client().get(link[1]).status_code == 302
    page = visit("county_administrator", of("hand_out_password", officer), data={})
    password = re.search(r'value="([a-z2-9]{4}(?:-[a-z2-9]{4}){3})"', text_of(page))
    assert password is not None
    officer.refresh_from_db()
    assert officer.check_password(password[1])


def test_closing_and_opening_again(county: County, visit: Visit) -> None:
    officer = county.users["township_officer"]
    visit("county_administrator", of("account_deed", officer, "close"), data={})
    officer.refresh_from_db()
    assert not officer.is_active
    visit("county_administrator", of("account_deed", officer, "reopen"), data={})
    officer.refresh_from_db()
    assert officer.is_active
    assert visit("county_administrator", of("account_deed", officer, "invented"), data={}).status_code == 404


def test_deeds_need_a_post(county: County, visit: Visit) -> None:
    assert (
        visit("county_administrator", of("account_deed", county.users["nobody"], "close")).status_code == 405
    )


def test_a_refusal_is_said_on_the_page(county: County, visit: Visit) -> None:
    given = {
        "role": str(Role.objects.get(code="it_staff").pk),
        "place": str(county.county.pk),
    }
    visit("security_administrator", of("give_role", county.users["nobody"]), data=given)
    page = text_of(visit("security_administrator", of("account_of", county.users["nobody"])))
    assert "不能由您授予" in page
    assert not county.users["nobody"].grants.exists()


def test_an_account_administrator_is_told_why_a_mightier_account_is_not_theirs(
    county: County, visit: Visit
) -> None:
    page = text_of(visit("account_administrator", of("account_of", county.users["it_staff"])))
    assert "超出您的权限" in page
    assert of("hand_out_link", county.users["it_staff"]) not in page


def test_separated_duties_are_shown(county: County, visit: Visit, settings: Settings) -> None:
    settings.ITOPS_SEPARATE_DUTIES = True
    page = text_of(visit("account_administrator", reverse("organisation:accounts")))
    assert "已实行三员分立" in page
    combined = text_of(visit("account_administrator", of("account_of", county.users["county_administrator"])))
    assert "三项权限均不生效" in combined


def test_looks_are_recorded_and_shown_to_auditors(county: County, visit: Visit) -> None:
    visit("county_administrator", of("account_of", county.users["it_staff"]))
    record = AccessRecord.objects.get()
    assert (record.user, record.of_whom, record.address) == (
        county.users["county_administrator"],
        "it_staff",
        "127.0.0.1",
    )
    page = text_of(visit("auditor", reverse("organisation:access_records") + "?q=it_staff&act=view"))
    assert "127.0.0.1" in page
    none = text_of(visit("auditor", reverse("organisation:access_records") + "?act=export&since=x"))
    assert "127.0.0.1" not in none


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_second_factor_of_a_role_is_switched(language: str, county: County, visit: Visit) -> None:
    role = Role.objects.get(code="it_staff")
    path = reverse("organisation:second_factor_of_role", args=[role.pk])
    assert visit("it_staff", path, data={"demanded": "1"}).status_code == 403
    visit("county_administrator", path, data={"demanded": "1"}, language=language)
    role.refresh_from_db()
    assert role.second_factor
