"""Under which headings amounts are yuan, and under which whole fen."""

import pytest

from inventory.pages.assets import ASSETS
from itops.crud.resource import Resource
from itops.exchange.columns import columns, meanings
from itops.exchange.reading.words import key
from planning.pages.projects import LEDGER_LINES
from planning.pages.sources import FUNDING_SOURCES, REMEDY_TERMS

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "resource", [ASSETS, FUNDING_SOURCES, REMEDY_TERMS, LEDGER_LINES], ids=lambda one: one.name
)
def test_what_an_export_writes_in_yuan_is_read_in_yuan(resource: Resource) -> None:
    known, amounts = meanings(resource), [one for one in columns(resource) if one.money]
    assert amounts
    for one in amounts:
        assert known[one.name] == type(one)(one.name, one.field)
        for language in ("zh-hans", "en"):
            assert known[key(one.heading(language))].money


def test_a_heading_in_fen_is_whole_fen() -> None:
    found = meanings(ASSETS)
    assert not found[key("购置金额（分）")].money
    assert found[key("购置金额（元）")].money
