"""One-time codes: asked for after the password, right once, and recovery codes for a lost telephone."""

import re
import time

import pyotp
import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from itops.organisation.actions import second_factor as factor
from itops.organisation.actions.accounts import create_account, ensure_roles, grant
from itops.organisation.actions.sign_in_links import make_sign_in_link
from itops.organisation.models import Place, RecoveryCode, Role, SecondFactor, User
from tests.support.pages import text_of

PASSWORD = "a long enough one"


@pytest.fixture
def zhang(db: None) -> User:
    return create_account(by="test", username="zhang", password=PASSWORD)


def code_of(user: User, back: int = 0) -> str:
    return pyotp.TOTP(SecondFactor.objects.get(user=user).secret).at(int(time.time()) - back * 30)


def enrol(user: User) -> list[str]:
    secret = factor.fresh_secret()
    codes = factor.confirm(user, secret, pyotp.TOTP(secret).at(int(time.time()) - 30))
    assert codes is not None
    return codes


def give_password(client: Client) -> str:
    given = {"username": "zhang", "password": PASSWORD}
    return str(client.post(reverse("organisation:sign_in"), given)["Location"])


def give_code(client: Client, code: str) -> bool:
    client.post(reverse("organisation:sign_in_code"), {"code": code})
    return "_auth_user_id" in client.session


def test_the_password_alone_opens_nothing(client: Client, zhang: User) -> None:
    enrol(zhang)
    assert give_password(client) == reverse("organisation:sign_in_code")
    assert "_auth_user_id" not in client.session
    assert not give_code(client, "000000")
    assert give_code(client, code_of(zhang))


def test_a_code_is_right_once(zhang: User) -> None:
    enrol(zhang)
    code = code_of(zhang)
    assert [factor.passes(zhang, code) for _ in range(2)] == [True, False]


def test_a_recovery_code_is_right_once_and_only_its_hash_is_kept(client: Client, zhang: User) -> None:
    codes = enrol(zhang)
    assert len(set(codes)) == 10
    stored = str(list(RecoveryCode.objects.values()))
    assert not any(code in stored or code.replace("-", "") in stored for code in codes)
    give_password(client)
    assert give_code(client, codes[0].upper())
    assert not factor.passes(zhang, codes[0])


def test_the_secret_is_encrypted_at_rest(zhang: User) -> None:
    enrol(zhang)
    secret = SecondFactor.objects.get().secret
    raw = SecondFactor.objects.extra(select={"raw": "secret"}).values_list("raw", flat=True).get()
    assert secret not in raw


def test_a_link_asks_for_the_code_too(client: Client, zhang: User) -> None:
    enrol(zhang)
    link = reverse("organisation:sign_in_once", args=[make_sign_in_link(zhang)])
    assert client.get(link)["Location"] == reverse("organisation:sign_in_code")


def test_wrong_codes_lock_the_account(client: Client, zhang: User, settings: Settings) -> None:
    settings.ITOPS_LOCK_AFTER = 2
    enrol(zhang)
    give_password(client)
    for _ in range(2):
        give_code(client, "000000")
    assert not give_code(client, code_of(zhang))


def test_waiting_too_long_or_a_changed_password_means_starting_again(client: Client, zhang: User) -> None:
    enrol(zhang)
    give_password(client)
    zhang.set_password("quite another long one")
    zhang.save()
    assert not give_code(client, code_of(zhang))
    assert client.get(reverse("organisation:sign_in_code")).status_code == 302


def test_where_a_role_demands_it_nothing_else_opens_before(
    client: Client, zhang: User, country: dict[str, Place]
) -> None:
    grant(by="test", user=zhang, role=ensure_roles(by="test")["auditor"], place=country["anhua"])
    Role.objects.update(second_factor=True)
    give_password(client)
    page, enrolment = reverse("organisation:calendars"), reverse("organisation:second_factor")
    assert client.get(page)["Location"] == enrolment
    assert "data:image/svg+xml" in text_of(client.get(enrolment))
    assert client.post(enrolment, {"code": "000000"}).status_code == 200
    secret = "".join(
        re.findall(r'<p class="mono">([A-Z2-7 ]+)</p>', text_of(client.get(enrolment)))[0].split()
    )
    assert not SecondFactor.objects.exists()  # looking at the picture records nothing
    assert secret not in str(client.session.items())
    shown = text_of(client.post(enrolment, {"code": pyotp.TOTP(secret).now()}))
    assert SecondFactor.objects.get().secret == secret
    assert len(re.findall(r">([a-z2-9]{5}-[a-z2-9]{5})<", shown)) == 10
    assert client.get(page).status_code == 200


def test_a_demanded_one_cannot_be_switched_off(
    client: Client, zhang: User, country: dict[str, Place]
) -> None:
    enrol(zhang)
    grant(by="test", user=zhang, role=ensure_roles(by="test")["auditor"], place=country["anhua"])
    Role.objects.update(second_factor=True)
    client.force_login(zhang)
    client.post(reverse("organisation:second_factor"), {"code": code_of(zhang), "remove": "1"})
    assert factor.has_second_factor(zhang)
    Role.objects.update(second_factor=False)
    SecondFactor.objects.update(last_step=0)
    client.post(reverse("organisation:second_factor"), {"code": code_of(zhang), "remove": "1"})
    assert not factor.has_second_factor(zhang)


@pytest.mark.parametrize("code", ["", "００００００", "\udcff", "1" * 20, "abc"])
def test_nonsense_is_no_code(zhang: User, code: str) -> None:
    enrol(zhang)
    assert not factor.passes(zhang, code)
