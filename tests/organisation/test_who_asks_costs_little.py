"""Knowing who asks and what they may costs two queries a page, however often the page asks."""

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from itops.organisation.actions.accounts import ensure_roles, grant
from itops.organisation.models import Place, User
from itops.organisation.scope import granted_paths, may, visible


def test_all_grants_are_asked_for_once(country: dict[str, Place], user: User) -> None:
    roles = ensure_roles(by="test")
    grant(by="test", user=user, role=roles["it_staff"], place=country["qingtangpu"])
    grant(by="test", user=user, role=roles["auditor"], place=country["anhua"])
    with CaptureQueriesContext(connection) as queries:
        assert len(granted_paths(user, "organisation.view_office")) == 2
        assert granted_paths(user, "organisation.change_office") == [country["qingtangpu"].path]
        assert not may(user, "organisation.add_user", country["anhua"])
        visible(Place.objects.all(), user, "organisation.view_place", place="")
    assert len(queries) == 1


def test_a_page_asks_for_the_session_and_for_the_account_with_its_grants(
    country: dict[str, Place], client: Client, user: User
) -> None:
    client.force_login(user)
    with CaptureQueriesContext(connection) as queries:
        client.get(reverse("organisation:calendars"))
    asked = [query["sql"] for query in queries if query["sql"].lstrip().startswith("SELECT")]
    assert len(asked) == 3  # session, account with person and grants; and the page's own, the calendars
