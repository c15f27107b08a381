"""Single sign-on: away to the service and back. Off until it is configured."""

import logging

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from itops.organisation import single_sign_on
from itops.organisation.actions.identities import account_of
from itops.organisation.pages.entering import enter
from itops.organisation.single_sign_on import NotSignedOn

THEN = "sign_on_then"
logger = logging.getLogger(__name__)


@login_not_required
@never_cache
@require_POST
def sign_on(request: HttpRequest) -> HttpResponse:
    """Away."""
    _demand_configured()
    request.session[THEN] = request.POST.get("next", "")
    try:
        return single_sign_on.send_away(
            request, request.build_absolute_uri(reverse("organisation:signed_on"))
        )
    except NotSignedOn as trouble:
        return _back_to_sign_in(request, trouble)


@login_not_required
@never_cache
@require_GET
def signed_on(request: HttpRequest) -> HttpResponse:
    """And back, with proof or without."""
    _demand_configured()
    try:
        subject = single_sign_on.come_back(request)
    except NotSignedOn as trouble:
        return _back_to_sign_in(request, trouble)
    account = account_of(source=subject.issuer, subject=subject.subject, username=subject.name)
    if account is None:
        messages.error(request, _("You have no account here. Please ask who administers accounts."))
        return redirect("organisation:sign_in")
    return enter(request, account, then=request.session.get(THEN, ""))


def _back_to_sign_in(request: HttpRequest, trouble: NotSignedOn) -> HttpResponse:
    """What went wrong is for the log; it names no secret, only the step that failed."""
    logger.warning("Single sign-on failed: %s", type(trouble.__cause__ or trouble).__name__)
    messages.error(request, _("Single sign-on did not succeed. Please try again, or sign in by password."))
    return redirect("organisation:sign_in")


def _demand_configured() -> None:
    if not single_sign_on.is_configured():
        raise Http404
