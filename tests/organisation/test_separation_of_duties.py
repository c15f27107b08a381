"""三员分立: accounts, grants and audit lie in different hands, whatever the grants say."""

import pytest
from django.core.exceptions import PermissionDenied
from pytest_django import Settings

from itops.organisation.actions import managing
from itops.organisation.actions.accounts import create_account, ensure_roles, grant
from itops.organisation.actions.managing import Refusal, Refused
from itops.organisation.models import Place, Role, User
from itops.organisation.roles import Power
from itops.organisation.scope import may

KEEPERS = {
    "system": "account_administrator",
    "security": "security_administrator",
    "auditor": "auditor",
    "chief": "county_administrator",
}


@pytest.fixture
def county(country: dict[str, Place], settings: Settings) -> Place:
    settings.ITOPS_SEPARATE_DUTIES = True
    return country["anhua"]


@pytest.fixture
def roles(county: Place) -> dict[str, Role]:
    return ensure_roles(by="test")


@pytest.fixture
def people(county: Place, roles: dict[str, Role]) -> dict[str, User]:
    made = {}
    for name, role in KEEPERS.items():
        made[name] = create_account(by="test", username=name, place=county)
        grant(by="test", user=made[name], role=roles[role], place=county)
    return made


def test_each_of_the_three_does_their_own_and_no_other(
    people: dict[str, User], roles: dict[str, Role], county: Place
) -> None:
    new = managing.open_account(by=people["system"], username="li", place=county)
    managing.give_role(new, by=people["security"], role=roles["it_staff"], place=county)
    managing.hand_out_link(new, by=people["system"])
    with pytest.raises(PermissionDenied):
        managing.open_account(by=people["security"], username="wu", place=county)
    with pytest.raises(PermissionDenied):
        managing.give_role(new, by=people["system"], role=roles["it_staff"], place=county)
    for act in (managing.hand_out_link, managing.close_account):
        with pytest.raises(PermissionDenied):
            act(new, by=people["auditor"])


def test_who_was_given_all_three_has_none_and_keeps_the_rest(people: dict[str, User], county: Place) -> None:
    chief = people["chief"]
    denied = ("organisation.add_user", "organisation.add_grant", "organisation.view_accessrecord")
    assert not any(may(chief, permission, county) for permission in denied)
    assert may(chief, "inventory.change_asset", county)


def test_a_second_power_cannot_be_given(
    people: dict[str, User], roles: dict[str, Role], county: Place
) -> None:
    with pytest.raises(Refused) as refused:
        managing.give_role(people["system"], by=people["security"], role=roles["auditor"], place=county)
    assert refused.value.why == Refusal.COMBINES


def test_nobody_gives_roles_to_themselves(
    people: dict[str, User], roles: dict[str, Role], county: Place
) -> None:
    with pytest.raises(Refused) as refused:
        managing.give_role(people["security"], by=people["security"], role=roles["it_staff"], place=county)
    assert refused.value.why == Refusal.ONESELF


def test_who_opens_accounts_cannot_enter_as_those_who_grant_or_audit(people: dict[str, User]) -> None:
    for other in ("security", "auditor"):
        with pytest.raises(Refused) as refused:
            managing.hand_out_link(people[other], by=people["system"])
        assert refused.value.why == Refusal.OTHER_POWER


def test_the_screen_is_told_who_holds_what(people: dict[str, User]) -> None:
    fresh = list(User.objects.order_by("pk"))
    holders = managing.holders_of_powers(fresh)
    assert {power: [str(one) for one in ones] for power, ones in holders.items()} == {
        Power.ACCOUNTS: ["system"],
        Power.GRANTS: ["security"],
        Power.AUDIT: ["auditor"],
    }


def test_switched_off_one_account_may_hold_all(
    people: dict[str, User], county: Place, settings: Settings
) -> None:
    settings.ITOPS_SEPARATE_DUTIES = False
    people["chief"].forget_held()
    managing.open_account(by=people["chief"], username="li", place=county)
