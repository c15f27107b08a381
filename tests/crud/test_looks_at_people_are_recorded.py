"""Whoever sees people in a list, on a page, in a file or over REST stands in the record of looks at personal data."""

from typing import Any, cast

import pytest
from django.urls import reverse
from django.utils import timezone

from inventory.models import Asset
from inventory.pages.assets import ASSETS
from itops.crud.directory import OFFICES, PEOPLE
from itops.crud.resource import Resource
from itops.organisation.models import AccessRecord, Person
from itops.organisation.scope import visible
from tests.support.county import County
from tests.support.pages import Visit, text_of
from tests.support.records import AT_WORK, enrolment_at, hours_at, session_at
from workforce.models import AttendanceSheet
from workforce.pages.posts import ASSIGNMENTS
from workforce.pages.sessions import ENROLMENTS
from workforce.pages.skills import HELD_SKILLS

pytestmark = pytest.mark.django_db

WHO = "it_staff"
Look = tuple[str, str, int, str]


def looks(county: County) -> list[Look]:
    records = AccessRecord.objects.filter(user=county.users[WHO]).order_by("pk")
    return [(one.act, one.what, one.count, one.of_whom) for one in records]


@pytest.fixture
def person(county: County) -> Person:
    found = Person.objects.filter(office__place=county.xianxi).first()
    assert found is not None
    return found


def test_a_list_counts_the_people_it_showed(county: County, person: Person, visit: Visit) -> None:
    page = text_of(visit(WHO, f"{PEOPLE.list_url}?q={person.name}"))
    assert person.name in page
    assert looks(county) == [("view", "people", page.count('name="pk"'), "")]


def test_a_list_of_nobody_and_a_list_of_offices_are_no_look(county: County, visit: Visit) -> None:
    visit(WHO, f"{PEOPLE.list_url}?q=无此人")
    visit(WHO, OFFICES.list_url)
    assert looks(county) == []


def test_a_page_and_a_form_name_the_person(county: County, person: Person, visit: Visit) -> None:
    for page in ("", "edit"):
        assert visit(WHO, PEOPLE.url(page, person.pk)).status_code == 200
    assert looks(county) == [("view", "person", 1, person.name)] * 2


def test_a_file_and_suggestions_count(county: County, person: Person, visit: Visit) -> None:
    exported: Any = visit(WHO, f"{PEOPLE.list_url}export/csv/?q={person.name}")
    rows = len(b"".join(exported).splitlines()) - 1
    visit(WHO, f"{PEOPLE.url('suggest')}?q={person.name}")
    assert looks(county) == [("export", "people", rows, ""), ("view", "people", rows, "")]


@pytest.mark.parametrize("page", ["", "sheet/"])
def test_a_session_and_its_sheet_show_who_takes_part(county: County, visit: Visit, page: str) -> None:
    session = enrolment_at(county.xianxi).session
    AttendanceSheet.objects.create(
        session=session, year=2026, serial=1, made_at=timezone.now(), made_by=county.users[WHO]
    )
    path = reverse("workforce:trainingsession", args=[session.pk])
    assert session.enrolments.get().person.name in text_of(visit(WHO, f"{path}{page}"))
    assert looks(county) == [("view", "training", 1, "")]


def test_a_session_in_which_nobody_takes_part_is_no_look(county: County, visit: Visit) -> None:
    visit(WHO, reverse("workforce:trainingsession", args=[session_at(county.xianxi).pk]))
    assert looks(county) == []


def test_hours_that_wait_for_approval_name_whose_they_are(county: County, visit: Visit) -> None:
    name = hours_at(county.xianxi).person.name
    assert name in text_of(visit(WHO, reverse("workforce:approving")))
    assert looks(county) == [("view", "training", 1, "")]


@pytest.mark.parametrize("file", ["export/csv/", "export/xlsx/", "export.csv"])
def test_a_file_of_equipment_tells_how_many_persons_it_names(county: County, visit: Visit, file: str) -> None:
    b"".join(cast("Any", visit(WHO, f"{ASSETS.list_url}{file}")))
    answering = visible(Asset.objects.filter(archived=False), county.users[WHO], "inventory.view_asset")
    persons = answering.exclude(responsible=None).values("responsible").distinct().count()
    assert persons
    assert looks(county) == [("export", "people", persons, "")]


def test_a_file_without_persons_is_no_look(county: County, visit: Visit) -> None:
    """Because it has no such column, or because its reader may not see persons."""
    for who, path in ((WHO, OFFICES.list_url), ("city_reader", ASSETS.list_url)):
        b"".join(cast("Any", visit(who, f"{path}export/csv/")))
    assert not AccessRecord.objects.exists()


def test_a_township_whose_people_are_shown_is_a_look(county: County, person: Person, visit: Visit) -> None:
    people = Person.objects.filter(office__place=county.xianxi, archived=False).count()
    page = text_of(visit(WHO, reverse("inventory:place", args=[county.xianxi.pk])))
    assert person.name in page
    assert looks(county) == [("view", "people", people, "")]


@pytest.mark.parametrize(
    ("resource", "what"),
    [(HELD_SKILLS, "skills"), (ASSIGNMENTS, "skills"), (ENROLMENTS, "training")],
    ids=["held", "assigned", "enrolled"],
)
def test_what_people_can_do_and_learn_is_personal(
    resource: Resource, what: str, county: County, visit: Visit
) -> None:
    one = AT_WORK[resource.name](county.xianxi)
    visit(WHO, resource.list_url)
    visit(WHO, resource.url("", one.pk))
    list(cast("Any", visit(WHO, reverse(f"exchange:{resource.name}_export_csv"))))
    assert looks(county) == [("view", what, 1, ""), ("view", what, 1, str(one)), ("export", what, 1, "")]


def test_rest_counts_too(county: County, person: Person, client: Any) -> None:
    client.force_login(county.users[WHO])
    listed = client.get("/api/directory/people/").json()["results"]
    client.get(f"/api/directory/people/{person.pk}/")
    assert looks(county) == [("view", "people", len(listed), ""), ("view", "person", 1, person.name)]
