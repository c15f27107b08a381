"""One person looks after another's account: opens and closes it, lets it in, gives and takes roles.

Nobody reaches more by it than they hold: whoever could hand a link to a mightier account would have its rights.
With the separation of duties (三员分立) who opens accounts gives no roles, who gives roles opens no accounts,
and neither touches those who hold one of the other powers.
"""

from collections.abc import Sequence
from enum import StrEnum

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from itops.database.actor import acting
from itops.organisation.actions import second_factor
from itops.organisation.actions.accounts import create_account, grant, revoke, sign_out_everywhere
from itops.organisation.actions.lockout import forget_failures
from itops.organisation.actions.sign_in_links import make_sign_in_link
from itops.organisation.models import Grant, Person, Place, Role, SignInLink, User
from itops.organisation.passwords import first_password
from itops.organisation.roles import POWERS, Power, holds_all_of, powers
from itops.organisation.scope import demand, may

ADD, CHANGE = "organisation.add_user", "organisation.change_user"
GIVE, TAKE, CHANGE_ROLE = "organisation.add_grant", "organisation.delete_grant", "organisation.change_role"


class Refusal(StrEnum):
    """Why not, for the page to put into words."""

    HOLDS_MORE = "holds_more"
    OTHER_POWER = "other_power"
    NOT_HELD = "not_held"
    ONESELF = "oneself"
    COMBINES = "combines"
    ROLE_COMBINES = "role_combines"
    OWN_ROLE = "own_role"
    BEYOND = "beyond"
    HELD = "held"


class Refused(PermissionDenied):
    """Allowed in general, but not this."""

    def __init__(self, why: Refusal) -> None:
        super().__init__(why)
        self.why = why


def open_account(
    *, by: User, username: str, place: Place, person: Person | None = None, language: str = ""
) -> User:
    """A new account, which may do nothing yet and has no way in yet."""
    demand(by, ADD, place)
    return create_account(by=by.actor, username=username, place=place, person=person, language=language)


def change_account(account: User, *, by: User, username: str, place: Place, person: Person | None) -> None:
    """Its name, where it is kept, whose it is."""
    demand_care(by, account)
    demand(by, CHANGE, place)
    account.username, account.place, account.person = username, place, person
    account.full_clean(exclude=["password"])
    with acting(by.actor), transaction.atomic():
        account.save(update_fields=["username", "place", "person"])


def close_account(account: User, *, by: User) -> None:
    """It opens nothing any more; what it did stays on record, and its roles wait for its return."""
    demand_care(by, account)
    if account == by:
        raise Refused(Refusal.ONESELF)
    with acting(by.actor), transaction.atomic():
        User.objects.filter(pk=account.pk).update(is_active=False)
        sign_out_everywhere(account, by=by.actor)
        account.tokens.filter(revoked=None).update(revoked=timezone.now())
        SignInLink.objects.filter(user=account, used=None).delete()


def reopen_account(account: User, *, by: User) -> None:
    """Its roles hold again; its tokens do not."""
    demand_care(by, account)
    with acting(by.actor), transaction.atomic():
        User.objects.filter(pk=account.pk).update(is_active=True)


def hand_out_link(account: User, *, by: User) -> str:
    """The token of a link that lets the account in once; without a password it then chooses one."""
    demand_care(by, account)
    with acting(by.actor), transaction.atomic():
        if not account.has_usable_password():
            User.objects.filter(pk=account.pk).update(must_change_password=True)
        return make_sign_in_link(account)


def hand_out_password(account: User, *, by: User) -> str:
    """A password to be told once and changed at the first sign-in; the one before and all sessions end."""
    demand_care(by, account)
    password = first_password()
    account.set_password(password)
    account.must_change_password = True
    with acting(by.actor), transaction.atomic():
        account.save(update_fields=["password", "must_change_password"])
    return password


def end_sessions(account: User, *, by: User) -> None:
    """Signed out in every browser."""
    demand_care(by, account)
    sign_out_everywhere(account, by=by.actor)


def unlock(account: User, *, by: User) -> None:
    """Too many failures are forgotten."""
    demand_care(by, account)
    with acting(by.actor):
        forget_failures(account.username)


def take_second_factor(account: User, *, by: User) -> None:
    """The telephone is lost, and so are the recovery codes."""
    demand_care(by, account)
    second_factor.remove(account, by=by.actor)


def give_role(account: User, *, by: User, role: Role, place: Place) -> Grant:
    """The account holds the role over the place and what lies under it."""
    demand(by, GIVE, place)
    why = refusal_to_give(by, account, role, place)
    if why:
        raise Refused(why)
    return grant(by=by.actor, user=account, role=role, place=place)


def take_role(held: Grant, *, by: User) -> None:
    """The account no longer holds the role there."""
    demand(by, TAKE, held.place)
    why = _refusal(by, held.user, held.role, held.place)
    if why:
        raise Refused(why)
    revoke(by=by.actor, user=held.user, role=held.role, place=held.place)


def demand_second_factor(role: Role, *, by: User, demanded: bool) -> None:
    """Whoever holds the role signs in with a one-time code; those who do not are signed out to set it up."""
    if not may_change_roles(by):
        raise PermissionDenied
    with acting(by.actor), transaction.atomic():
        Role.objects.filter(pk=role.pk).update(second_factor=demanded)
        for account in User.objects.filter(grants__role=role, second_factor=None).exclude(pk=by.pk):
            if demanded:
                sign_out_everywhere(account, by=by.actor)


def may_change_roles(by: User) -> bool:
    """A role is one for all places, so only who holds this everywhere that roles are held."""
    held = Place.objects.filter(grants__isnull=False).distinct()
    return all(may(by, CHANGE_ROLE, place) for place in held)


def demand_care(by: User, account: User) -> None:
    """Raise unless `by` may look after the account."""
    if account.place is None:
        raise PermissionDenied
    demand(by, CHANGE, account.place)
    why = refusal_to_care(by, account)
    if why:
        raise Refused(why)


def refusal_to_care(by: User, account: User) -> Refusal | None:
    """Why somebody who looks after accounts may not look after this one."""
    granted = account.granted_permissions()
    if settings.ITOPS_SEPARATE_DUTIES:
        return Refusal.OTHER_POWER if powers(granted) - {Power.ACCOUNTS} else None
    return None if holds_all_of(by.held, granted) else Refusal.HOLDS_MORE


def refusal_to_give(by: User, account: User, role: Role, place: Place) -> Refusal | None:
    """Why somebody who gives roles may not give this one."""
    return _refusal(by, account, role, place) or _combination(account, role)


def _refusal(by: User, account: User, role: Role, place: Place) -> Refusal | None:
    """Separated, who gives roles holds none of them and gives none to themselves; else: no more than they hold."""
    if settings.ITOPS_SEPARATE_DUTIES:
        return Refusal.ONESELF if account == by else None
    held = {permission: [place.path] for permission in role.codes()}
    return None if holds_all_of(by.held, held) else Refusal.NOT_HELD


def _combination(account: User, role: Role) -> Refusal | None:
    if not settings.ITOPS_SEPARATE_DUTIES:
        return None
    together = powers(account.granted_permissions()) | powers(role.codes())
    return Refusal.COMBINES if len(together) > 1 else None


def holders_of_powers(accounts: Sequence[User]) -> dict[Power, list[User]]:
    """Who has which of the three, as far as nobody has two of them."""
    return {power: [one for one in accounts if POWERS[power] & one.held.keys()] for power in Power}
