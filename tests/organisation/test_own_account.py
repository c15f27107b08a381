"""My account: tokens are made, shown once and revoked there; nobody reaches another's."""

import re

from django.test import Client
from django.urls import reverse

from itops.organisation.actions.tokens import authenticate_token, make_token
from itops.organisation.models import Place, Token, User
from tests.support.pages import text_of

NEW = {"name": "盘点脚本", "days": "90", "read_only": "on", "networks": "10.1.0.0/16, 10.2.0.1"}


def test_a_token_is_shown_once(client: Client, user: User) -> None:
    client.force_login(user)
    page = client.post(reverse("organisation:new_token"), NEW)
    found = re.search(r'id="key" value="([^"]+)"', text_of(page))
    assert found is not None
    assert "no-store" in page["Cache-Control"]
    token = authenticate_token(found[1], "10.2.0.1")
    assert token is not None
    assert (token.read_only, token.networks) == (True, ["10.1.0.0/16", "10.2.0.1/32"])
    shown = text_of(client.get(reverse("organisation:account")))
    assert token.name in shown
    assert found[1] not in shown


def test_what_is_wrong_stands_beside_its_field(client: Client, user: User) -> None:
    client.force_login(user)
    page = client.post(reverse("organisation:new_token"), NEW | {"networks": "10.1.0.1/16"})
    assert "10.1.0.1/16" in text_of(page)
    assert not Token.objects.exists()


def test_a_token_is_for_a_place_that_the_account_sees(
    client: Client, user: User, country: dict[str, Place]
) -> None:
    client.force_login(user)
    client.post(reverse("organisation:new_token"), NEW | {"place": str(country["anhua"].pk)})
    assert not Token.objects.exists()


def test_ones_own_token_is_revoked_and_no_other(client: Client, user: User) -> None:
    mine, _ = make_token(user=user, name="mine")
    other, _ = make_token(user=User.objects.create_user("li"), name="other")
    client.force_login(user)
    assert client.post(reverse("organisation:end_token", args=[other.pk])).status_code == 404
    assert client.post(reverse("organisation:end_token", args=[mine.pk])).status_code == 302
    assert [token.works for token in Token.objects.order_by("pk")] == [False, True]
