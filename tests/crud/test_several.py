"""Tags and many-to-many fields: read and written over REST one by one and in bulk, and changed for many at once."""

from typing import Any

import pytest
from django.contrib.auth.models import Permission

from inventory.pages.assets import ASSETS
from itops.crud.filters import RecordFilter
from itops.crud.intake import store, take
from itops.crud.many import change_many
from itops.crud.resource import Resource
from itops.crud.several import several
from itops.crud.tables import RecordTable
from itops.extras.models import Tag
from itops.extras.queries import tags_by_object
from itops.organisation.models import Role
from tests.support.county import County
from tests.support.pages import Visit, text_of

pytestmark = pytest.mark.django_db

WHO = "county_administrator"
ROLES = Resource(
    model=Role, path="roles", namespace="organisation", table=RecordTable, filters=RecordFilter,
    fields=("code", "name", "permissions"), natural=("name",), place=None, bulk=("permissions",),
)  # fmt: skip


@pytest.fixture
def tags(county: County) -> list[Tag]:
    return [
        Tag.objects.create(name=name, slug=slug) for name, slug in (("待更新", "renew"), ("借出", "lent"))
    ]


def carried(county: County, *names: str) -> list[set[str]]:
    keys = [county.assets[name].pk for name in names]
    found = tags_by_object(ASSETS.key, keys)
    return [{tag.slug for tag in found.get(key, ())} for key in keys]


def test_a_many_to_many_field_is_taken_by_name_and_id(county: County) -> None:
    [one, other] = Permission.objects.order_by("pk")[:2]
    rows: list[dict[str, object]] = [
        {"code": "store", "name": "仓管", "permissions": [one.pk, {"id": other.pk}]},
        {"code": "none", "name": "空", "permissions": []},
    ]
    taken = take(ROLES, rows, user=county.users[WHO])
    assert taken.problems == []
    first, second = store(taken)
    assert set(first.permissions.all()) == {one, other}
    assert not second.permissions.exists()


def test_what_is_not_there_is_said_and_nothing_is_taken(county: County) -> None:
    taken = take(
        ROLES, [{"code": "store", "name": "仓管", "permissions": ["nothing_like_it"]}], user=county.users[WHO]
    )
    assert [(one.field, one.code) for one in taken.problems] == [("permissions", "unknown")]
    assert taken.instances == [None]


def test_many_at_once_add_remove_and_replace(county: County) -> None:
    user = county.users[WHO]
    one, other = Permission.objects.order_by("pk")[:2]
    role = Role.objects.create(code="store", name="仓管")
    found = Role.objects.filter(pk=role.pk)
    for way, chosen, held in (
        ("add", [one], {one}),
        ("add", [other], {one, other}),
        ("remove", [one], {other}),
        ("replace", [one], {one}),
    ):
        change_many(ROLES, found, {"permissions": chosen}, {"permissions": way}, by=user)
        assert set(role.permissions.all()) == held


def test_the_fields_of_a_resource_that_hold_several() -> None:
    assert [one.name for one in several(ROLES)] == ["permissions"]
    assert [one.name for one in several(ASSETS)] == ["tags"]


def test_tags_over_rest(county: County, tags: list[Tag], client: Any) -> None:
    client.force_login(county.users[WHO])
    old, room = county.assets["old"], county.assets["room"]
    body = [{"id": old.pk, "tags": ["renew", {"slug": "lent"}]}, {"id": room.pk, "tags": [tags[0].pk]}]
    answered = client.patch("/api/inventory/assets/", body, content_type="application/json")
    assert answered.status_code == 200, answered.content
    assert [{one["display"] for one in row["tags"]} for row in answered.json()] == [
        {"待更新", "借出"},
        {"待更新"},
    ]
    assert carried(county, "old", "room") == [{"renew", "lent"}, {"renew"}]
    listed = client.get("/api/inventory/assets/?tags=lent").json()
    assert [row["id"] for row in listed["results"]] == [old.pk]
    others = client.get("/api/inventory/assets/?tags__n=renew&limit=1000").json()["results"]
    assert {old.pk, room.pk}.isdisjoint(row["id"] for row in others)
    emptied = client.patch(f"/api/inventory/assets/{old.pk}/", {"tags": []}, content_type="application/json")
    assert emptied.json()["tags"] == []


def test_one_wrong_tag_holds_all_back(county: County, tags: list[Tag], client: Any) -> None:
    client.force_login(county.users[WHO])
    body = [
        {"id": county.assets["old"].pk, "tags": ["renew"]},
        {"id": county.assets["room"].pk, "tags": ["no"]},
    ]
    refused = client.patch("/api/inventory/assets/", body, content_type="application/json")
    assert refused.status_code == 400
    assert set(refused.json()[1]) == {"tags"}
    assert carried(county, "old", "room") == [set(), set()]


def test_whoever_may_change_but_not_tag_is_refused(county: County, tags: list[Tag], client: Any) -> None:
    """A machine changes assets and has nothing to do with tags."""
    client.force_login(county.users["machine"])
    key = county.assets["old"].pk
    body = {"tags": ["renew"]}
    refused = client.patch(f"/api/inventory/assets/{key}/", body, content_type="application/json")
    assert refused.status_code == 403
    assert carried(county, "old") == [set()]


def test_tags_for_many_at_once(visit: Visit, county: County, tags: list[Tag]) -> None:
    keys = [str(county.assets[name].pk) for name in ("old", "room")]
    page = text_of(visit(WHO, ASSETS.url("bulk"), data={"action": "edit", "pk": keys}))
    assert 'name="change_tags"' in page
    data = {"action": "save", "pk": keys, "change_tags": "on", "way_tags": "add", "tags": [str(tags[0].pk)]}
    assert visit(WHO, ASSETS.url("bulk"), data=data).status_code == 302
    assert carried(county, "old", "room") == [{"renew"}, {"renew"}]
