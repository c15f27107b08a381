"""Columns and page size are remembered for their reader alone; views are kept by name and may be shared."""

import pytest

from inventory.models import Manufacturer
from inventory.pages.catalogue import MANUFACTURERS
from itops.crud.models import SavedView
from tests.support.county import County
from tests.support.pages import Visit, text_of

pytestmark = pytest.mark.django_db

LIST = "/manufacturers/"


@pytest.fixture(autouse=True)
def makers(county: County) -> None:
    Manufacturer.objects.create(name="联想", name_en="Lenovo", slug="lenovo-list")
    Manufacturer.objects.create(name="华为", name_en="Huawei", slug="huawei-list")


def heads(page: str) -> str:
    return page[page.index("<thead>") : page.index("</thead>")]


def test_columns_are_remembered_for_their_reader_alone(visit: Visit) -> None:
    visit("it_staff", f"{LIST}?columns=name&columns=slug", language="en")
    assert "Short name" in heads(text_of(visit("it_staff", LIST, language="en")))
    assert "Short name" not in heads(text_of(visit("county_administrator", LIST, language="en")))


def test_a_shared_view_shows_its_records_to_others(visit: Visit) -> None:
    data = {"name": "只看联想", "shared": "on", "query": "q=联想&page=3"}
    visit("it_staff", MANUFACTURERS.url("save_view"), data=data)
    kept = SavedView.objects.get(name="只看联想")
    assert "只看联想" in text_of(visit("leadership", LIST))
    shown = text_of(visit("leadership", f"{LIST}?{kept.address}"))
    assert ("联想" in shown, "华为" in shown) == (True, False)


def test_a_view_shows_its_columns_and_leaves_the_readers_own_as_they_were(visit: Visit) -> None:
    data = {"name": "只看简称", "shared": "on", "query": "columns=slug&q=联想"}
    visit("it_staff", f"{MANUFACTURERS.url('save_view')}?columns=slug", data=data, language="en")
    kept = SavedView.objects.get(name="只看简称")
    before = heads(text_of(visit("leadership", LIST, language="en")))
    shown = text_of(visit("leadership", f"{LIST}?{kept.address}&sort=-slug", language="en"))
    assert "Short name" in heads(shown)
    assert 'aria-current="page">只看简称' in shown.replace(' title="Shared by it_staff"', "")
    assert heads(text_of(visit("leadership", LIST, language="en"))) == before


def test_other_conditions_in_a_view_leave_the_readers_own_columns_as_they_were(visit: Visit) -> None:
    before = heads(text_of(visit("leadership", LIST, language="en")))
    in_the_view = {"HX-Source": "form#filters", "HX-Current-URL": f"http://a{LIST}?columns=slug&saved=7"}
    shown = text_of(visit("leadership", f"{LIST}?columns=slug&q=联想", language="en", **in_the_view))
    assert "Short name" in heads(shown)
    assert heads(text_of(visit("leadership", LIST, language="en"))) == before
    visit("leadership", f"{LIST}?columns=slug&columns=archived", language="en", **in_the_view)
    assert "Archived" in heads(text_of(visit("leadership", LIST, language="en")))


def test_sharing_is_taken_back_by_keeping_the_view_unshared(visit: Visit) -> None:
    data = {"name": "先共享的", "query": "q=联想"}
    visit("it_staff", MANUFACTURERS.url("save_view"), data={**data, "shared": "on"})
    assert "先共享的" in text_of(visit("leadership", LIST))
    visit("it_staff", MANUFACTURERS.url("save_view"), data=data)
    visit("it_staff", LIST)  # which tells that it is kept
    assert SavedView.objects.filter(name="先共享的").count() == 1
    assert "先共享的" not in text_of(visit("leadership", LIST))


def test_a_view_that_is_not_shared_is_ones_own(visit: Visit) -> None:
    visit("it_staff", MANUFACTURERS.url("save_view"), data={"name": "仅自己看的华为", "query": "q=华为"})
    assert "仅自己看的华为" in text_of(visit("it_staff", LIST))
    assert "仅自己看的华为" not in text_of(visit("leadership", LIST))
    view = SavedView.objects.get(name="仅自己看的华为")
    assert visit("leadership", MANUFACTURERS.url("drop_view", view.pk), data={}).status_code == 404
    visit("it_staff", MANUFACTURERS.url("drop_view", view.pk), data={})
    assert not SavedView.objects.filter(name="仅自己看的华为").exists()
