"""Notes and tags on an asset's page: who sees, writes and takes off."""

import pytest
from django.apps import apps
from django.urls import reverse

from inventory.models import Asset
from itops.extras.actions import set_tags, write_note
from itops.extras.models import Note, Tag
from itops.extras.queries import tagged, tags_by_object
from tests.support.county import County
from tests.support.pages import Visit, text_of

ASSET = "inventory.asset"


@pytest.fixture
def tags(county: County) -> list[Tag]:
    return [
        Tag.objects.create(name="待更新", slug="renew", colour="amber"),
        Tag.objects.create(name="借用", slug="lent"),
    ]


def address(name: str, county: County, asset: str = "codec") -> str:
    return reverse(name, args=[ASSET, county.assets[asset].pk])


def test_an_officer_writes_and_all_who_see_the_asset_read(county: County, visit: Visit) -> None:
    text = "镜头松动。\n已报修 <b>"
    assert (
        visit("township_officer", address("extras:add_note", county), data={"text": text}).status_code == 302
    )
    page = text_of(visit("leadership", reverse("inventory:asset", args=[county.assets["codec"].pk])))
    assert "镜头松动。\n已报修 &lt;b&gt;" in page


def test_who_may_only_look_or_sees_nothing_writes_nothing(county: County, visit: Visit) -> None:
    data = {"text": "x"}
    assert visit("leadership", address("extras:add_note", county), data=data).status_code == 403
    assert visit("it_staff", address("extras:add_note", county, "foreign"), data=data).status_code == 404
    assert visit("nobody", address("extras:add_note", county), data=data).status_code == 404
    assert not Note.objects.exists()


def test_a_note_about_what_is_not_listed_is_refused(county: County, visit: Visit) -> None:
    wrong = reverse("extras:add_note", args=["organisation.user", 1])
    assert visit("county_administrator", wrong, data={"text": "x"}).status_code == 404


def test_an_empty_note_is_refused_in_a_sentence(county: County, visit: Visit) -> None:
    visit("it_staff", address("extras:add_note", county), data={"text": " "})
    page = visit("it_staff", reverse("inventory:asset", args=[county.assets["codec"].pk]))
    assert "备注至少一个字" in text_of(page)


def test_only_the_author_or_staff_takes_a_note_off(county: County, visit: Visit) -> None:
    pk = county.assets["codec"].pk
    note = write_note(by=county.users["it_staff"], model=ASSET, object_id=pk, text="旧")
    address = reverse("extras:remove_note", args=[note.pk])
    assert visit("township_officer", address, data={}).status_code == 403
    assert visit("county_administrator", address, data={}).status_code == 302
    note.refresh_from_db()
    assert note.archived


def test_tags_are_set_on_the_page(county: County, visit: Visit, tags: list[Tag]) -> None:
    visit("it_staff", address("extras:set_tags", county), data={"tags": str(tags[0].pk)})
    page = text_of(visit("auditor", reverse("inventory:asset", args=[county.assets["codec"].pk])))
    assert '<span class="tag tag-amber">待更新</span>' in page
    assert visit("auditor", address("extras:set_tags", county), data={}).status_code == 403


def test_setting_tags_replaces_them_and_doing_it_twice_changes_nothing(
    county: County, tags: list[Tag]
) -> None:
    pk, by = county.assets["codec"].pk, county.users["it_staff"]
    set_tags(by=by, model=ASSET, object_id=pk, tags=tags)
    for _ in range(2):
        set_tags(by=by, model=ASSET, object_id=pk, tags=tags[1:])
    assert tags_by_object(ASSET, [pk]) == {pk: tags[1:]}


def test_a_list_is_narrowed_to_what_carries_all_tags(county: County, tags: list[Tag]) -> None:
    by = county.users["it_staff"]
    both, one = county.assets["codec"], county.assets["good"]
    set_tags(by=by, model=ASSET, object_id=both.pk, tags=tags)
    set_tags(by=by, model=ASSET, object_id=one.pk, tags=tags[:1])
    assert set(tagged(Asset.objects.all(), ["renew"])) == {both, one}
    assert list(tagged(Asset.objects.all(), ["renew", "lent"])) == [both]


@pytest.mark.parametrize("label", ["organisation.office", "organisation.person", "inventory.devicemodel"])
def test_other_things_carry_notes_too(label: str, county: County, visit: Visit) -> None:
    row = apps.get_model(label)._default_manager.order_by("pk")[0]
    written = visit(
        "county_administrator", reverse("extras:add_note", args=[label, row.pk]), data={"text": "核对过"}
    )
    page = visit("county_administrator", written.headers["Location"].partition("#")[0])
    assert "核对过" in text_of(page)


def test_an_officer_writes_nothing_on_what_the_county_shares(county: County, visit: Visit) -> None:
    row = apps.get_model("inventory.devicemodel")._default_manager.order_by("pk")[0]
    address = reverse("extras:add_note", args=["inventory.devicemodel", row.pk])
    assert visit("township_officer", address, data={"text": "x"}).status_code == 403
