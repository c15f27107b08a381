"""The frame of a page is kept between requests, and is never that of another reader."""

import pytest
from django.core.cache import cache
from django.test import Client

from tests.support.pages import Visit, text_of

pytestmark = pytest.mark.django_db
SEARCH = 'role="search"'


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    cache.clear()


def test_who_is_not_signed_in_is_offered_no_search_after_somebody_elses_missing_page(visit: Visit) -> None:
    missing = visit("county_administrator", "/no-such-page/", language="en")
    assert missing.status_code == 404
    assert SEARCH in text_of(missing)
    assert SEARCH not in text_of(Client().get("/sign-in/", headers={"Accept-Language": "en"}))


def test_who_is_signed_in_keeps_the_search_on_a_missing_page_after_others_signed_in(visit: Visit) -> None:
    assert SEARCH not in text_of(Client().get("/sign-in/", headers={"Accept-Language": "en"}))
    assert SEARCH in text_of(visit("county_administrator", "/no-such-page/", language="en"))
