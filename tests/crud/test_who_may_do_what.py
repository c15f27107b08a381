"""Each role × each page of each resource, in its own places and in a foreign one, as the role's patterns say."""

from typing import Any

import pytest

from inventory.models import StandardOverride
from itops.crud.resource import Resource
from itops.organisation.models import Level, Office, Person
from itops.organisation.roles import DEFAULT_ROLES, covers
from itops.site.resources import RESOURCES
from tests.support.county import County
from tests.support.pages import Visit
from tests.support.records import AT_WORK, example, exception_at

pytestmark = pytest.mark.django_db

ROLES = pytest.mark.parametrize("role", DEFAULT_ROLES)
OF_A_RECORD = {"": "view", "edit": "change", "clone": "add", "archive": "change", "delete": "delete"}


def holds(role: str, resource: Resource, action: str, county: County) -> bool:
    """As the role's patterns say; what belongs to the whole county is changed from the county alone."""
    allowed = covers(DEFAULT_ROLES[role], resource.permission(action))
    where = county.users[role].grants.get().place
    return allowed and (resource.place is not None or action == "view" or where.level <= Level.COUNTY)


def pages_of(resource: Resource) -> dict[str, str]:
    return {
        page: action for page, action in OF_A_RECORD.items() if resource.archives or page not in {"archive"}
    }


def expected(role: str, resource: Resource, action: str, county: County) -> int:
    if not holds(role, resource, "view", county):
        return 404
    return 200 if holds(role, resource, action, county) else 403


def own(resource: Resource, county: County) -> Any:
    """A record in Xianxi, which lies in every account's places."""
    if resource.place is None:
        return example(resource, county)
    there = {f"{resource.place}__path__under": county.xianxi.path}
    return resource.model._default_manager.filter(**there).first() or example(resource, county)


def foreign(resource: Resource, county: County) -> Any:
    if resource.model is Office:
        return Office.objects.create(place=county.foreign, name="民政办", calendar=county.calendar)
    if resource.model is Person:
        office = Office.objects.create(place=county.foreign, name="股室", calendar=county.calendar)
        return Person.objects.create(office=office, name="外人", pinyin="wairen")
    if resource.model is StandardOverride:
        return exception_at(county.foreign)
    if resource.name in AT_WORK:
        return AT_WORK[resource.name](county.foreign)
    return county.assets["foreign"]


@ROLES
def test_a_record_of_its_places_has_the_pages_that_the_role_allows(
    role: str, county: County, visit: Visit
) -> None:
    wrong = []
    for resource in RESOURCES:
        instance = own(resource, county)
        for page, action in pages_of(resource).items():
            status = visit(role, resource.url(page, instance.pk)).status_code
            if status != expected(role, resource, action, county):
                wrong.append((resource.name, page, status))
    assert wrong == []


@ROLES
def test_lists_and_forms_open_for_those_who_may_use_them(role: str, county: County, visit: Visit) -> None:
    wrong = []
    for resource in RESOURCES:
        example(resource, county)
        for page, action in {"list": "view", "suggest": "view", "add": "add"}.items():
            status = visit(role, resource.url(page)).status_code
            if status != (200 if holds(role, resource, action, county) else 403):
                wrong.append((resource.name, page, status))
    assert wrong == []


@ROLES
def test_many_at_once_follows_the_same_rule(role: str, county: County, visit: Visit) -> None:
    wrong = []
    for resource in RESOURCES:
        data = {"action": "edit", "pk": str(own(resource, county).pk)}
        status = visit(role, resource.url("bulk"), data=data).status_code
        if status != (200 if holds(role, resource, "change", county) else 403):
            wrong.append((resource.name, status))
    assert wrong == []


@ROLES
def test_a_record_elsewhere_does_not_exist(role: str, county: County, visit: Visit) -> None:
    statuses = {}
    for resource in (one for one in RESOURCES if one.place is not None):
        instance = foreign(resource, county)
        for page in pages_of(resource):
            statuses[resource.name, page] = visit(role, resource.url(page, instance.pk)).status_code
    assert set(statuses.values()) == {404}, statuses


@ROLES
def test_a_record_elsewhere_cannot_be_archived_with_others(role: str, county: County, visit: Visit) -> None:
    for resource in (one for one in RESOURCES if one.place is not None and one.archives):
        instance = foreign(resource, county)
        visit(role, resource.url("bulk"), data={"action": "archive_now", "pk": str(instance.pk)})
        instance.refresh_from_db()
        assert not instance.archived
