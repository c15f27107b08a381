"""Columns and filters are declared once for all requests; what one request does to its own reaches no other."""

from copy import deepcopy
from typing import Any

import pytest
from django.test import RequestFactory
from django_filters import Filter

from itops.crud.resource import Resource
from itops.site.resources import RESOURCES
from tests.support.county import County
from tests.support.pages import county

__all__ = ["county"]

LISTED = [pytest.param(one, id=one.key) for one in RESOURCES]


def held_in_common(one: Any, other: Any) -> list[str]:
    """The mappings and the callers that both hold."""
    return [
        name
        for name, value in vars(one).items()
        if (isinstance(value, dict) or type(value).__name__ == "FilterMethod")
        and vars(other).get(name) is value
    ]


@pytest.mark.parametrize("resource", LISTED)
def test_nothing_that_a_request_writes_into_is_held_in_common(resource: Resource) -> None:
    for declared in (resource.table.base_columns, resource.filters.base_filters):
        copied = deepcopy(declared)
        assert list(copied) == list(declared)
        for name, one in declared.items():
            assert copied[name] is not one
            assert held_in_common(one, copied[name]) == [], name


@pytest.mark.parametrize("resource", LISTED)
def test_a_filter_asks_the_set_of_its_own_request(resource: Resource, county: County) -> None:
    request = RequestFactory().get("/")
    request.user = county.users["it_staff"]
    sets = [resource.filters({}, resource.model._default_manager.all(), request=request) for _ in range(2)]
    for one in sets:
        asked: list[Filter] = [each for each in one.filters.values() if each.method is not None]
        assert all(each.filter.f is each and each.parent is one for each in asked)
