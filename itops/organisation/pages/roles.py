"""The roles: what each allows, who holds it, and whether it demands one-time codes."""

from collections import Counter
from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.models import Permission
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_POST

from itops.organisation.actions.managing import demand_second_factor, may_change_roles
from itops.organisation.models import Grant, Role, User
from itops.organisation.scope import demand_somewhere, signed_in, visible

VIEW = "organisation.view_role"


KEEPING = {"user", "grant", "role", "signinlink", "accessrecord"}
AREAS = {
    "accounts": _lazy("Accounts and roles"),
    "organisation": _lazy("Places, offices, people"),
    "inventory": _lazy("Equipment"),
    "monitoring": _lazy("Monitoring"),
    "audit": _lazy("Change record"),
    "extras": _lazy("Notes, tags, own fields"),
    "files": _lazy("Files and pictures"),
    "notify": _lazy("Webhooks"),
    "workforce": _lazy("Training"),
    "planning": _lazy("Funding"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A role, how many grants of it the reader may see, and of which areas it changes or only sees something."""

    role: Role
    grants: int
    changes: list[str]
    sees: list[str]


def roles(request: HttpRequest) -> HttpResponse:
    """All roles; they are the same for every place."""
    user = signed_in(request)
    context = {"lines": role_lines(user), "may_change": may_change_roles(user)}
    return render(request, "organisation/roles.html", context)


def role_lines(user: User) -> list[Line]:
    """Every role as the account sees it."""
    demand_somewhere(user, VIEW)
    held = visible(Grant.objects.all(), user, "organisation.view_grant").values_list("role", flat=True)
    count = Counter(held)
    every = Role.objects.prefetch_related("permissions__content_type").order_by("pk")
    return [_line(role, count[role.pk]) for role in every]


@require_POST
def second_factor_of_role(request: HttpRequest, pk: int) -> HttpResponse:
    """One-time codes are demanded of whoever holds the role, or no longer."""
    role = get_object_or_404(Role, pk=pk)
    demand_second_factor(role, by=signed_in(request), demanded=request.POST.get("demanded") == "1")
    messages.success(request, _("Saved."))
    return redirect("organisation:roles")


def _line(role: Role, grants: int) -> Line:
    held = [(area_of(one), one.codename.startswith("view_")) for one in role.permissions.all()]
    changes = {area for area, only_looks in held if not only_looks}
    sees = {area for area, _only_looks in held} - changes
    return Line(role, grants, _named(changes), _named(sees))


def area_of(permission: Permission) -> str:
    kind = permission.content_type
    return "accounts" if kind.app_label == "organisation" and kind.model in KEEPING else kind.app_label


def _named(areas: set[str]) -> list[str]:
    return [str(name) for area, name in AREAS.items() if area in areas]
