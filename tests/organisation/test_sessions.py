"""A session ends by time, by idleness, and wherever the account asks; first things come first."""

import time
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from itops.organisation.actions.accounts import create_account, sign_out_everywhere
from itops.organisation.actions.sessions import forget_ended
from itops.organisation.actions.sign_in_links import make_sign_in_link
from itops.organisation.models import SignInLink, User

PAGE = "organisation:calendars"
PASSWORD, ANOTHER = "a long enough one", "quite another long one"


@pytest.fixture
def zhang(db: None) -> User:
    return create_account(by="test", username="zhang", password=PASSWORD)


@pytest.fixture
def two(zhang: User) -> tuple[Client, Client]:
    """Two browsers of the same account."""
    browsers = Client(), Client()
    for browser in browsers:
        browser.force_login(zhang)
    return browsers


def inside(client: Client) -> bool:
    return client.get(reverse(PAGE)).status_code == 200


def wind_back(client: Client, name: str, seconds: int) -> None:
    session = client.session
    session[name] = int(time.time()) - seconds
    session.save()


def test_a_session_nobody_uses_ends(client: Client, zhang: User, settings: Settings) -> None:
    client.force_login(zhang)
    assert inside(client)
    wind_back(client, "seen", settings.ITOPS_SESSION_IDLE_MINUTES * 60 - 30)
    assert inside(client)
    wind_back(client, "seen", settings.ITOPS_SESSION_IDLE_MINUTES * 60)
    assert not inside(client)


def test_a_session_in_use_ends_too(client: Client, zhang: User, settings: Settings) -> None:
    client.force_login(zhang)
    assert inside(client)
    wind_back(client, "began", settings.ITOPS_SESSION_HOURS * 3600)
    assert not inside(client)


def test_signing_out_everywhere_ends_all_sessions(zhang: User, two: tuple[Client, Client]) -> None:
    sign_out_everywhere(zhang, by="test")
    assert [inside(browser) for browser in two] == [False, False]


def test_from_ones_own_page_all_but_this_browser(two: tuple[Client, Client]) -> None:
    two[0].post(reverse("organisation:other_sessions"))
    assert [inside(browser) for browser in two] == [True, False]


def test_a_new_password_ends_the_other_sessions(two: tuple[Client, Client]) -> None:
    given = {"old_password": PASSWORD, "new_password1": ANOTHER, "new_password2": ANOTHER}
    assert two[0].post(reverse("organisation:password"), given).status_code == 302
    assert [inside(browser) for browser in two] == [True, False]


def test_closing_the_account_ends_its_sessions(two: tuple[Client, Client]) -> None:
    User.objects.update(is_active=False)
    assert [inside(browser) for browser in two] == [False, False]


def test_a_first_password_is_changed_before_anything_else(client: Client, zhang: User) -> None:
    User.objects.update(must_change_password=True)
    client.force_login(zhang)
    assert client.get(reverse(PAGE))["Location"] == reverse("organisation:password")
    same = {"old_password": PASSWORD, "new_password1": PASSWORD, "new_password2": PASSWORD}
    assert client.post(reverse("organisation:password"), same).status_code == 200
    new = same | {"new_password1": ANOTHER, "new_password2": ANOTHER}
    assert client.post(reverse("organisation:password"), new).status_code == 302
    assert inside(client)


def test_a_password_past_its_days_is_changed_first(client: Client, zhang: User, settings: Settings) -> None:
    settings.ITOPS_PASSWORD_DAYS = 1
    client.force_login(zhang)
    assert inside(client)
    User.objects.update(password_changed=zhang.date_joined.replace(year=2020))
    assert not inside(client)


@pytest.mark.parametrize("password", ["zhangzhang1", "xx-Zhang-2026-x", "1234567890", "short"])
def test_weak_passwords_are_refused(client: Client, zhang: User, password: str) -> None:
    client.force_login(zhang)
    given = {"old_password": PASSWORD, "new_password1": password, "new_password2": password}
    assert client.post(reverse("organisation:password"), given).status_code == 200


@pytest.mark.parametrize(
    ("language", "said"), [("zh-hans", "密码太短，至少须有 10 个字符。"), ("en", "too short: it needs 10")]
)
def test_a_short_password_is_refused_in_the_reader_s_language(
    client: Client, zhang: User, language: str, said: str
) -> None:
    client.force_login(zhang)
    client.cookies["django_language"] = language
    given = {"old_password": PASSWORD, "new_password1": "short", "new_password2": "short"}
    assert said in client.post(reverse("organisation:password"), given).content.decode()


def test_what_is_over_leaves_the_database(client: Client, zhang: User) -> None:
    client.force_login(zhang)
    make_sign_in_link(zhang)
    now = timezone.now()
    forget_ended(now)
    assert Session.objects.filter(pk=client.session.session_key).exists()
    assert SignInLink.objects.filter(user=zhang).exists()
    forget_ended(now + timedelta(days=40))
    assert (Session.objects.count(), SignInLink.objects.count()) == (0, 0)
