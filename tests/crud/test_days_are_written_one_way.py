"""Lists write every day and moment the office's way, 2026-11-22 09:30, in either language."""

import pytest
from django.db.models import BooleanField, DateField
from django_tables2 import BooleanColumn, DateColumn, DateTimeColumn

from inventory.pages.requests import REQUESTS
from itops.crud.resource import Resource
from itops.crud.rows import field_at
from itops.site.resources import RESOURCES, SHOWN
from tests.support.county import County
from tests.support.pages import Visit, text_of
from tests.support.records import example

EVERY = pytest.mark.parametrize("resource", [*RESOURCES, *SHOWN], ids=lambda one: one.name)


@EVERY
def test_no_column_leaves_days_or_ticks_to_the_library(resource: Resource) -> None:
    """Which writes them otherwise in each language, and a tick as a picture without a word."""
    columns = resource.table.base_columns
    told = {
        name for name in columns if isinstance(field_at(resource.model, [name]), DateField | BooleanField)
    }
    library = DateColumn | DateTimeColumn | BooleanColumn
    assert [name for name in told if isinstance(columns[name], library)] == []


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_moment_is_told_in_local_time(county: County, visit: Visit, language: str) -> None:
    one = example(REQUESTS, county)
    type(one)._default_manager.filter(pk=one.pk).update(sent_on="2026-03-05T01:30:00Z")
    shown = text_of(visit("county_administrator", "/requests/", language=language))
    assert '<td class="nowrap">2026-03-05 09:30</td>' in shown
