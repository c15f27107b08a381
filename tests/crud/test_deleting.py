"""A mistaken entry is deleted with its parts and tags; whatever refers to it, by key or by name, holds it."""

from typing import Any

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import override

from inventory.pages.assets import ASSETS
from itops.crud.directory import OFFICES, PEOPLE
from itops.crud.history import references_among, relations_to
from itops.crud.resource import Resource
from itops.extras.actions import set_tags, write_note
from itops.extras.models import CustomField, Tag, Tagging
from itops.files.actions import attach
from itops.organisation.models import Office, OfficeStaff, Person
from itops.site.resources import RESOURCES
from tests.support.county import County
from tests.support.pages import Visit, text_of
from workforce.models import TargetIndicator, TargetScore, TargetSheet

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


def test_whatever_refers_to_a_record_is_looked_at() -> None:
    """Told another way: every key of every model, whether or not it has a name on the other side."""
    pointing = {
        (field.related_model, model._meta.label, field.name)
        for model in apps.get_models()
        for field in [*model._meta.concrete_fields, *model._meta.local_many_to_many]
        if field.is_relation
    }
    for resource in RESOURCES:
        known = {(one.related_model._meta.label, one.field.name) for one in relations_to(resource.model)}
        assert known == {(label, name) for to, label, name in pointing if to is resource.model}, resource.name


def test_what_is_referred_to_without_a_name_on_its_side_stays(
    county: County, client: Any, visit: Visit
) -> None:
    indicator = TargetIndicator.objects.create(year=2026, name="设备完好率", weight=10)
    sheet = TargetSheet.objects.create(year=2026, place=county.xianxi)
    TargetScore.objects.create(sheet=sheet, indicator=indicator, score=90)
    client.force_login(county.users[WHO])
    refused = client.delete(
        f"/api/workforce/target-indicators/{indicator.pk}/", headers={"accept-language": "en"}
    )
    assert refused.status_code == 409
    assert refused.json()["records"] == [{"id": indicator.pk, "references": {"target score": 1}}]
    assert TargetIndicator.objects.filter(pk=indicator.pk).exists()
