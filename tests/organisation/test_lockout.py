"""Guessing is slowed by name and by address, and the refusal does not tell whether the account exists."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from itops.organisation.actions.accounts import create_account
from itops.organisation.actions.lockout import forget_failures, is_locked, note_failure
from itops.organisation.models import FailureCount, User
from tests.support.pages import text_of

PASSWORD = "a long enough one"


@pytest.fixture(autouse=True)
def few_failures(settings: Settings) -> None:
    settings.ITOPS_LOCK_AFTER, settings.ITOPS_LOCK_ADDRESS_AFTER = 2, 4


@pytest.fixture
def zhang(db: None) -> User:
    return create_account(by="test", username="zhang", password=PASSWORD)


def attempt(username: str, password: str, address: str = "10.0.0.1") -> tuple[bool, str]:
    client = Client(REMOTE_ADDR=address)
    given = {"username": username, "password": password}
    answer = client.post(reverse("organisation:sign_in"), given)
    return answer.status_code == 302, text_of(answer).replace(username, "NAME")


def test_the_right_password_does_not_help_after_too_many_wrong_ones(zhang: User) -> None:
    for _ in range(2):
        attempt("zhang", "wrong")
    assert not attempt("zhang", PASSWORD, "10.0.0.9")[0]


def test_a_name_that_does_not_exist_is_refused_in_the_same_words(zhang: User) -> None:
    for _ in range(3):
        real, invented = attempt("zhang", "wrong"), attempt("invented", "wrong", "10.0.0.2")
    assert strip(real[1]) == strip(invented[1])


def strip(page: str) -> list[str]:
    return [line for line in page.splitlines() if "csrf" not in line]


def test_one_name_does_not_lock_another_until_the_address_is(zhang: User) -> None:
    create_account(by="test", username="li", password=PASSWORD)
    for _ in range(2):
        attempt("zhang", "wrong")
    assert attempt("li", PASSWORD)[0]
    for name in ("a", "b"):
        attempt(name, "wrong")
    assert not attempt("li", PASSWORD)[0]
    assert attempt("li", PASSWORD, "10.0.0.2")[0]


def test_capitals_and_full_width_letters_are_the_same_name(db: None) -> None:
    note_failure("Zhang", "")
    note_failure("ｚｈａｎｇ", "")
    assert is_locked("zhang", "elsewhere")


def test_the_right_password_starts_the_name_anew(zhang: User) -> None:
    attempt("zhang", "wrong")
    assert attempt("zhang", PASSWORD)[0]
    attempt("zhang", "wrong")
    assert attempt("zhang", PASSWORD)[0]


def test_after_the_wait_counting_starts_anew(db: None) -> None:
    for _ in range(2):
        note_failure("zhang", "")
    past = timezone.now() - timedelta(minutes=11)
    FailureCount.objects.update(since=past, locked_until=past)
    assert not is_locked("zhang", "")
    note_failure("zhang", "")
    assert not is_locked("zhang", "")


def test_a_manager_can_let_the_name_in_again(db: None) -> None:
    for _ in range(2):
        note_failure("zhang", "x")
    forget_failures("zhang")
    assert not is_locked("zhang", "x")


def test_no_name_is_stored_and_old_counts_go(db: None) -> None:
    note_failure("zhang", "10.0.0.1")
    assert "zhang" not in str(list(FailureCount.objects.values()))
    FailureCount.objects.update(since=timezone.now() - timedelta(days=2))
    note_failure("li", "10.0.0.2")
    assert FailureCount.objects.count() == 2
