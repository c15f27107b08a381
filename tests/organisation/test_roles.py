"""The roles a county begins with, and what each may do."""

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from itops.organisation.actions.accounts import create_account, ensure_roles
from itops.organisation.models import Role
from itops.organisation.roles import DEFAULT_ROLES, covers

pytestmark = pytest.mark.django_db


def permissions(role: Role) -> set[str]:
    rows = role.permissions.values_list("content_type__app_label", "codename")
    return {f"{app}.{codename}" for app, codename in rows}


def test_every_default_role_exists_with_permissions() -> None:
    roles = ensure_roles(by="test")
    assert set(roles) == set(DEFAULT_ROLES)
    assert all(permissions(role) for role in roles.values())


def test_who_only_looks_changes_nothing() -> None:
    roles = ensure_roles(by="test")
    for code in ("leadership", "auditor"):
        assert all(".view_" in permission for permission in permissions(roles[code]))


def test_secrets_of_probing_are_for_staff_alone() -> None:
    roles = ensure_roles(by="test")
    holders = {code for code, role in roles.items() if "monitoring.view_credential" in permissions(role)}
    assert holders == {"county_administrator", "it_staff"}


def test_staff_open_no_accounts() -> None:
    assert "organisation.add_user" not in permissions(ensure_roles(by="test")["it_staff"])


def test_a_role_that_the_county_changed_stays_so() -> None:
    role = ensure_roles(by="test")["auditor"]
    role.permissions.clear()
    assert permissions(ensure_roles(by="test")["auditor"]) == set()


def test_names_follow_the_readers_language_until_the_county_gives_its_own() -> None:
    role = ensure_roles(by="test")["auditor"]
    with override("en"):
        assert str(role) == "Auditor"
    role.name = "审计局"
    assert str(role) == "审计局"


def test_a_pattern_with_an_exclamation_mark_forbids() -> None:
    assert covers(("a.*", "!a.b"), "a.c")
    assert not covers(("a.*", "!a.b"), "a.b")


def test_a_weak_password_is_refused() -> None:
    with pytest.raises(ValidationError):
        create_account(by="test", username="li", password="short")
