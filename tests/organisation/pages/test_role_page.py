"""The page of a role: its permissions by kind of record, who holds it where; changed by few, seen by some."""

import re

import pytest
from django.apps import apps
from django.contrib.auth.models import Permission
from django.urls import reverse
from pytest_django import Settings

from itops.audit.models import Change
from itops.organisation.models import Role
from itops.organisation.pages.roles import AREAS
from itops.organisation.roles import DEFAULT_ROLES
from tests.support.county import County
from tests.support.pages import Visit, text_of

SEE = {"county_administrator", "account_administrator", "auditor", "security_administrator"}
CHANGE = {"county_administrator", "security_administrator"}


def of(code: str) -> str:
    return reverse("organisation:role", args=[Role.objects.get(code=code).pk])


@pytest.mark.parametrize("who", [*DEFAULT_ROLES, "nobody"])
def test_each_role_sees_and_changes_what_it_should(who: str, county: County, visit: Visit) -> None:
    before = Role.objects.get(code="leadership").codes()
    assert visit(who, of("leadership")).status_code == (200 if who in SEE else 403)
    assert visit(who, reverse("organisation:new_role")).status_code == (200 if who in CHANGE else 403)
    changed = visit(who, of("leadership"), data={"name": ""}).status_code
    assert changed == (302 if who in CHANGE else 403)
    assert (Role.objects.get(code="leadership").codes() == before) == (who not in CHANGE)


def test_a_tick_is_kept_and_stands_in_the_change_record(county: County, visit: Visit) -> None:
    who = "county_administrator"
    before = Role.objects.get(code="leadership").permissions.count()
    key = Permission.objects.get(codename="change_asset", content_type__app_label="inventory").pk
    page = text_of(visit(who, of("leadership"), language="en"))
    assert f'value="{key}" aria-label="Asset: change">' in page
    data = {"name": "领导班子", "allows": [str(key)], "reason": "分管领导可改"}
    assert visit(who, of("leadership"), data=data).status_code == 302
    role = Role.objects.get(code="leadership")
    assert role.codes() == {"inventory.change_asset"}
    assert str(role) == "领导班子"
    recorded = Change.objects.filter(of_model="organisation.role", of_id=role.pk, reason="分管领导可改")
    assert {one.model for one in recorded} == {"organisation.role", "organisation.role_permissions"}
    assert recorded.filter(action="delete").count() == before
    assert recorded.filter(action="add").count() == 1


def test_a_refusal_keeps_what_was_ticked(county: County, visit: Visit, settings: Settings) -> None:
    settings.ITOPS_SEPARATE_DUTIES = True
    both = Permission.objects.filter(codename__in=["add_user", "view_accessrecord"])
    data = {"name": "", "allows": [str(one.pk) for one in both]}
    refused = visit("security_administrator", of("leadership"), data=data, language="en")
    assert refused.status_code == 422
    assert "two of accounts, grants and audit" in text_of(refused)
    assert text_of(refused).count(" checked") == 2


def test_a_new_role_is_added_and_a_mistaken_one_deleted(county: County, visit: Visit) -> None:
    who = "county_administrator"
    visit(who, reverse("organisation:new_role"), data={"name": "库管"})
    made = Role.objects.get(name="库管")
    assert "库管" in text_of(visit(who, reverse("organisation:roles")))
    assert visit(who, reverse("organisation:drop_role", args=[made.pk]), data={}).status_code == 302
    assert not Role.objects.filter(pk=made.pk).exists()


def test_every_permission_that_the_program_has_can_be_ticked(county: County, visit: Visit) -> None:
    page = text_of(visit("county_administrator", of("leadership"), language="en"))
    own = {app.label for app in apps.get_app_configs() if app.label in AREAS}
    permissions = Permission.objects.filter(content_type__app_label__in=own)
    keys = {one.pk for one in permissions if one.content_type.model_class()}
    assert keys == {int(key) for key in re.findall(r'name="allows" value="(\d+)"', page)}
    assert 'aria-label="Plan: publish" checked>' in page
