"""A list, an addition and a change ask the database as often for many as for few; no reference is asked for alone."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from inventory.marks.kind import Kind
from inventory.models import Asset
from itops.crud.resource import Resource
from itops.site.resources import RESOURCES
from tests.api.conftest import Call
from tests.support.county import County, add
from tests.support.records import example

pytestmark = pytest.mark.django_db

ASSETS = "inventory/assets/"


def counted(call: Call, verb: str, path: str, data: object = None) -> int:
    call("it_staff", "GET", "")  # the token's use is noted once a minute
    with CaptureQueriesContext(connection) as queries:
        assert call("it_staff", verb, path, data).status_code in (200, 201)
    return len([one for one in queries if "SAVEPOINT" not in one["sql"]])


@pytest.mark.parametrize("resource", RESOURCES, ids=[one.key for one in RESOURCES])
def test_a_list_has_a_ceiling(resource: Resource, county: County, call: Call) -> None:
    example(resource, county)
    assert counted(call, "GET", f"{resource.namespace}/{resource.path}/?limit=0") <= 11


def test_more_equipment_asks_no_more(county: County, call: Call) -> None:
    before = counted(call, "GET", ASSETS)
    for number in range(5):
        add(county, county.yanxi, Kind.COMPUTER, f"AH-YX-9{number}", "办公电脑", probed=False)
    assert counted(call, "GET", ASSETS) == before <= 11


def test_a_hundred_are_added_with_as_many_questions_as_two(county: County, call: Call) -> None:
    def rows(prefix: str, count: int) -> list[dict[str, str]]:
        plain = {"name": "电脑", "kind": "computer", "place": "仙溪镇", "office": "仙溪镇民政所"}
        return [plain | {"tag": f"{prefix}-{number}"} for number in range(count)]

    two = counted(call, "POST", ASSETS, rows("A", 2))
    assert counted(call, "POST", ASSETS, rows("B", 100)) == two <= 16
    keys = list(Asset.objects.filter(tag__startswith="B-").values_list("pk", flat=True))
    few = counted(call, "PATCH", ASSETS, [{"id": key, "name": "新"} for key in keys[:2]])
    assert counted(call, "PATCH", ASSETS, [{"id": key, "name": "新名"} for key in keys]) == few <= 18
