"""The roles a county begins with, and what each may do."""

import pytest
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.utils.translation import override

from itops.organisation.actions.accounts import (
    create_account,
    ensure_roles,
    give_new_permissions,
    newest_permission,
)
from itops.organisation.models import Role
from itops.organisation.roles import (
    DEFAULT_ROLES,
    Power,
    covers,
    holds_all_of,
    powers,
    without_combined_powers,
)

pytestmark = pytest.mark.django_db


def permissions(role: Role) -> set[str]:
    rows = role.permissions.values_list("content_type__app_label", "codename")
    return {f"{app}.{codename}" for app, codename in rows}


def test_every_default_role_exists_with_permissions() -> None:
    roles = ensure_roles(by="test")
    assert set(roles) == set(DEFAULT_ROLES)
    assert all(permissions(role) for role in roles.values())


def test_leadership_decides_on_plans_and_projects_and_changes_nothing_else() -> None:
    leadership = ensure_roles(by="test")["leadership"]
    beyond_looking = {one for one in permissions(leadership) if ".view_" not in one}
    assert beyond_looking == {"planning.publish_plan", "planning.advance_project"}


def test_an_auditor_adds_own_checkpoints_and_changes_nothing_that_others_wrote() -> None:
    auditor = ensure_roles(by="test")["auditor"]
    beyond_looking = {one for one in permissions(auditor) if ".view_" not in one}
    assert beyond_looking == {"workforce.export_logentry", "workforce.add_checkpoint"}


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


def test_the_three_powers_lie_in_three_roles() -> None:
    """三员: who opens accounts grants nothing, who grants opens none, and who audits does neither."""
    held = {code: powers(permissions(role)) for code, role in ensure_roles(by="test").items()}
    assert held["account_administrator"] == {Power.ACCOUNTS}
    assert held["security_administrator"] == {Power.GRANTS}
    assert held["auditor"] == {Power.AUDIT}
    assert held["county_administrator"] == set(Power)


def test_a_city_reader_and_a_machine_see_no_person() -> None:
    roles = ensure_roles(by="test")
    for code in ("city_reader", "machine"):
        assert "organisation.view_person" not in permissions(roles[code])


def test_combined_powers_are_all_taken_away() -> None:
    held = {"organisation.add_user": ["1"], "organisation.add_grant": ["1.2"], "inventory.view_asset": ["1"]}
    assert without_combined_powers(held) == {"inventory.view_asset": ["1"]}
    assert without_combined_powers({"organisation.add_user": ["1"]}) == {"organisation.add_user": ["1"]}


def test_holding_all_means_each_permission_over_each_place() -> None:
    mine = {"a.view_x": ["1"], "a.add_x": ["1.2"]}
    assert holds_all_of(mine, {"a.view_x": ["1.5", "1"], "a.add_x": ["1.2.3"]})
    assert not holds_all_of(mine, {"a.add_x": ["1.20"]})
    assert not holds_all_of(mine, {"a.delete_x": ["1.2"]})


def test_a_new_version_gives_its_permissions_to_the_default_roles_and_changes_nothing_else() -> None:
    roles = ensure_roles(by="test")
    it_staff, own = roles["it_staff"], Role.objects.create(code="own", name="Own")
    taken = Permission.objects.get(codename="add_manufacturer")
    it_staff.permissions.remove(taken)
    before = newest_permission()
    asset = ContentType.objects.get(app_label="inventory", model="asset")
    for codename in ("scan_asset", "view_assetscan"):
        Permission.objects.create(codename=codename, content_type=asset, name=codename)
    give_new_permissions(after=before, by="test")
    assert {"inventory.scan_asset", "inventory.view_assetscan"} <= permissions(it_staff)
    assert "inventory.view_assetscan" in permissions(roles["city_reader"])
    assert "inventory.scan_asset" not in permissions(roles["city_reader"])
    assert "inventory.add_manufacturer" not in permissions(it_staff)
    assert permissions(own) == set()
