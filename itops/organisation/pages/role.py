"""One role: what it allows, kind of record by kind of record, and over which places who holds it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.contrib.auth.models import Permission
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_POST
from django_stubs_ext import StrOrPromise

from itops.organisation.actions.managing import Refused, may_change_roles
from itops.organisation.actions.roles import add_role, change_role, delete_role
from itops.organisation.models import Grant, Role, User
from itops.organisation.pages.account_words import REFUSALS
from itops.organisation.pages.roles import AREAS, VIEW, area_of
from itops.organisation.scope import demand_somewhere, granted_paths, signed_in, visible

ACTS: dict[str, StrOrPromise] = {
    "view": pgettext_lazy("permission", "see"),
    "add": pgettext_lazy("permission", "add"),
    "change": pgettext_lazy("permission", "change"),
    "delete": pgettext_lazy("permission", "delete"),
}
# What only some kinds of records have.
FURTHER_ACTS: dict[str, StrOrPromise] = {
    "publish": pgettext_lazy("permission", "publish"),
    "advance": pgettext_lazy("permission", "take through a gate"),
    "sign": pgettext_lazy("permission", "sign"),
    "approve": pgettext_lazy("permission", "approve"),
    "confirm": pgettext_lazy("permission", "confirm"),
    "reverse": pgettext_lazy("permission", "take back"),
    "ask": pgettext_lazy("permission", "ask for"),
    "export": pgettext_lazy("permission", "export"),
}


class RoleForm(forms.Form):
    """The name, and why it changes; what it allows is ticked in the table."""

    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=60,
        required=False,
        help_text=gettext_lazy("Empty: the usual name, in the reader's language."),
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason for the change"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Stands in the change record."),
    )


class NewRoleForm(RoleForm):
    name = forms.CharField(label=gettext_lazy("Name"), max_length=60)


@dataclass(frozen=True, slots=True)
class Tick:
    """One permission: its key, whether the role has it, what a screen reader says of it, its name."""

    pk: int
    held: bool
    said: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A kind of record with a tick for each act (None where there is none), and for those that it has alone."""

    name: str
    ticks: Sequence[Tick | None]
    further: Sequence[Tick]


@dataclass(frozen=True, slots=True)
class Area:
    """A part of the program."""

    name: str
    lines: Sequence[Line]

    @property
    def held(self) -> int:
        return sum(
            one is not None and one.held for line in self.lines for one in (*line.ticks, *line.further)
        )

    @property
    def further(self) -> bool:
        return any(line.further for line in self.lines)


def role(request: HttpRequest, pk: int) -> HttpResponse:
    """Seen by whoever sees roles, changed by whoever may change them everywhere."""
    user = signed_in(request)
    demand_somewhere(user, VIEW)
    shown = get_object_or_404(Role, pk=pk)
    if request.method != "POST":
        return _show(request, user, shown, RoleForm(initial={"name": shown.name}))
    form = RoleForm(request.POST)
    if form.is_valid() and _change(request, user, shown, form):
        messages.success(request, _("Saved."))
        return redirect("organisation:role", shown.pk)
    return _show(request, user, shown, form, status=422)


def new_role(request: HttpRequest) -> HttpResponse:
    user = signed_in(request)
    if not may_change_roles(user):
        raise PermissionDenied
    form = NewRoleForm(request.POST or None)
    if form.is_valid():
        try:
            made = add_role(by=user, name=form.cleaned_data["name"], reason=form.cleaned_data["reason"])
            return redirect("organisation:role", made.pk)
        except ValidationError as refused:
            form.add_error(None, refused)
    return render(request, "organisation/role_new.html", {"form": form}, status=422 if form.is_bound else 200)


@require_POST
def drop_role(request: HttpRequest, pk: int) -> HttpResponse:
    """A role that nobody holds."""
    shown = get_object_or_404(Role, pk=pk)
    try:
        delete_role(shown, by=signed_in(request))
        messages.success(request, _("%(name)s is deleted.") % {"name": shown})
    except Refused as refused:
        messages.error(request, REFUSALS[refused.why])
        return redirect("organisation:role", pk)
    return redirect("organisation:roles")


def _change(request: HttpRequest, user: User, shown: Role, form: RoleForm) -> bool:
    allows = {int(key) for key in request.POST.getlist("allows") if key.isdecimal()}
    try:
        change_role(
            shown,
            by=user,
            name=form.cleaned_data["name"],
            allows=allows,
            offered={one.pk for one in _offered()},
            reason=form.cleaned_data["reason"],
        )
    except Refused as refused:
        form.add_error(None, str(REFUSALS[refused.why]))
        return False
    except ValidationError as refused:
        form.add_error(None, refused)
        return False
    return True


def _show(request: HttpRequest, user: User, shown: Role, form: RoleForm, status: int = 200) -> HttpResponse:
    ticked = {int(key) for key in request.POST.getlist("allows") if key.isdecimal()}
    held = ticked if form.is_bound else set(shown.permissions.values_list("pk", flat=True))
    grants = visible(Grant.objects.filter(role=shown), user, "organisation.view_grant")
    context = {
        "role": shown,
        "form": form,
        "acts": ACTS.values(),
        "areas": _areas(_offered(), held),
        "grants": grants.select_related("user__person", "place").order_by("place__position", "user"),
        "held_somewhere": shown.grants.exists(),
        "may_change": may_change_roles(user),
        "may_see_changes": bool(granted_paths(user, "audit.view_change")),
    }
    return render(request, "organisation/role.html", context, status=status)


def _offered() -> list[Permission]:
    """All acts on the program's own kinds of records."""
    acts = ACTS | FURTHER_ACTS
    known = Permission.objects.select_related("content_type").order_by("content_type__model", "codename")
    return [one for one in known if _act(one) in acts and _area(one) and one.content_type.model_class()]


def _areas(offered: Iterable[Permission], held: set[int]) -> list[Area]:
    kinds: dict[str, dict[str, dict[str, Permission]]] = defaultdict(lambda: defaultdict(dict))
    for one in offered:
        kinds[_area(one)][_called(one)][_act(one)] = one
    return [
        Area(str(name), [_line(kind, acts, held) for kind, acts in sorted(kinds[area].items())])
        for area, name in AREAS.items()
        if area in kinds
    ]


def _line(kind: str, acts: dict[str, Permission], held: set[int]) -> Line:
    ticks = [
        Tick(acts[act].pk, acts[act].pk in held, f"{kind}: {said}") if act in acts else None
        for act, said in ACTS.items()
    ]
    further = [
        Tick(acts[act].pk, acts[act].pk in held, f"{kind}: {said}", str(said))
        for act, said in FURTHER_ACTS.items()
        if act in acts
    ]
    return Line(kind, ticks, further)


def _act(permission: Permission) -> str:
    return permission.codename.partition("_")[0]


def _area(permission: Permission) -> str:
    area = area_of(permission)
    return area if area in AREAS else ""


def _called(permission: Permission) -> str:
    """Django's own English name of a model is translated where the model gives none."""
    model = permission.content_type.model_class()
    assert model is not None
    return capfirst(_(str(model._meta.verbose_name)))
