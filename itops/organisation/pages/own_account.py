"""What everybody may do with their own account: the password, one-time codes, tokens, signing out elsewhere."""

import segno
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from itops.encrypted import opened, sealed
from itops.organisation.actions import second_factor as factor
from itops.organisation.actions.accounts import sign_out_everywhere
from itops.organisation.actions.tokens import revoke_token
from itops.organisation.address import client_address
from itops.organisation.models import Role, User
from itops.organisation.pages.entering import MUST_ENROL
from itops.organisation.pages.signing_in import CodeForm
from itops.organisation.pages.token_form import TokenForm
from itops.organisation.scope import signed_in

TO_CONFIRM = "second_factor_to_confirm"


def account(request: HttpRequest) -> HttpResponse:
    """Who I am here, what I may do where, and what protects it."""
    user = signed_in(request)
    context = {
        "grants": user.grants.select_related("role", "place").order_by("place__path", "role__code"),
        "has_factor": factor.has_second_factor(user),
        "codes_left": user.recovery_codes.filter(used=None).count(),
        "tokens": user.tokens.select_related("place"),
    }
    return render(request, "organisation/account.html", context)


@never_cache
def second_factor(request: HttpRequest) -> HttpResponse:
    """Setting it up; once it is, new recovery codes or taking it away, either with a code."""
    user = signed_in(request)
    if factor.has_second_factor(user):
        return _change_factor(request, user)
    secret = _secret_to_confirm(request)
    codes = factor.confirm(user, secret, request.POST.get("code", "")) if request.method == "POST" else None
    if codes:
        del request.session[TO_CONFIRM]
        request.session.pop(MUST_ENROL, None)
        return _show_codes(request, codes)
    address = factor.address_of_secret(user, secret, _("Township equipment ledger"))
    context = {
        "picture": segno.make(address, error="m").svg_data_uri(scale=5, border=4),
        "secret": " ".join(secret[start : start + 4] for start in range(0, len(secret), 4)),
        "demanded": request.session.get(MUST_ENROL, False),
        "wrong": request.method == "POST",
    }
    return render(request, "organisation/second_factor_new.html", context)


def _secret_to_confirm(request: HttpRequest) -> str:
    """The same for as long as the browser is signed in, so that the picture may be looked at again."""
    if TO_CONFIRM not in request.session:
        request.session[TO_CONFIRM] = sealed(factor.fresh_secret())
    return opened(request.session[TO_CONFIRM])


@require_POST
def other_sessions(request: HttpRequest) -> HttpResponse:
    """Every other browser is signed out."""
    user = signed_in(request)
    sign_out_everywhere(user, by=user.actor)
    update_session_auth_hash(request, user)
    messages.success(request, _("All other browsers are signed out."))
    return redirect("organisation:account")


@never_cache
def new_token(request: HttpRequest) -> HttpResponse:
    """A token, whose key is shown on the answer and never again."""
    form = TokenForm(request.POST or None, user=signed_in(request))
    if form.is_valid():
        token, key = form.make()
        return render(request, "organisation/token_made.html", {"token": token, "key": key})
    return render(request, "organisation/token_new.html", {"form": form})


@require_POST
def end_token(request: HttpRequest, pk: int) -> HttpResponse:
    user = signed_in(request)
    token = get_object_or_404(user.tokens, pk=pk)
    revoke_token(token, by=user)
    messages.success(request, _("The token “%(name)s” opens nothing any more.") % {"name": token})
    return redirect("organisation:account")


def _change_factor(request: HttpRequest, user: User) -> HttpResponse:
    form = CodeForm(request.POST or None, user=user, address=client_address(request))
    demanded = Role.objects.filter(grants__user=user, second_factor=True).exists()
    if form.is_valid() and "remove" in request.POST and not demanded:
        factor.remove(user, by=user.actor)
        messages.success(request, _("Signing in asks for the password alone again."))
        return redirect("organisation:account")
    if form.is_valid() and "renew" in request.POST:
        return _show_codes(request, factor.new_recovery_codes(user))
    return render(request, "organisation/second_factor.html", {"form": form, "demanded": demanded})


def _show_codes(request: HttpRequest, codes: list[str]) -> HttpResponse:
    return render(request, "organisation/recovery_codes.html", {"codes": codes})
