"""A mistaken entry is deleted with its parts and tags; whatever refers to it, by key or by name, holds it."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import override

from inventory.pages.assets import ASSETS
from itops.crud.directory import OFFICES, PEOPLE
from itops.crud.history import references_among
from itops.crud.resource import Resource
from itops.extras.actions import set_tags, write_note
from itops.extras.models import CustomField, Tag, Tagging
from itops.files.actions import attach
from itops.organisation.models import Office, OfficeStaff, Person
from tests.support.county import County
from tests.support.pages import Visit, text_of

pytestmark = pytest.mark.django_db

WHO = "county_administrator"


@pytest.fixture
def office(county: County) -> Office:
    made = Office.objects.create(place=county.xianxi, name="误录", calendar=county.calendar, staff=3)
    assert OfficeStaff.objects.filter(office=made).exists()
    return made


def kinds(resource: Resource, instance: Any) -> list[tuple[str, int]]:
    with override("en"):
        return list(references_among(resource, [instance.pk]).get(instance.pk, ()))


def test_an_office_entered_by_mistake_goes_with_its_numbers_and_tags(
    county: County, office: Office, visit: Visit
) -> None:
    tag = Tag.objects.create(name="待更新", slug="renew")
    set_tags(by=county.users[WHO], model=OFFICES.key, object_id=office.pk, tags=[tag])
    assert visit(WHO, OFFICES.url("delete", office.pk), data={}).status_code == 302
    assert not Office.objects.filter(pk=office.pk).exists()
    assert not OfficeStaff.objects.filter(office_id=office.pk).exists()
    assert not Tagging.objects.exists()


def test_the_same_over_rest(county: County, office: Office, client: Any) -> None:
    client.force_login(county.users[WHO])
    assert client.delete(f"/api/directory/offices/{office.pk}/").status_code == 204


def test_an_office_with_people_stays(county: County, office: Office, visit: Visit) -> None:
    Person.objects.create(office=office, name="刘敏", pinyin="liumin")
    refused = visit(WHO, OFFICES.url("delete", office.pk), data={}, language="en")
    assert refused.status_code == 409
    assert "person 1" in text_of(refused)
    assert Office.objects.filter(pk=office.pk).exists()


def test_notes_and_files_hold_it(county: County, office: Office, client: Any) -> None:
    by = county.users[WHO]
    write_note(by=by, model=OFFICES.key, object_id=office.pk, text="有人写过")
    attach(by=by, model=OFFICES.key, object_id=office.pk, upload=SimpleUploadedFile("a.txt", b"a"))
    assert kinds(OFFICES, office) == [("note", 1), ("attachment", 1)]
    client.force_login(by)
    client.cookies["django_language"] = "en"
    refused = client.delete(f"/api/directory/offices/{office.pk}/")
    assert refused.status_code == 409
    assert refused.json()["records"] == [{"id": office.pk, "references": {"note": 1, "attachment": 1}}]


def test_own_fields_that_name_a_person_hold_it(county: County, office: Office) -> None:
    person = Person.objects.create(office=office, name="经办", pinyin="jingban")
    CustomField.objects.create(model=ASSETS.key, key="buyer", label_zh="经办人", type="person")
    old = county.assets["old"]
    old.custom = {"buyer": person.pk}
    old.save()
    assert kinds(PEOPLE, person) == [("asset", 1)]
    old.custom = {}
    old.save()
    assert kinds(PEOPLE, person) == []
