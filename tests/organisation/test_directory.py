"""Signing in by the directory's password, against a real slapd: TLS, StartTLS, names with tricks, silence."""

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from itops.organisation.actions.accounts import create_account
from itops.organisation.directory import DirectoryUnreachable, entry_of
from itops.organisation.models import ExternalIdentity, FailureCount, User
from tests.organisation import slapd as directory
from tests.organisation.slapd import BASE, PEOPLE, ROOT, SECRET, Slapd

pytestmark = pytest.mark.skipif(directory.SLAPD is None, reason="no slapd here (Debian: apt install slapd)")


@pytest.fixture(scope="module")
def slapd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Slapd]:
    with directory.running(tmp_path_factory.mktemp("slapd")) as running:
        yield running


@pytest.fixture(autouse=True)
def configured(slapd: Slapd, settings: Settings) -> None:
    settings.ITOPS_LDAP_URL, settings.ITOPS_LDAP_CA = slapd.tls, slapd.certificate
    settings.ITOPS_LDAP_BASE, settings.ITOPS_LDAP_BIND_DN = BASE, ROOT
    settings.ITOPS_LDAP_BIND_PASSWORD = SECRET


@pytest.fixture
def zhang(db: None) -> User:
    return create_account(by="test", username="zhang")


def sign_in(name: str, password: str) -> bool:
    client = Client()
    client.post(reverse("organisation:sign_in"), {"username": name, "password": password})
    return "_auth_user_id" in client.session


def test_the_directorys_password_signs_in_and_a_wrong_one_does_not(zhang: User) -> None:
    assert not sign_in("zhang", "wrong")
    assert sign_in("zhang", PEOPLE["zhang"])


def test_the_accounts_own_password_works_beside_it(db: None) -> None:
    create_account(by="test", username="zhang", password="a password of here")
    assert sign_in("zhang", "a password of here")
    assert sign_in("zhang", PEOPLE["zhang"])


def test_nobody_gets_an_account_by_standing_in_the_directory(zhang: User) -> None:
    assert not sign_in("wu", PEOPLE["wu"])
    assert User.objects.count() == 1


def test_an_empty_password_is_no_password(zhang: User) -> None:
    assert entry_of("zhang", "") is None


@pytest.mark.parametrize("name", ["*", "zhang)(uid=*", "z*", "(", "\\", "zhang\x00", "", "张"])
def test_a_name_is_never_a_filter(name: str) -> None:
    assert entry_of(name, PEOPLE["zhang"]) is None


def test_a_name_that_two_have_is_nobodys() -> None:
    assert entry_of("twice", PEOPLE["twice"]) is None


def test_starttls_works_and_an_unknown_certificate_does_not(slapd: Slapd, settings: Settings) -> None:
    settings.ITOPS_LDAP_URL, settings.ITOPS_LDAP_STARTTLS = slapd.plain, True
    assert entry_of("zhang", PEOPLE["zhang"]) is not None
    settings.ITOPS_LDAP_CA = ""
    with pytest.raises(DirectoryUnreachable):
        entry_of("zhang", PEOPLE["zhang"])
    settings.ITOPS_LDAP_URL, settings.ITOPS_LDAP_STARTTLS = slapd.tls, False
    with pytest.raises(DirectoryUnreachable):
        entry_of("zhang", PEOPLE["zhang"])


def test_a_renamed_entry_is_the_same_person_and_its_old_name_nobodys(slapd: Slapd, zhang: User) -> None:
    assert sign_in("zhang", PEOPLE["zhang"])
    directory.rename(slapd.plain, "zhang", "zhangwei")
    try:
        assert sign_in("zhangwei", PEOPLE["zhang"])
        directory.rename(slapd.plain, "wu", "zhang")
        assert not sign_in("zhang", PEOPLE["wu"])
        directory.rename(slapd.plain, "zhang", "wu")
    finally:
        directory.rename(slapd.plain, "zhangwei", "zhang")
    assert ExternalIdentity.objects.count() == 1


@pytest.mark.parametrize("wrong", ["ITOPS_LDAP_URL", "ITOPS_LDAP_BIND_PASSWORD"])
def test_silence_is_said_and_counts_against_nobody(
    client: Client, zhang: User, settings: Settings, wrong: str
) -> None:
    setattr(settings, wrong, "ldap://127.0.0.1:9" if wrong == "ITOPS_LDAP_URL" else "wrong")
    given = {"username": "zhang", "password": PEOPLE["zhang"]}
    answer = client.post(reverse("organisation:sign_in"), given)
    assert "目录服务没有应答" in answer.content.decode()
    assert not FailureCount.objects.exists()


def test_it_is_off_until_it_is_configured(zhang: User, settings: Settings) -> None:
    settings.ITOPS_LDAP_URL = ""
    assert not sign_in("zhang", PEOPLE["zhang"])
