"""Looking after others' accounts gives nobody more than they hold."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse

from itops.organisation.actions import managing
from itops.organisation.actions.accounts import create_account, ensure_roles, grant
from itops.organisation.actions.managing import Refusal, Refused
from itops.organisation.actions.sign_in_links import use_link
from itops.organisation.actions.tokens import authenticate_token, make_token
from itops.organisation.models import Place, Role, User

Country = dict[str, Place]


@pytest.fixture
def roles(db: None) -> dict[str, Role]:
    return ensure_roles(by="test")


def account(name: str, role: Role | None, place: Place) -> User:
    made = create_account(by="test", username=name, place=place)
    if role:
        grant(by="test", user=made, role=role, place=place)
    return made


@pytest.fixture
def county_admin(country: Country, roles: dict[str, Role]) -> User:
    return account("admin", roles["county_administrator"], country["anhua"])


@pytest.fixture
def township_admin(country: Country, roles: dict[str, Role]) -> User:
    return account("small", roles["county_administrator"], country["qingtangpu"])


def test_an_account_is_opened_let_in_and_closed(county_admin: User, country: Country) -> None:
    made = managing.open_account(by=county_admin, username="li", place=country["qingtangpu"])
    link = use_link(managing.hand_out_link(made, by=county_admin))
    assert link is not None
    assert link.user == made
    _, key = make_token(user=made, name="script")
    managing.close_account(made, by=county_admin)
    assert authenticate_token(key, "") is None
    managing.reopen_account(made, by=county_admin)
    assert authenticate_token(key, "") is None


def test_accounts_of_other_places_are_out_of_reach(
    county_admin: User, roles: dict[str, Role], country: Country
) -> None:
    foreign = account("foreign", None, country["taojiang"])
    with pytest.raises(PermissionDenied):
        managing.hand_out_link(foreign, by=county_admin)
    with pytest.raises(PermissionDenied):
        managing.open_account(by=county_admin, username="li", place=country["taojiang"])
    own = account("own", None, country["qingtangpu"])
    with pytest.raises(PermissionDenied):
        managing.change_account(own, by=county_admin, username="own", place=country["city"], person=None)


def test_a_mightier_account_cannot_be_taken_over(
    county_admin: User, township_admin: User, country: Country
) -> None:
    User.objects.filter(pk=county_admin.pk).update(place=country["qingtangpu"])
    county_admin.refresh_from_db()
    for act in (
        managing.hand_out_link,
        managing.hand_out_password,
        managing.close_account,
        managing.take_second_factor,
        managing.end_sessions,
        managing.unlock,
    ):
        with pytest.raises(Refused) as refused:
            act(county_admin, by=township_admin)
        assert refused.value.why == Refusal.HOLDS_MORE


def test_a_closed_account_counts_by_the_roles_that_wait_for_it(
    county_admin: User, township_admin: User, country: Country
) -> None:
    User.objects.filter(pk=county_admin.pk).update(place=country["qingtangpu"], is_active=False)
    county_admin.refresh_from_db()
    with pytest.raises(Refused):
        managing.reopen_account(county_admin, by=township_admin)


def test_nobody_gives_what_they_do_not_hold(
    township_admin: User, roles: dict[str, Role], country: Country
) -> None:
    other = account("other", None, country["qingtangpu"])
    managing.give_role(other, by=township_admin, role=roles["auditor"], place=country["qingtangpu"])
    with pytest.raises(PermissionDenied):
        managing.give_role(other, by=township_admin, role=roles["auditor"], place=country["anhua"])
    giver = account("giver", roles["security_administrator"], country["qingtangpu"])
    with pytest.raises(Refused) as refused:
        managing.give_role(other, by=giver, role=roles["it_staff"], place=country["qingtangpu"])
    assert refused.value.why == Refusal.NOT_HELD
    with pytest.raises(Refused):
        managing.take_role(other.grants.get(), by=giver)


def test_nobody_closes_their_own_account(county_admin: User) -> None:
    with pytest.raises(Refused):
        managing.close_account(county_admin, by=county_admin)


def test_a_handed_out_password_must_be_changed(client: Client, county_admin: User, country: Country) -> None:
    made = managing.open_account(by=county_admin, username="li", place=country["qingtangpu"])
    password = managing.hand_out_password(made, by=county_admin)
    client.post(reverse("organisation:sign_in"), {"username": "li", "password": password})
    answer = client.get(reverse("organisation:calendars"))
    assert answer["Location"] == reverse("organisation:password")


def test_whoever_came_by_link_chooses_a_password_without_knowing_one(
    client: Client, county_admin: User, country: Country
) -> None:
    made = managing.open_account(by=county_admin, username="li", place=country["qingtangpu"])
    token = managing.hand_out_link(made, by=county_admin)
    client.get(reverse("organisation:sign_in_once", args=[token]))
    new = {"new_password1": "a long enough one", "new_password2": "a long enough one"}
    assert client.post(reverse("organisation:password"), new).status_code == 302
    assert client.get(reverse("organisation:calendars")).status_code == 200
    made.refresh_from_db()
    assert made.check_password("a long enough one")
    again = {"new_password1": "yet another one", "new_password2": "yet another one"}
    assert client.post(reverse("organisation:password"), again).status_code == 200


def test_a_name_that_is_taken_is_refused(county_admin: User, country: Country) -> None:
    with pytest.raises(ValidationError):
        managing.open_account(by=county_admin, username="admin", place=country["qingtangpu"])


def test_demanding_a_second_factor_signs_out_who_has_none(
    client: Client, county_admin: User, roles: dict[str, Role], country: Country
) -> None:
    officer = account("officer", roles["township_officer"], country["qingtangpu"])
    client.force_login(officer)
    managing.demand_second_factor(roles["township_officer"], by=county_admin, demanded=True)
    assert client.get(reverse("organisation:calendars")).status_code == 302
    with pytest.raises(PermissionDenied):
        managing.demand_second_factor(roles["township_officer"], by=officer, demanded=False)
