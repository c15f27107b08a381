"""Signing in by password: hashed with Argon2, the account's language applied."""

import pytest
from django.test import Client
from django.urls import reverse

from itops.organisation.actions.accounts import create_account
from itops.organisation.models import User

PASSWORD = "a long enough one"


@pytest.fixture
def zhang(db: None) -> User:
    return create_account(by="test", username="zhang", password=PASSWORD)


def sign_in(client: Client, username: str, password: str) -> int:
    given = {"username": username, "password": password}
    return client.post(reverse("organisation:sign_in"), given).status_code


def test_the_right_password_signs_in_and_the_wrong_one_does_not(client: Client, zhang: User) -> None:
    assert sign_in(client, "zhang", "wrong") == 200
    assert "_auth_user_id" not in client.session
    assert sign_in(client, "zhang", PASSWORD) == 302
    assert client.session["_auth_user_id"] == str(zhang.pk)


def test_the_stored_password_is_an_argon2_hash(db: None) -> None:
    account = create_account(by="test", username="li", password=PASSWORD)
    assert account.password.startswith("argon2$argon2id$")
    assert PASSWORD not in account.password


def test_an_account_without_a_password_cannot_sign_in_by_one(client: Client, db: None) -> None:
    create_account(by="test", username="li")
    assert sign_in(client, "li", "") == 200
    assert "_auth_user_id" not in client.session


def test_every_page_but_the_doors_asks_to_sign_in(client: Client, user: User) -> None:
    for name in ("organisation:calendars", "organisation:password", "home"):
        answer = client.get(reverse(name))
        assert (answer.status_code, answer["Location"].split("?")[0]) == (
            302,
            reverse("organisation:sign_in"),
        )


def test_signing_out_needs_a_post(client: Client, user: User) -> None:
    client.force_login(user)
    assert client.get(reverse("organisation:sign_out")).status_code == 405
    client.post(reverse("organisation:sign_out"))
    assert "_auth_user_id" not in client.session


def test_the_chosen_language_is_kept_and_applied_at_the_next_sign_in(client: Client, zhang: User) -> None:
    client.force_login(zhang)
    client.post(reverse("set_language"), {"language": "en", "next": "/"})
    zhang.refresh_from_db()
    assert zhang.language == "en"
    fresh = Client()
    assert sign_in(fresh, "zhang", PASSWORD) == 302
    assert fresh.cookies["django_language"].value == "en"


def test_an_unknown_language_is_not_kept(client: Client, user: User) -> None:
    client.force_login(user)
    client.post(reverse("set_language"), {"language": "xx", "next": "/"})
    user.refresh_from_db()
    assert user.language == ""


def test_a_changed_password_is_the_one_that_counts(client: Client, zhang: User) -> None:
    client.force_login(zhang)
    new = {"old_password": PASSWORD, "new_password1": "another long one", "new_password2": "another long one"}
    assert client.post(reverse("organisation:password"), new).status_code == 302
    assert sign_in(Client(), "zhang", PASSWORD) == 200
    assert sign_in(Client(), "zhang", "another long one") == 302


def test_without_any_account_the_page_says_where_the_link_is(client: Client, db: None) -> None:
    assert client.get(reverse("organisation:sign_in")).status_code == 403
