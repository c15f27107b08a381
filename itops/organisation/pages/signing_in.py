"""Signing in: by name and password, or once by a link."""

import hashlib
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from itops.organisation.actions.sign_in_links import use_link
from itops.organisation.models import User
from itops.organisation.pages.language import remember_language
from itops.organisation.pages.set_up import begin_set_up, in_set_up

MOST_FAILURES = 10  # of one name from one address
FORGOTTEN_AFTER = 600  # seconds
BACKEND = "itops.organisation.backends.Passwords"


class SignInForm(AuthenticationForm):
    """Refuses for ten minutes after ten wrong passwords for a name from an address."""

    def clean(self) -> dict[str, Any]:
        if cache.get(self._failures, 0) >= MOST_FAILURES:
            raise forms.ValidationError(
                _("Too many wrong passwords. Please wait ten minutes, then try again."), code="too_many"
            )
        try:
            return super().clean()
        except forms.ValidationError:
            cache.add(self._failures, 0, FORGOTTEN_AFTER)
            cache.incr(self._failures)
            raise

    @property
    def _failures(self) -> str:
        address = self.request.META.get("REMOTE_ADDR", "") if self.request else ""
        who = f"{self.cleaned_data.get('username', '')}\n{address}"
        return f"sign-in-failures:{hashlib.sha256(who.encode()).hexdigest()}"


@method_decorator([login_not_required, never_cache], name="dispatch")
class SignIn(LoginView):
    template_name = "organisation/sign_in.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if in_set_up(request):
            return redirect("organisation:first_county")
        if not User.objects.exists():
            return render(request, "organisation/new_installation.html", status=403)
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        return remember_language(super().form_valid(form), form.get_user().language)


@login_not_required
@never_cache
@require_GET
def sign_in_once(request: HttpRequest, token: str) -> HttpResponse:
    """Signs in and uses the link up; a browser that only fetches ahead is sent away."""
    if "prefetch" in request.headers.get("Sec-Purpose", ""):
        return HttpResponse(status=503)
    link = use_link(token)
    if link is None:
        return render(request, "organisation/link_used.html", status=410)
    if link.user is None:
        begin_set_up(request)
        return redirect("organisation:first_county")
    login(request, link.user, backend=BACKEND)
    return remember_language(redirect(settings.LOGIN_REDIRECT_URL), link.user.language)
