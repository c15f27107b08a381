"""The interface is asked in the small county, by tokens of its accounts."""

from collections.abc import Callable
from typing import Any

import orjson
import pytest
from django.test import Client

from itops.organisation.actions.tokens import make_token
from tests.support.county import County
from tests.support.pages import county

__all__ = ["county"]

Call = Callable[..., Any]


@pytest.fixture
def call(county: County) -> Call:
    """`call("it_staff", "GET", "inventory/assets/?kind=computer")`, with `data` as JSON; the answer's `.json()`."""
    keys: dict[str, str] = {}

    def key_of(who: str) -> str:
        if who not in keys:
            keys[who] = make_token(user=county.users[who], name="tests", read_only=False)[1]
        return keys[who]

    def ask(who: str, verb: str, path: str, data: object = None, **headers: str) -> Any:
        headers = {"authorization": f"Token {key_of(who)}", **headers}
        body = b"" if data is None else orjson.dumps(data)
        return Client().generic(verb, f"/api/{path}", body, content_type="application/json", headers=headers)

    return ask
