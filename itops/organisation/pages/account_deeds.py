"""What is done for somebody's account with one button: a way in, a way out, closing and opening."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST
from django_stubs_ext import StrPromise

from itops.organisation.actions import managing
from itops.organisation.actions.managing import Refused
from itops.organisation.actions.sign_in_links import MINUTES
from itops.organisation.pages.account_words import REFUSALS
from itops.organisation.pages.accounts import seen_by
from itops.organisation.scope import signed_in

DEEDS: dict[str, tuple[Callable[..., None], str | StrPromise]] = {
    "close": (managing.close_account, _("The account is closed and signed out everywhere.")),
    "reopen": (managing.reopen_account, _("The account is open again.")),
    "sign-out": (managing.end_sessions, _("The account is signed out everywhere.")),
    "unlock": (managing.unlock, _("Its failures are forgotten; it can sign in again.")),
    "take-second-factor": (managing.take_second_factor, _("Its one-time codes are switched off.")),
}


@require_POST
def deed(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """One of DEEDS."""
    if name not in DEEDS:
        raise Http404
    by = signed_in(request)
    shown = get_object_or_404(seen_by(by), pk=pk)
    act, said = DEEDS[name]
    try:
        act(shown, by=by)
        messages.success(request, said)
    except Refused as refused:
        messages.error(request, REFUSALS[refused.why])
    return redirect("organisation:account_of", pk=pk)


@never_cache
@require_POST
def let_in(request: HttpRequest, pk: int, by_what: str) -> HttpResponse:
    """A link or a first password, shown on this answer and never again."""
    by = signed_in(request)
    shown = get_object_or_404(seen_by(by), pk=pk)
    try:
        if by_what == "link":
            token = managing.hand_out_link(shown, by=by)
            secret = request.build_absolute_uri(reverse("organisation:sign_in_once", args=[token]))
        else:
            secret = managing.hand_out_password(shown, by=by)
    except Refused as refused:
        messages.error(request, REFUSALS[refused.why])
        return redirect("organisation:account_of", pk=pk)
    context = {"shown": shown, "secret": secret, "is_link": by_what == "link", "minutes": MINUTES}
    return render(request, "organisation/account_let_in.html", context)
