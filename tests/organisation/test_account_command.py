"""The server's operator finds a way back in, and names the first three when duties are separated."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from itops.organisation.actions.lockout import is_locked, note_failure
from itops.organisation.models import Place, User


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("account", *arguments, stdout=out)
    return out.getvalue()


def test_a_link_lets_the_account_in(client: Client, user: User) -> None:
    assert client.get(run("link", "zhang").split()[0]).status_code == 302
    assert client.session["_auth_user_id"] == str(user.pk)


def test_a_role_is_given_and_taken_back(user: User, country: dict[str, Place]) -> None:
    given = ("zhang", "--role", "security_administrator", "--place", "430923")
    assert "security_administrator over 430923" in run("grant", *given)
    assert "no role" in run("revoke", *given)


def test_too_many_failures_are_forgotten(user: User) -> None:
    for _ in range(10):
        note_failure("zhang", "")
    run("unlock", "zhang")
    assert not is_locked("zhang", "x")


@pytest.mark.parametrize(
    "arguments",
    [
        ("show", "nobody"),
        ("grant", "zhang", "--role", "king", "--place", "430923"),
        ("grant", "zhang", "--role", "auditor", "--place", "999"),
    ],
)
def test_wrong_use_is_one_sentence_and_status_2(
    user: User, country: dict[str, Place], arguments: tuple[str, ...]
) -> None:
    with pytest.raises(CommandError) as wrong:
        run(*arguments)
    assert wrong.value.returncode == 2
