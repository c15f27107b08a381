"""A condition that cannot be applied finds nothing and says so: left out, a list, an export and a bulk edit would
mean everything."""

import pytest

from inventory.models import Asset
from itops.crud.models import SavedView
from itops.site.resources import RESOURCES
from tests.support.county import County
from tests.support.pages import Visit, text_of
from tests.support.records import example

pytestmark = pytest.mark.django_db

ADMIN = "county_administrator"


def test_a_shared_view_of_a_place_out_of_reach_shows_nothing_and_says_why(
    visit: Visit, county: County
) -> None:
    query = f"place={county.yanxi.pk}"
    visit(ADMIN, "/assets/views/", data={"name": "外乡", "shared": "on", "query": query})
    view = SavedView.objects.get(name="外乡")
    tag = Asset.objects.filter(place=county.yanxi)[0].tag
    assert tag in text_of(visit(ADMIN, f"/assets/?{view.address}"))
    page = text_of(visit("township_officer", f"/assets/?{view.address}", language="en"))
    assert "Township: Select a valid choice." in page
    assert tag not in page
    assert "AH-XX-05" not in page
    assert "AH-XX-05" in text_of(visit("township_officer", "/assets/"))


def test_every_list_shows_nothing_for_a_tick_that_means_nothing(visit: Visit, county: County) -> None:
    wrong = []
    for resource in RESOURCES:
        example(resource, county)
        form = resource.filters({}, queryset=resource.visible(county.users[ADMIN]), request=None).form
        name = next((name for name, one in form.fields.items() if hasattr(one, "choices")), None)
        if name is None:
            continue
        page = text_of(visit(ADMIN, f"{resource.url('list')}?{name}=nothing-of-the-kind"))
        if 'role="alert"' not in page or "<tbody>" in page:
            wrong.append((resource.name, name))
    assert wrong == []


def test_nor_is_anything_exported_or_changed(visit: Visit) -> None:
    query = "kind=aeroplane"
    exported = visit(ADMIN, f"/assets/export/csv/?{query}").getvalue().decode()
    assert "AH-XX-05" not in exported
    data = {"action": "archive_now", "all_matching": "1", "query": query}
    visit(ADMIN, "/assets/bulk/", data=data)
    assert not Asset.objects.filter(archived=True).exists()


def test_the_change_record_is_as_strict(visit: Visit) -> None:
    page = text_of(visit(ADMIN, "/changes/?action=nothing", language="en"))
    assert "Action: Select a valid choice." in page
    assert 'class="list"' not in page
