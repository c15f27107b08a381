"""Accounts and what they may do: default roles, new accounts, grants."""

from django.contrib.auth.models import Permission
from django.contrib.auth.password_validation import validate_password
from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from itops.database.actor import acting
from itops.database.statements import rows
from itops.organisation.models import Grant, Person, Place, Role, User
from itops.organisation.roles import DEFAULT_ROLES, covers


def ensure_roles(*, by: str) -> dict[str, Role]:
    """The default roles by code. One that is there stays as the county made it."""
    with acting(by), transaction.atomic():
        for code, patterns in DEFAULT_ROLES.items():
            role, is_new = Role.objects.get_or_create(code=code)
            if is_new:
                role.permissions.set(_permissions(patterns))
    return {role.code: role for role in Role.objects.filter(code__in=DEFAULT_ROLES)}


def newest_permission() -> int:
    """Its key; 0 in a database that has none yet. Those with higher ones came later."""
    [(table,)] = rows("SELECT to_regclass('auth_permission')", {})
    newest = Permission.objects.order_by("-pk").first() if table else None
    return newest.pk if newest else 0


def give_new_permissions(*, after: int, by: str) -> None:
    """What a new version can do besides, the default roles may as they would from the beginning; all else stays."""
    new = Permission.objects.filter(pk__gt=after).select_related("content_type")
    with acting(by), transaction.atomic():
        for role in Role.objects.filter(code__in=DEFAULT_ROLES):
            role.permissions.add(*_permissions(DEFAULT_ROLES[role.code], new))


def create_account(
    *,
    by: str,
    username: str,
    password: str | None = None,
    person: Person | None = None,
    place: Place | None = None,
    language: str = "",
) -> User:
    """An account that may do nothing yet. Without a password it signs in by link only.

    It is kept where its person's office is, unless a place is given.
    Raises ValidationError for a weak password or a name that is taken or unusable.
    """
    kept = place or (person.office.place if person else None)
    account = User(username=username, person=person, place=kept, language=language)
    if password is not None:
        validate_password(password, account)
    account.set_password(password)
    account.password_changed = timezone.now() if password else None
    account.full_clean(exclude=["password"])
    with acting(by), transaction.atomic():
        account.save()
    return account


def note_new_password(account: User) -> None:
    """The account has chosen its own (which its caller saves): nothing more is asked of it for now."""
    account.must_change_password = False
    account.password_changed = timezone.now()


def sign_out_everywhere(account: User, *, by: str) -> None:
    """Every session of the account ends; its tokens stay."""
    with acting(by), transaction.atomic():
        User.objects.filter(pk=account.pk).update(session_round=F("session_round") + 1)
        account.refresh_from_db(fields=["session_round"])


def grant(*, by: str, user: User, role: Role, place: Place) -> Grant:
    """The user holds the role over the place and what lies under it; repeating it changes nothing."""
    user.forget_held()
    with acting(by), transaction.atomic():
        return Grant.objects.get_or_create(user=user, role=role, place=place)[0]


def revoke(*, by: str, user: User, role: Role, place: Place) -> None:
    """The user no longer holds the role there."""
    user.forget_held()
    with acting(by), transaction.atomic():
        Grant.objects.filter(user=user, role=role, place=place).delete()


def _permissions(patterns: tuple[str, ...], among: QuerySet[Permission] | None = None) -> list[Permission]:
    known = Permission.objects.select_related("content_type") if among is None else among
    return [
        permission
        for permission in known
        if covers(patterns, f"{permission.content_type.app_label}.{permission.codename}")
    ]
