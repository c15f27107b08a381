"""What tests of pages share: a small county, and visiting an address as one of its accounts."""

from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from pytest_django import Settings

from tests.support.county import County

Visit = Callable[..., HttpResponse]


@pytest.fixture
def county(small_county_database: tuple[str, County], db: None) -> County:
    """What a test does to it is rolled back; the copy is its own."""
    return deepcopy(small_county_database[1])


@pytest.fixture
def visit(client: Client, county: County, settings: Settings) -> Visit:
    """`visit("it_staff", "/assets/", language="en", data={…})`; POST when there is data."""
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}

    def go(
        who: str, path: str, *, language: str = "zh-hans", data: dict[str, str] | None = None, **headers: str
    ) -> Any:
        client.force_login(county.users[who])
        client.cookies["django_language"] = language
        if data is not None:
            return client.post(path, data, headers=headers)
        return client.get(path, headers=headers)

    return go


def text_of(response: Any) -> str:
    return str(response.content.decode())
