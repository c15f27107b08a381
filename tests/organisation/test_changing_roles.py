"""What a role allows is changed by whoever may, and nobody comes to more by it than they should."""

import pytest
from django.contrib.auth.models import Permission
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q
from pytest_django import Settings

from itops.organisation.actions.accounts import create_account, ensure_roles, grant
from itops.organisation.actions.managing import Refusal, Refused
from itops.organisation.actions.roles import add_role, change_role, delete_role
from itops.organisation.models import Place, Role, User


@pytest.fixture
def roles(country: dict[str, Place]) -> dict[str, Role]:
    return ensure_roles(by="test")


def account(roles: dict[str, Role], role: str, place: Place) -> User:
    made = create_account(by="test", username=role, place=place)
    grant(by="test", user=made, role=roles[role], place=place)
    return made


def keys(*codes: str) -> set[int]:
    asked = Q()
    for app, codename in (code.split(".") for code in codes):
        asked |= Q(content_type__app_label=app, codename=codename)
    found = set(Permission.objects.filter(asked).values_list("pk", flat=True))
    assert len(found) == len(codes)
    return found


def every() -> set[int]:
    return set(Permission.objects.values_list("pk", flat=True))


def allow(role: Role, by: User, *codes: str) -> None:
    change_role(role, by=by, name=role.name, allows=keys(*codes), offered=every())


def test_it_allows_what_was_ticked_and_keeps_what_was_not_offered(
    roles: dict[str, Role], country: dict[str, Place]
) -> None:
    chief, role = account(roles, "county_administrator", country["anhua"]), roles["auditor"]
    role.permissions.set(keys("inventory.view_asset", "audit.view_change"))
    offered = keys("inventory.view_asset", "inventory.view_network")
    change_role(role, by=chief, name="审计局", allows=keys("inventory.view_network"), offered=offered)
    role.refresh_from_db()
    assert role.codes() == {"inventory.view_network", "audit.view_change"}
    assert role.name == "审计局"


def test_nobody_puts_into_a_role_what_they_do_not_hold_where_it_is_held(
    roles: dict[str, Role], country: dict[str, Place]
) -> None:
    chief = account(roles, "county_administrator", country["anhua"])
    small = add_role(by=chief, name="库管")
    grant(by="test", user=chief, role=small, place=country["anhua"])
    roles["county_administrator"].permissions.remove(*keys("monitoring.view_credential"))
    chief.forget_held()
    with pytest.raises(Refused) as refused:
        allow(small, chief, "monitoring.view_credential")
    assert refused.value.why == Refusal.BEYOND
    allow(small, chief, "inventory.change_asset")
    assert small.codes() == {"inventory.change_asset"}


def test_nobody_takes_out_of_an_administrators_role_what_they_do_not_hold(
    roles: dict[str, Role], country: dict[str, Place]
) -> None:
    """Else whoever gives roles could leave the county without its administrator."""
    account(roles, "county_administrator", country["anhua"])
    keeper = account(roles, "security_administrator", country["anhua"])
    before = roles["county_administrator"].codes()
    with pytest.raises(Refused) as refused:
        allow(roles["county_administrator"], keeper, "inventory.view_asset")
    assert refused.value.why == Refusal.BEYOND
    assert roles["county_administrator"].codes() == before


def test_whoever_holds_a_role_in_another_county_too_is_out_of_reach(
    roles: dict[str, Role], country: dict[str, Place]
) -> None:
    chief = account(roles, "county_administrator", country["anhua"])
    account(roles, "auditor", country["taojiang"])
    with pytest.raises(PermissionDenied):
        allow(roles["auditor"], chief, "inventory.view_asset")


def test_nobody_takes_from_themselves_the_right_to_change_roles(
    roles: dict[str, Role], country: dict[str, Place]
) -> None:
    chief = account(roles, "county_administrator", country["anhua"])
    with pytest.raises(Refused) as refused:
        allow(roles["county_administrator"], chief, "inventory.view_asset")
    assert refused.value.why == Refusal.OWN_ROLE


@pytest.fixture
def separated(settings: Settings) -> None:
    settings.ITOPS_SEPARATE_DUTIES = True


def test_separated_no_role_comes_to_two_powers(
    separated: None, roles: dict[str, Role], country: dict[str, Place]
) -> None:
    keeper = account(roles, "security_administrator", country["anhua"])
    with pytest.raises(Refused) as refused:
        allow(roles["it_staff"], keeper, "organisation.add_user", "organisation.view_accessrecord")
    assert refused.value.why == Refusal.ROLE_COMBINES
    allow(roles["it_staff"], keeper, "inventory.view_asset")


def test_separated_no_holder_comes_to_a_second_power(
    separated: None, roles: dict[str, Role], country: dict[str, Place]
) -> None:
    keeper = account(roles, "security_administrator", country["anhua"])
    auditor = account(roles, "auditor", country["anhua"])
    grant(by="test", user=auditor, role=roles["leadership"], place=country["anhua"])
    with pytest.raises(Refused) as refused:
        allow(roles["leadership"], keeper, "organisation.add_user")
    assert refused.value.why == Refusal.ROLE_COMBINES


def test_separated_nobody_changes_a_role_of_their_own(
    separated: None, roles: dict[str, Role], country: dict[str, Place]
) -> None:
    keeper = account(roles, "security_administrator", country["anhua"])
    with pytest.raises(Refused) as refused:
        allow(roles["security_administrator"], keeper, "organisation.change_role", "inventory.view_asset")
    assert refused.value.why == Refusal.OWN_ROLE


def test_a_role_that_somebody_holds_is_not_deleted(roles: dict[str, Role], country: dict[str, Place]) -> None:
    chief = account(roles, "county_administrator", country["anhua"])
    small = add_role(by=chief, name="库管")
    held = grant(by="test", user=chief, role=small, place=country["anhua"])
    with pytest.raises(Refused):
        delete_role(small, by=chief)
    held.delete()
    delete_role(small, by=chief)
    assert not Role.objects.filter(name="库管").exists()


def test_two_roles_are_not_called_the_same(roles: dict[str, Role], country: dict[str, Place]) -> None:
    chief = account(roles, "county_administrator", country["anhua"])
    add_role(by=chief, name="库管")
    with pytest.raises(ValidationError):
        add_role(by=chief, name="库管")
