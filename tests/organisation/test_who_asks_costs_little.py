"""Knowing who asks and what they may costs three queries a page, however often the page asks."""

import pytest
from django.test import Client
from django.urls import reverse

from itops.organisation.actions.accounts import ensure_roles, grant
from itops.organisation.models import Place, User
from itops.organisation.scope import granted_paths, may, visible


def test_all_grants_are_asked_for_once(
    country: dict[str, Place], user: User, django_assert_num_queries: object
) -> None:
    roles = ensure_roles(by="test")
    grant(by="test", user=user, role=roles["it_staff"], place=country["qingtangpu"])
    grant(by="test", user=user, role=roles["auditor"], place=country["anhua"])
    with django_assert_num_queries(1):  # type: ignore[operator]
        assert len(granted_paths(user, "organisation.view_office")) == 2
        assert granted_paths(user, "organisation.change_office") == [country["qingtangpu"].path]
        assert not may(user, "organisation.add_user", country["anhua"])
        visible(Place.objects.all(), user, "organisation.view_place", place="")


@pytest.mark.usefixtures("country")
def test_a_page_asks_for_session_account_and_grants_once_each(
    client: Client, user: User, django_assert_num_queries: object
) -> None:
    client.force_login(user)
    with django_assert_num_queries(4):  # type: ignore[operator]
        # session, account with its person, grants; then the page's own: the calendars
        client.get(reverse("organisation:calendars"))
