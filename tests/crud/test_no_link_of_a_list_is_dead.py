"""What a list links to under its own address is there: adding, import, export, each record, its pages and views."""

import re
from typing import Any

import pytest

from itops.crud.resource import Resource
from itops.site.resources import RESOURCES, SHOWN
from tests.support.county import County
from tests.support.pages import Visit, text_of
from tests.support.records import example

pytestmark = pytest.mark.django_db

EVERY = (*RESOURCES, *SHOWN)
LINK = re.compile(r'href="([^"#]+)"')


@pytest.mark.parametrize("resource", EVERY, ids=[one.name for one in EVERY])
def test_each_link_of_the_list_leads_somewhere(resource: Resource, county: County, visit: Visit) -> None:
    if resource in RESOURCES:
        example(resource, county)
    who = "county_administrator"
    links = set(LINK.findall(text_of(visit(who, resource.list_url))))
    own = {one.replace("&amp;", "&") for one in links if one.startswith(resource.list_url)}
    assert resource in SHOWN or {f"{resource.list_url}export/{kind}/?" for kind in ("csv", "xlsx")} <= own
    assert {one: status(visit(who, one)) for one in own} == dict.fromkeys(own, 200)


def status(answer: Any) -> int:
    """Files are read to their end."""
    if answer.streaming:
        list(answer)
    return int(answer.status_code)
