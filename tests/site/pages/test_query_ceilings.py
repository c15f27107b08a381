"""A page asks the database a number of times that does not grow with the equipment."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from inventory.actions.marking import mark
from inventory.marks.kind import Kind
from tests.support.county import County, add, endpoint_of
from tests.support.pages import Visit

CEILINGS = {
    "home": 34,
    "inventory:asset_list": 26,
    "inventory:place_list": 20,
    "monitoring:overview": 40,
    "inventory:place": 46,
    "inventory:standards": 26,
}


def address(name: str, county: County) -> str:
    return reverse(name, args=[county.xianxi.pk] if name == "inventory:place" else [])


def counted(visit: Visit, path: str) -> int:
    visit("it_staff", path)  # signing in is not the page's
    with CaptureQueriesContext(connection) as queries:
        assert visit("it_staff", path).status_code == 200
    return len(queries)


@pytest.mark.parametrize("name", CEILINGS)
def test_more_equipment_asks_no_more(name: str, county: County, visit: Visit) -> None:
    path = address(name, county)
    before = counted(visit, path)
    behind = endpoint_of(county.assets["switch"])
    for number in range(6):
        add(
            county,
            county.xianxi,
            Kind.COMPUTER,
            f"AH-XX-9{number}",
            "办公电脑",
            behind=behind,
            days=3,
            users=1,
        )
    mark(timezone.localdate())
    assert counted(visit, path) <= before
    assert before <= CEILINGS[name]


def test_an_asset_with_everything_stays_under_its_ceiling(county: County, visit: Visit) -> None:
    assert counted(visit, reverse("inventory:asset", args=[county.assets["codec"].pk])) <= 52
