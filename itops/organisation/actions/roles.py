"""What a role allows is changed by whoever may, and never so that somebody comes to more than they should.

Without the separation of duties nobody puts into a role what they do not hold themselves wherever the role is held.
With it (三员分立) no role and no holder comes to two of the three powers, and nobody changes a role of their own.
"""

from collections.abc import Collection, Iterable

from django.conf import settings
from django.contrib.auth.models import Permission
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from itops.database.actor import acting
from itops.organisation.actions.managing import CHANGE_ROLE, Refusal, Refused, may_change_roles
from itops.organisation.models import Place, Role, User
from itops.organisation.roles import holds_all_of, powers
from itops.organisation.scope import granted_paths


def add_role(*, by: User, name: str, reason: str = "") -> Role:
    """A role that allows nothing yet. Raises ValidationError where the name is taken."""
    _demand(by)
    with acting(by.actor, reason), transaction.atomic():
        _demand_free(name)
        numbers = Role.objects.order_by("-pk").values_list("pk", flat=True)
        return Role.objects.create(code=f"role-{(numbers.first() or 0) + 1}", name=name)


def change_role(
    role: Role, *, by: User, name: str, allows: Collection[int], offered: Collection[int], reason: str = ""
) -> None:
    """Of the permissions `offered` (by key) it allows those in `allows`; what was not offered stays as it is."""
    _demand(by)
    with acting(by.actor, reason), transaction.atomic():
        role = Role.objects.select_for_update().get(pk=role.pk)
        if name != role.name:
            _demand_free(name)
        held = set(role.permissions.values_list("pk", flat=True))
        wanted = (held - set(offered)) | (set(allows) & set(offered))
        why = _refusal(
            role, by, added=_codes(wanted - held), removed=_codes(held - wanted), after=_codes(wanted)
        )
        if why:
            raise Refused(why)
        Role.objects.filter(pk=role.pk).update(name=name)
        role.permissions.add(*(wanted - held))
        role.permissions.remove(*(held - wanted))


def delete_role(role: Role, *, by: User, reason: str = "") -> None:
    """Only one that nobody holds."""
    _demand(by)
    with acting(by.actor, reason), transaction.atomic():
        if role.grants.exists():
            raise Refused(Refusal.HELD)
        role.delete()


def _demand(by: User) -> None:
    if not may_change_roles(by):
        raise PermissionDenied


def _demand_free(name: str) -> None:
    if name and Role.objects.filter(name=name).exists():
        raise ValidationError({"name": _("Another role is called so.")})


def _refusal(role: Role, by: User, *, added: set[str], removed: set[str], after: set[str]) -> Refusal | None:
    mine = role.grants.filter(user=by).exists()
    if settings.ITOPS_SEPARATE_DUTIES:
        if mine:
            return Refusal.OWN_ROLE
        return Refusal.ROLE_COMBINES if _combines(role, added, after) else None
    if mine and CHANGE_ROLE in removed:
        return Refusal.OWN_ROLE
    paths = _where_held(role) or granted_paths(by, CHANGE_ROLE)
    needed = added | removed if CHANGE_ROLE in (after - added) | removed else added
    return None if holds_all_of(by.held, dict.fromkeys(needed, paths)) else Refusal.BEYOND


def _combines(role: Role, added: set[str], after: set[str]) -> bool:
    """Whether the role itself, or somebody who holds it, would come to a second power."""
    if len(powers(after)) > 1:
        return True
    holders = User.objects.filter(grants__role=role).distinct() if powers(added) else ()
    return any(len(powers([*one.granted_permissions(), *added])) > 1 for one in holders)


def _where_held(role: Role) -> list[str]:
    return list(Place.objects.filter(grants__role=role).distinct().values_list("path", flat=True))


def _codes(keys: Iterable[int]) -> set[str]:
    rows = Permission.objects.filter(pk__in=list(keys)).values_list("content_type__app_label", "codename")
    return {f"{app}.{codename}" for app, codename in rows}
