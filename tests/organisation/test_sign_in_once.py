"""A sign-in link works once, for a short time, and only its hash is stored."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from itops.organisation.actions.sign_in_links import make_entrance_link, make_sign_in_link, use_link
from itops.organisation.models import Place, SignInLink, User


def address(token: str) -> str:
    return reverse("organisation:sign_in_once", args=[token])


def test_a_link_signs_in_once(client: Client, user: User) -> None:
    token = make_sign_in_link(user)
    answer = client.get(address(token))
    assert (answer.status_code, client.session["_auth_user_id"]) == (302, str(user.pk))
    assert "no-store" in answer["Cache-Control"]
    second = Client()
    assert second.get(address(token)).status_code == 410
    assert "_auth_user_id" not in second.session


def test_only_a_hash_is_stored(user: User) -> None:
    token = make_sign_in_link(user)
    stored = SignInLink.objects.values().get()
    assert token not in str(stored)


def test_an_old_link_opens_nothing(client: Client, user: User) -> None:
    token = make_sign_in_link(user, minutes=1)
    SignInLink.objects.update(expires=timezone.now() - timedelta(seconds=1))
    assert client.get(address(token)).status_code == 410


def test_a_link_of_a_closed_account_opens_nothing(client: Client, user: User) -> None:
    token = make_sign_in_link(user)
    User.objects.update(is_active=False)
    assert client.get(address(token)).status_code == 410


def test_an_invented_link_opens_nothing(client: Client, user: User) -> None:
    assert client.get(address("invented")).status_code == 410


def test_fetching_ahead_does_not_use_the_link_up(client: Client, user: User) -> None:
    token = make_sign_in_link(user)
    assert client.get(address(token), headers={"Sec-Purpose": "prefetch;prerender"}).status_code == 503
    assert client.head(address(token)).status_code == 405
    assert client.get(address(token)).status_code == 302


def test_a_set_up_link_is_void_once_there_is_an_account(db: None) -> None:
    token = make_entrance_link()
    User.objects.create_user("zhang")
    assert use_link(token) is None


def test_the_entrance_is_the_administrators_where_there_is_one(
    country: dict[str, Place], user: User, client: Client
) -> None:
    assert client.get(address(make_entrance_link())).status_code == 302
    assert client.session["_auth_user_id"] == str(user.pk)


def test_of_two_uses_at_once_one_succeeds(committing: object) -> None:
    token = make_sign_in_link(User.objects.create_user("zhang"))
    start = Barrier(2)

    def use() -> bool:
        start.wait()
        try:
            return use_link(token) is not None
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        attempts = [pool.submit(use) for _ in range(2)]
    assert sorted(attempt.result() for attempt in attempts) == [False, True]
