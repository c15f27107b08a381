"""A clone leaves out what must be unique; the archive keeps; only a mistaken entry is deleted."""

import pytest

from inventory.models import Asset, DeviceModel, Manufacturer
from inventory.pages.assets import ASSETS
from inventory.pages.catalogue import MANUFACTURERS
from itops.audit.models import changes_of
from tests.support.county import County
from tests.support.pages import Visit, text_of

pytestmark = pytest.mark.django_db

WHO = "county_administrator"


def test_a_clone_is_filled_in_but_for_its_number_and_serial_number(county: County, visit: Visit) -> None:
    asset = county.assets["codec"]
    Asset.objects.filter(pk=asset.pk).update(serial="SN-ONLY-ONE")
    page = text_of(visit(WHO, ASSETS.url("clone", asset.pk)))
    assert f'value="{asset.name}"' in page
    assert f'value="{asset.tag}"' not in page
    assert "SN-ONLY-ONE" not in page


def test_what_is_archived_leaves_the_list_and_comes_back(county: County, visit: Visit) -> None:
    made = Manufacturer.objects.create(name="老厂")
    assert visit(WHO, MANUFACTURERS.url("archive", made.pk), data={"reason": "停业"}).status_code == 302
    visit(WHO, MANUFACTURERS.url("list"))  # which says what has been done
    assert "老厂" not in text_of(visit(WHO, MANUFACTURERS.url("list")))
    assert "老厂" in text_of(visit(WHO, f"{MANUFACTURERS.url('list')}?archived=only"))
    assert changes_of(made).latest("pk").reason == "停业"
    visit(WHO, MANUFACTURERS.url("unarchive", made.pk), data={})
    assert "老厂" in text_of(visit(WHO, MANUFACTURERS.url("list")))


def test_what_something_refers_to_is_not_deleted(county: County, visit: Visit) -> None:
    made = Manufacturer.objects.create(name="有型号的厂")
    DeviceModel.objects.create(manufacturer=made, name="甲", kind="computer")
    refused = visit(WHO, MANUFACTURERS.url("delete", made.pk), data={"reason": "误录"})
    assert refused.status_code == 409
    assert Manufacturer.objects.filter(pk=made.pk).exists()


def test_a_mistaken_entry_is_deleted(county: County, visit: Visit) -> None:
    made = Manufacturer.objects.create(name="误录的厂")
    assert visit(WHO, MANUFACTURERS.url("delete", made.pk), data={"reason": "误录"}).status_code == 302
    assert not Manufacturer.objects.filter(pk=made.pk).exists()
