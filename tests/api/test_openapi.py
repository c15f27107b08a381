"""The OpenAPI document is one, is complete, and whatever is asked by it is answered as it says."""

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, settings
from openapi_spec_validator import validate
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import response_schema_conformance, status_code_conformance

from itops.crud.resource import Resource
from itops.organisation.actions.tokens import make_token
from itops.site.resources import RESOURCES, SHOWN
from tests.api.conftest import Call
from tests.support.county import County
from tests.support.records import example

pytestmark = pytest.mark.django_db

CHECKS = (not_a_server_error, status_code_conformance, response_schema_conformance)
ALL = (*RESOURCES, *SHOWN)
EVERY = pytest.mark.parametrize("resource", ALL, ids=[one.key for one in ALL])


@pytest.fixture(autouse=True)
def one_connection() -> Iterator[None]:
    """As Django's own test client: a request neither begins nor ends the test's connection."""
    request_started.disconnect(close_old_connections)
    request_finished.disconnect(close_old_connections)
    yield
    request_started.connect(close_old_connections)
    request_finished.connect(close_old_connections)


def test_the_document_is_valid_and_has_every_resource(county: County, call: Call) -> None:
    found = call("it_staff", "GET", "schema/").json()
    validate(found)
    for resource in RESOURCES:
        many, one = found["paths"][address(resource)], found["paths"][f"{address(resource)}{{id}}/"]
        assert {"get", "post", "put", "patch", "delete"} <= many.keys()
        assert {"get", "put", "patch", "delete"} <= one.keys()


def test_every_path_of_the_document_is_asked(county: County, call: Call) -> None:
    found = set(call("it_staff", "GET", "schema/").json()["paths"])
    asked = {path for path in found if any(path.startswith(address(one)) for one in ALL)}
    assert found - asked == {"/api/", "/api/status/"}
    for path in found - asked:
        assert call("it_staff", "GET", path.removeprefix("/api/")).status_code == 200


@EVERY
def test_no_operation_fails(resource: Resource, county: County) -> None:
    ask_everything(resource, county, examples=5)


@pytest.mark.soak
@EVERY
def test_no_operation_fails_however_often(resource: Resource, county: County) -> None:
    ask_everything(resource, county, examples=300)


def ask_everything(resource: Resource, county: County, *, examples: int) -> None:
    example(resource, county)
    _token, key = make_token(user=county.users["county_administrator"], name="tests", read_only=False)
    headers = {"Authorization": f"Token {key}"}
    for operation in operations(resource, headers):

        @settings(
            max_examples=examples,
            deadline=None,
            database=None,
            derandomize=True,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(case=operation.as_strategy())
        def ask(case: Any) -> None:
            case.call_and_validate(checks=CHECKS, headers=headers)

        ask()


def operations(resource: Resource, headers: dict[str, str]) -> Iterator[Any]:
    """Those of the resource, asked of the program itself within this process."""
    schema = schemathesis.openapi.from_wsgi("/api/schema/", get_wsgi_application(), headers=headers)
    for found in schema.include(path_regex=f"^{address(resource)}").get_all_operations():
        yield found.ok()  # type: ignore[union-attr]  # what is no operation raises here


def address(resource: Resource) -> str:
    return f"/api/{resource.namespace}/{resource.path}/"
