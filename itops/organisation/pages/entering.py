"""The last steps of every way in: a one-time code where the account has one, then the session."""

import time

from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme

from itops.organisation.actions.second_factor import has_second_factor, needs_second_factor
from itops.organisation.models import User
from itops.organisation.pages.language import remember_language

BACKEND = "itops.organisation.backends.Passwords"
MUST_ENROL, MAY_SET_PASSWORD, PENDING = "must_enrol", "may_set_password", "pending_sign_in"
PENDING_S = 300


def enter(
    request: HttpRequest, user: User, *, then: str = "", may_set_password: bool = False
) -> HttpResponse:
    """The account has shown who it is; a code is asked for where it has set that up."""
    if not has_second_factor(user):
        return complete(request, user, then=then, may_set_password=may_set_password)
    request.session.cycle_key()
    request.session[PENDING] = {
        "user": user.pk,
        "hash": user.get_session_auth_hash(),
        "until": time.time() + PENDING_S,
        "then": then,
        "may_set_password": may_set_password,
    }
    return redirect("organisation:sign_in_code")


def pending(request: HttpRequest) -> User | None:
    """Whose code is being waited for, unless that took too long or the account changed meanwhile."""
    waiting = request.session.get(PENDING)
    if not waiting or waiting["until"] < time.time():
        return None
    user = User.objects.select_related("person").filter(pk=waiting["user"], is_active=True).first()
    return user if user and user.get_session_auth_hash() == waiting["hash"] else None


def complete_pending(request: HttpRequest, user: User) -> HttpResponse:
    """The code was right."""
    waiting = request.session.pop(PENDING)
    return complete(request, user, then=waiting["then"], may_set_password=waiting["may_set_password"])


def complete(
    request: HttpRequest, user: User, *, then: str = "", may_set_password: bool = False
) -> HttpResponse:
    """Signed in. `may_set_password`: came by a link, and need not know the password that is replaced."""
    request.session.flush()
    login(request, user, backend=BACKEND)
    if needs_second_factor(user):
        request.session[MUST_ENROL] = True
    if may_set_password:
        request.session[MAY_SET_PASSWORD] = True
    return remember_language(redirect(_allowed(request, then)), user.language)


def _allowed(request: HttpRequest, then: str) -> str:
    """An address of this site, else the first page."""
    is_ours = url_has_allowed_host_and_scheme(then, {request.get_host()}, require_https=request.is_secure())
    return then if then and is_ours else resolve_url(settings.LOGIN_REDIRECT_URL)
