"""Changes of notes, tags and files lie where the record lies on which they hang, and stand on its page."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from itops.audit.models import Change, changes_of
from itops.extras.actions import set_tags, write_note
from itops.extras.models import Tag
from itops.files.actions import attach
from itops.organisation.models import Office, Person
from tests.support.county import County
from tests.support.pages import county

__all__ = ["county"]
pytestmark = pytest.mark.django_db

KINDS = {"extras.note", "extras.tagging", "files.attachment"}


def hang(county: County, model: str, pk: int) -> None:
    by = county.users["county_administrator"]
    write_note(by=by, model=model, object_id=pk, text="看过")
    tag = Tag.objects.get_or_create(name="待更新", slug="renew")[0]
    set_tags(by=by, model=model, object_id=pk, tags=[tag])
    attach(by=by, model=model, object_id=pk, upload=SimpleUploadedFile("清单.txt", b"a"))


def test_of_an_asset_an_office_and_a_person(county: County) -> None:
    office = Office.objects.get(place=county.xianxi)
    person = Person.objects.filter(office=office).first()
    assert person is not None
    asset = county.assets["codec"]
    for row in (asset, office, person):
        hang(county, row._meta.label_lower, row.pk)
        found = changes_of(row).filter(model__in=KINDS)
        assert {one.model for one in found} == KINDS
        assert {one.place_id for one in found} == {county.xianxi.pk}


def test_staff_of_the_township_see_them_and_others_do_not(county: County) -> None:
    asset = county.assets["codec"]
    hang(county, "inventory.asset", asset.pk)
    mine = Change.objects.filter(model__in=KINDS)
    assert mine.seen_by(county.users["it_staff"]).count() == len(KINDS)
    assert not mine.seen_by(county.users["nobody"]).exists()
