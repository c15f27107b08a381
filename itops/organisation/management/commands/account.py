"""`manage.py account show|link|grant|revoke|unlock|take-second-factor NAME`: what only the server's operator may do.

It is the way back in when nobody can sign in, and the way to name the first three when duties are separated.
"""

from argparse import ArgumentParser
from collections.abc import Callable
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from itops.organisation.actions import second_factor
from itops.organisation.actions.accounts import ensure_roles, grant, revoke
from itops.organisation.actions.lockout import forget_failures
from itops.organisation.actions.sign_in_links import MINUTES, make_sign_in_link
from itops.organisation.models import Grant, Place, Role, User

BY = "console"


class Command(BaseCommand):
    help = "Looks after one account from the server's console."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("act", choices=sorted(ACTS))
        parser.add_argument("name", help="the account's name")
        parser.add_argument("--role", default="", help="its code, for example security_administrator")
        parser.add_argument("--place", default="", help="division code of the place, for example 430923")

    def handle(self, *args: Any, **options: Any) -> None:
        account = User.objects.filter(username=options["name"]).first()
        if account is None:
            raise CommandError(f"No account is called {options['name']}.", returncode=2)
        with transaction.atomic():
            self.stdout.write(ACTS[options["act"]](account, options))


def _show(account: User, _: dict[str, Any]) -> str:
    held = Grant.objects.filter(user=account).select_related("role", "place")
    grants = [f"  {one.role.code} over {one.place.code} {one.place.name}" for one in held]
    state = "open" if account.is_active else "closed"
    return "\n".join([f"{account.username}: {state}", *(grants or ["  no role"])])


def _link(account: User, _: dict[str, Any]) -> str:
    return f"/sign-in/once/{make_sign_in_link(account)}/ works once, within {MINUTES} minutes."


def _grant(account: User, options: dict[str, Any]) -> str:
    grant(by=BY, user=account, role=_role(options["role"]), place=_place(options["place"]))
    return _show(account, options)


def _revoke(account: User, options: dict[str, Any]) -> str:
    revoke(by=BY, user=account, role=_role(options["role"]), place=_place(options["place"]))
    return _show(account, options)


def _unlock(account: User, _: dict[str, Any]) -> str:
    forget_failures(account.username)
    return f"{account.username} may try again."


def _take_second_factor(account: User, _: dict[str, Any]) -> str:
    second_factor.remove(account, by=BY)
    return f"{account.username} signs in by password alone."


def _role(code: str) -> Role:
    ensure_roles(by=BY)
    role = Role.objects.filter(code=code).first()
    if role is None:
        known = ", ".join(Role.objects.values_list("code", flat=True))
        raise CommandError(f"--role {code}: write one of {known}.", returncode=2)
    return role


def _place(code: str) -> Place:
    found = list(Place.objects.filter(code=code)[:2])
    if len(found) != 1:
        raise CommandError(f"--place {code}: no place, or more than one, has this code.", returncode=2)
    return found[0]


ACTS: dict[str, Callable[[User, dict[str, Any]], str]] = {
    "show": _show,
    "link": _link,
    "grant": _grant,
    "revoke": _revoke,
    "unlock": _unlock,
    "take-second-factor": _take_second_factor,
}
