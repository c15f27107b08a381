"""Programs are answered in JSON whatever goes wrong; people get a page."""

from typing import Any

import pytest
from django.http import HttpRequest
from django.test import Client

from itops.api.views import Status
from tests.api.conftest import Call

pytestmark = pytest.mark.django_db
NOWHERE = ("nowhere/at/all/", "inventory/no-such-things/", "inventory/assets/x/", "nowhere/")


@pytest.mark.parametrize("path", NOWHERE)
def test_an_unknown_address_is_told_in_json(call: Call, path: str) -> None:
    answer = call("it_staff", "GET", path, **{"accept-language": "en"})
    assert (answer.status_code, answer["content-type"]) == (404, "application/json")
    assert answer.json() == {"detail": "Not found."}


def test_in_the_language_that_was_asked_for(call: Call) -> None:
    said = call("it_staff", "GET", "nowhere/at/all/", **{"accept-language": "zh-hans"}).json()["detail"]
    assert not said.isascii()


def breaking(error: Exception) -> Any:
    def get(_view: Status, _request: HttpRequest) -> None:
        raise error

    return get


def test_an_error_that_nobody_caught_is_told_in_json(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Status, "get", breaking(RuntimeError("secret")))
    monkeypatch.setattr(Client, "__init__", lenient(Client.__init__))
    answer = call("it_staff", "GET", "status/", **{"accept-language": "en"})
    assert (answer.status_code, answer["content-type"]) == (500, "application/json")
    assert answer.json() == {"detail": "A server error occurred."}


def lenient(begin: Any) -> Any:
    """A client to whom the server's errors are answers, as they are to programs."""

    def begin_leniently(self: Client, *args: Any, **kwargs: Any) -> None:
        begin(self, *args, **{**kwargs, "raise_request_exception": False})

    return begin_leniently


def test_what_is_refused_outside_the_interface_stays_a_page(client: Client) -> None:
    answer = client.get("/nowhere/at/all/")
    assert answer.status_code == 404
    assert answer["content-type"].startswith("text/html")
