"""Single sign-on against a real provider in a process of its own: HTTP, discovery, keys, tokens."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from itops.organisation.actions.accounts import create_account
from itops.organisation.models import ExternalIdentity, Grant, User
from tests.processes.programs import eventually

BACK = "organisation:signed_on"
PEOPLE = [
    {"sub": "s-1", "preferred_username": "zhang"},
    {"sub": "s-2", "preferred_username": "zhang"},
    {"sub": "s-3", "preferred_username": "stranger"},
    {"sub": "s-4", "email": "zhang", "email_verified": False},
]


@pytest.fixture(scope="module")
def issuer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A provider that knows PEOPLE and lets anybody be one of them."""
    log = tmp_path_factory.mktemp("provider") / "log"
    people = [part for one in PEOPLE for part in ("--user-claims", json.dumps(one))]
    command = [sys.executable, "-m", "oidc_provider_mock", "--port", "0", *people]
    with log.open("wb") as output, subprocess.Popen(command, stdout=output, stderr=output) as provider:
        try:
            eventually(lambda: bool(_address(log)), "the provider's address", log)
            yield _address(log)
        finally:
            provider.terminate()


def _address(log: Path) -> str:
    found = re.search(r"http://(?:127\.0\.0\.1|localhost):[1-9]\d*", log.read_text())
    return found[0].replace("localhost", "127.0.0.1") if found else ""


@pytest.fixture(autouse=True)
def configured(issuer: str, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AUTHLIB_INSECURE_TRANSPORT", "1")  # loopback has no certificate
    settings.ITOPS_OIDC_ISSUER, settings.ITOPS_OIDC_CLIENT_ID = issuer, "itops"
    settings.ITOPS_OIDC_CLIENT_SECRET, settings.ITOPS_OIDC_CLAIM = "secret", "preferred_username"


@pytest.fixture
def zhang(db: None) -> User:
    return create_account(by="test", username="zhang")


def away(client: Client) -> str:
    return str(client.post(reverse("organisation:sign_on"), {"next": "/calendars/"})["Location"])


def return_of(client: Client, subject: str) -> str:
    """The address with which the provider sends the browser back."""
    answer = requests.post(away(client), data={"sub": subject}, allow_redirects=False, timeout=10)
    return str(answer.headers["Location"])


def sign_on(client: Client, subject: str) -> bool:
    back = urlsplit(return_of(client, subject))
    client.get(f"{back.path}?{back.query}")
    return "_auth_user_id" in client.session


def test_an_account_that_was_opened_before_is_signed_in(client: Client, zhang: User) -> None:
    assert sign_on(client, "s-1")
    assert client.session["_auth_user_id"] == str(zhang.pk)
    assert ExternalIdentity.objects.get().subject == "s-1"


def test_the_reader_comes_to_the_page_that_was_asked_for(client: Client, zhang: User) -> None:
    back = urlsplit(return_of(client, "s-1"))
    assert client.get(f"{back.path}?{back.query}")["Location"] == "/calendars/"


def test_the_attempt_carries_a_challenge_a_state_and_a_nonce(client: Client) -> None:
    asked = parse_qs(urlsplit(away(client)).query)
    assert asked["code_challenge_method"] == ["S256"]
    assert all(asked[name][0] for name in ("code_challenge", "state", "nonce"))


def test_nobody_gets_an_account_or_a_role_by_being_known_elsewhere(client: Client, zhang: User) -> None:
    assert not sign_on(client, "s-3")
    assert User.objects.count() == 1
    assert not Grant.objects.exists()


def test_a_name_that_is_passed_on_opens_nothing(client: Client, zhang: User) -> None:
    assert sign_on(client, "s-1")
    assert not sign_on(Client(), "s-2")


def test_a_closed_account_stays_closed(client: Client, zhang: User) -> None:
    assert sign_on(client, "s-1")
    User.objects.update(is_active=False)
    assert not sign_on(Client(), "s-1")


def test_an_unverified_address_is_no_name(client: Client, zhang: User, settings: Settings) -> None:
    settings.ITOPS_OIDC_CLAIM = "email"
    assert not sign_on(client, "s-4")


def test_anothers_answer_is_not_taken(client: Client, zhang: User) -> None:
    """Its state belongs to another browser."""
    back = urlsplit(return_of(client, "s-1"))
    other = Client()
    other.get(f"{back.path}?{back.query}")
    assert "_auth_user_id" not in other.session


def test_an_answer_is_taken_once(client: Client, zhang: User) -> None:
    back = urlsplit(return_of(client, "s-1"))
    client.get(f"{back.path}?{back.query}")
    client.post(reverse("organisation:sign_out"))
    client.get(f"{back.path}?{back.query}")
    assert "_auth_user_id" not in client.session


def test_a_token_of_another_issuer_is_refused(client: Client, zhang: User, settings: Settings) -> None:
    """The same provider under a name that it does not use of itself."""
    settings.ITOPS_OIDC_ISSUER = settings.ITOPS_OIDC_ISSUER.replace("127.0.0.1", "localhost") + "/"
    assert not sign_on(client, "s-1")


@pytest.mark.parametrize("answer", ["", "?error=access_denied", "?code=x&state=y"])
def test_a_refusal_or_nonsense_leads_back_to_the_sign_in_page(
    client: Client, zhang: User, answer: str
) -> None:
    assert client.get(reverse(BACK) + answer)["Location"] == reverse("organisation:sign_in")


def test_a_silent_provider_is_said(client: Client, zhang: User, settings: Settings) -> None:
    settings.ITOPS_OIDC_ISSUER = "http://127.0.0.1:9"
    assert away(client) == reverse("organisation:sign_in")


def test_it_is_off_until_it_is_configured(client: Client, zhang: User, settings: Settings) -> None:
    settings.ITOPS_OIDC_ISSUER = ""
    assert client.post(reverse("organisation:sign_on")).status_code == 404
    assert client.get(reverse(BACK)).status_code == 404
    assert reverse("organisation:sign_on").encode() not in client.get(reverse("organisation:sign_in")).content
