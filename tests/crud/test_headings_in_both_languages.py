"""Headings of every list are in the reader's language, whichever columns are chosen."""

import re

import pytest
from django.urls import reverse

from itops.crud.resource import Resource
from itops.site.pages.assets import LEDGER
from itops.site.resources import RESOURCES, SHOWN
from tests.support.county import County
from tests.support.pages import Visit, text_of
from tests.support.records import example

pytestmark = pytest.mark.django_db

# A page of its own in the list's place has no columns to choose; its words are tested beside it.
LISTS = [one for one in (*RESOURCES, *SHOWN) if "list" not in one.overrides]
EACH = pytest.mark.parametrize("resource", LISTS, ids=[one.name for one in LISTS])
SAID_IN_BOTH = re.compile(r"\b(ID|IP|MAC|CPU|GB/T 14885|GB/T|API)\b")


def headings(page: str) -> list[str]:
    head = page[page.index("<thead") : page.index("</thead>")]
    cells = (re.sub(r"<[^>]+>", " ", cell) for cell in re.findall(r"<th\b.*?</th>", head, re.DOTALL))
    return [text for cell in cells if (text := " ".join(cell.split()))]


def everything(resource: Resource) -> str:
    names = [name for name in resource.table.base_columns if name != "tick"]
    return f"{resource.list_url}?{'&'.join(f'columns={name}' for name in names)}"


@EACH
def test_in_chinese(resource: Resource, county: County, visit: Visit) -> None:
    example(resource, county)
    found = headings(text_of(visit("county_administrator", everything(resource))))
    assert len(found) >= 2
    assert [one for one in found if re.search("[A-Za-z]", SAID_IN_BOTH.sub("", one))] == []


@EACH
def test_in_english(resource: Resource, county: County, visit: Visit) -> None:
    example(resource, county)
    page = text_of(visit("county_administrator", everything(resource), language="en"))
    assert [one for one in headings(page) if re.search("[\u4e00-\u9fff]", one)] == []


def test_the_ledger(county: County, visit: Visit) -> None:
    page = text_of(visit("county_administrator", everything(LEDGER)))
    assert [one for one in headings(page) if re.search("[A-Za-z]", SAID_IN_BOTH.sub("", one))] == []
    assert reverse("inventory:asset_list") == LEDGER.list_url
