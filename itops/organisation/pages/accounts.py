"""Accounts in the reader's scope: the list, a new one, one of them and what may be done for it."""

from dataclasses import dataclass

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from itops.organisation.actions import managing
from itops.organisation.actions.access_records import record_view
from itops.organisation.actions.managing import ADD, CHANGE, GIVE, Refused
from itops.organisation.actions.people import add_person
from itops.organisation.actions.second_factor import has_second_factor
from itops.organisation.models import Grant, Person, SecondFactor, User
from itops.organisation.models.account import grants_of_account
from itops.organisation.pages.account_forms import ADD_PERSON, AccountForm, GrantForm, NewAccountForm
from itops.organisation.pages.account_words import POWERS, REFUSALS
from itops.organisation.roles import powers
from itops.organisation.scope import demand, demand_somewhere, granted_paths, may, signed_in, visible

VIEW = "organisation.view_user"
PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class Duty:
    """One of the three powers and who holds it."""

    name: str
    holders: list[User]


def accounts(request: HttpRequest) -> HttpResponse:
    """The list, narrowed by a word and by whether they are open."""
    user = signed_in(request)
    page = Paginator(chosen(request), PAGE_SIZE).get_page(request.GET.get("page"))
    record_view(request, what="accounts", count=len(page))
    context = {
        "page": page,
        "q": request.GET.get("q", ""),
        "state": request.GET.get("state", ""),
        "may_add": bool(granted_paths(user, ADD)),
        "separated": settings.ITOPS_SEPARATE_DUTIES,
        "duties": _duties(seen_by(user)) if settings.ITOPS_SEPARATE_DUTIES else [],
    }
    return render(request, "organisation/accounts.html", context)


def chosen(request: HttpRequest) -> QuerySet[User]:
    """Those that meet the conditions, with their roles."""
    user = signed_in(request)
    demand_somewhere(user, VIEW)
    return _chosen(request, _with_roles(seen_by(user)))


def new_account(request: HttpRequest) -> HttpResponse:
    """Opening one; it still has no way in, which its page offers next."""
    user = signed_in(request)
    demand_somewhere(user, ADD)
    form = NewAccountForm(request.POST or None, by=user)
    made = _open(form, user) if form.is_valid() else None
    if made:
        messages.success(request, _("The account is open. Now hand out a link or a first password."))
        return redirect("organisation:account_of", pk=made.pk)
    return render(request, "organisation/account_new.html", {"form": form})


def account_of(request: HttpRequest, pk: int) -> HttpResponse:
    """One account: whose it is, its roles, and what may be done for it."""
    user = signed_in(request)
    shown = get_object_or_404(seen_by(user).select_related("person__office", "place"), pk=pk)
    record_view(request, what="account", of_whom=str(shown), place=shown.place)
    refusal = managing.refusal_to_care(user, shown)
    may_change = shown.place is not None and may(user, CHANGE, shown.place)
    context = {
        "shown": shown,
        "grants": shown.grants.select_related("role", "place").order_by("place__path", "role__code"),
        "has_factor": has_second_factor(shown),
        "may_care": may_change and refusal is None,
        "refusal": REFUSALS[refusal] if may_change and refusal else "",
        "grant_form": GrantForm(by=user) if granted_paths(user, GIVE) else None,
        "combined": settings.ITOPS_SEPARATE_DUTIES and len(powers(shown.granted_permissions())) > 1,
    }
    return render(request, "organisation/account_of.html", context)


def edit_account(request: HttpRequest, pk: int) -> HttpResponse:
    """Its name, person and place."""
    user = signed_in(request)
    shown = get_object_or_404(seen_by(user), pk=pk)
    managing.demand_care(user, shown)
    start = {"username": shown.username, "place": shown.place, "person": shown.person}
    form = AccountForm(request.POST or None, by=user, account=shown, initial=start)
    if form.is_valid() and _change(form, shown, user):
        messages.success(request, _("The account is saved."))
        return redirect("organisation:account_of", pk=pk)
    return render(request, "organisation/account_edit.html", {"form": form, "shown": shown})


@require_POST
def give_role(request: HttpRequest, pk: int) -> HttpResponse:
    user = signed_in(request)
    shown = get_object_or_404(seen_by(user), pk=pk)
    form = GrantForm(request.POST, by=user)
    if not form.is_valid():
        messages.error(request, _("Choose a role and a place."))
        return redirect("organisation:account_of", pk=pk)
    try:
        managing.give_role(shown, by=user, role=form.cleaned_data["role"], place=form.cleaned_data["place"])
        messages.success(request, _("The role is given."))
    except Refused as refused:
        messages.error(request, REFUSALS[refused.why])
    return redirect("organisation:account_of", pk=pk)


@require_POST
def take_role(request: HttpRequest, pk: int, grant: int) -> HttpResponse:
    user = signed_in(request)
    held = get_object_or_404(Grant.objects.filter(user__in=seen_by(user), user=pk), pk=grant)
    try:
        managing.take_role(held, by=user)
        messages.success(request, _("The role is taken back."))
    except Refused as refused:
        messages.error(request, REFUSALS[refused.why])
    return redirect("organisation:account_of", pk=pk)


def seen_by(user: User) -> QuerySet[User]:
    """Accounts kept in places of the reader's scope."""
    return visible(User.objects.all(), user, VIEW)


def _with_roles(seen: QuerySet[User]) -> QuerySet[User]:
    with_codes = SecondFactor.objects.filter(user=OuterRef("pk"), confirmed__isnull=False)
    named = seen.select_related("person", "place").annotate(has_code=Exists(with_codes))
    return named.prefetch_related("grants__role", "grants__place")


def _chosen(request: HttpRequest, seen: QuerySet[User]) -> QuerySet[User]:
    word, state = request.GET.get("q", "").strip(), request.GET.get("state", "")
    if word:
        seen = seen.filter(Q(username__icontains=word) | Q(person__name__icontains=word))
    if state in {"open", "closed"}:
        seen = seen.filter(is_active=state == "open")
    return seen.order_by("-is_active", "place__path", "person__pinyin", "username")


def _duties(seen: QuerySet[User]) -> list[Duty]:
    active = list(seen.filter(is_active=True).select_related("person").annotate(granted=grants_of_account()))
    return [
        Duty(str(POWERS[power]), holders) for power, holders in managing.holders_of_powers(active).items()
    ]


def _open(form: NewAccountForm, by: User) -> User | None:
    """The account with its person and first role, or None with the form saying what is wrong."""
    given = form.cleaned_data
    try:
        with transaction.atomic():
            person = given["person"] or _new_person(form, by)
            made = managing.open_account(
                by=by, username=given["username"], place=given["place"], person=person
            )
            if given.get("role"):
                managing.give_role(made, by=by, role=given["role"], place=given["place"])
    except ValidationError as wrong:
        form.add_error(None, ValidationError(wrong.messages))
        return None
    except Refused as refused:
        form.add_error("role", str(REFUSALS[refused.why]))
        return None
    return made


def _new_person(form: NewAccountForm, by: User) -> Person | None:
    name, office = form.cleaned_data["name"], form.cleaned_data["office"]
    if not name:
        return None
    demand(by, ADD_PERSON, office.place)
    return add_person(by=by.actor, office=office, name=name)


def _change(form: AccountForm, shown: User, by: User) -> bool:
    given = form.cleaned_data
    try:
        managing.change_account(
            shown, by=by, username=given["username"], place=given["place"], person=given["person"]
        )
    except ValidationError as wrong:
        form.add_error(None, ValidationError(wrong.messages))
        return False
    return True
