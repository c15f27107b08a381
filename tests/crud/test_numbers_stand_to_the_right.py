"""In lists numbers stand to the right, with their headings; names, words, days and choices to the left."""

import re

import pytest

from inventory.models import DeviceModel
from itops.crud.directory import OFFICES
from itops.crud.tables import NameColumn, RecordTable, YesColumn
from itops.extras.models import CustomField
from itops.organisation.models import Office
from planning.pages.sources import FUNDING_SOURCES
from tests.support.county import County
from tests.support.pages import Visit, text_of
from tests.support.records import funding_source


class Models(RecordTable):
    end_of_support = NameColumn("inventory:devicemodel")
    archived = YesColumn()

    class Meta(RecordTable.Meta):
        model = DeviceModel
        fields = ("end_of_support", "name", "kind", "minimum_years", "archived")


def test_of_its_columns_the_numbers_alone() -> None:
    right = [
        name for name, one in Models.base_columns.items() if one.attrs.get("td", {}).get("class") == "num"
    ]
    assert right == ["minimum_years"]


class Named(RecordTable):
    minimum_years = NameColumn("inventory:devicemodel")

    class Meta(RecordTable.Meta):
        model = DeviceModel
        fields = ("minimum_years",)


def test_a_number_that_is_the_record_s_name_stands_where_names_do() -> None:
    assert Named.base_columns["minimum_years"].attrs == {}


@pytest.mark.django_db
def test_heads_and_cells_say_so_and_the_county_s_own_numbers_too(county: County, visit: Visit) -> None:
    CustomField.objects.create(model="organisation.office", key="rooms", label_zh="房间数", type="number")
    Office.objects.update(custom={"rooms": 37}, staff=41)
    page = visit("county_administrator", f"{OFFICES.list_url}?columns=name&columns=staff&columns=cf_rooms")
    said = page.content.decode()
    assert said.count('<th scope="col" class="num"') == 2
    assert '<td class="num">41</td>' in said
    assert '<td class="num">37</td>' in said
    assert '<td class="num">' not in said.split("<tbody>")[1].split("</a>")[0]


@pytest.mark.django_db
def test_each_heading_begins_with_a_capital(county: County, visit: Visit) -> None:
    funding_source()
    page = text_of(visit("county_administrator", FUNDING_SOURCES.list_url, language="en"))
    heads = re.findall(r'<th scope="col"[^>]*>(?:<a[^>]*>)?([^<]+)', page)
    assert "Amount in yuan" in heads
    assert [one for one in heads if one[:1].islower()] == []
