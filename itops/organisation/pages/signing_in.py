"""Signing in: by name and password and perhaps a one-time code, or once by a link."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from itops.organisation import single_sign_on
from itops.organisation.actions.lockout import forget_failures, is_locked, note_failure
from itops.organisation.actions.second_factor import passes
from itops.organisation.actions.sign_in_links import use_link
from itops.organisation.address import client_address
from itops.organisation.directory import DirectoryUnreachable
from itops.organisation.models import User
from itops.organisation.pages.entering import complete_pending, enter, pending
from itops.organisation.pages.set_up import begin_set_up, in_set_up


class SignInForm(AuthenticationForm):
    """Refuses for a while after too many failures for the name or from the address."""

    def clean(self) -> dict[str, Any]:
        name = self.cleaned_data.get("username", "")
        address = client_address(self.request) if self.request else ""
        if is_locked(name, address):
            raise _too_many()
        try:
            cleaned = super().clean()
        except DirectoryUnreachable as silent:
            raise forms.ValidationError(
                _("The directory does not answer. Please try again later."), code="directory"
            ) from silent
        except forms.ValidationError:
            note_failure(name, address)
            raise
        return cleaned


class CodeForm(forms.Form):
    """Asks for the telephone's code, or a recovery code in its place."""

    code = forms.CharField(
        label=_("one-time code"),
        max_length=20,
        help_text=_("Six digits from the app on your telephone; without it, one of your recovery codes."),
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "autofocus": True, "spellcheck": "false"}
        ),
    )

    def __init__(self, *args: Any, user: User, address: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user, self.address = user, address

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        if is_locked(self.user.username, self.address):
            raise _too_many()
        if not passes(self.user, code):
            note_failure(self.user.username, self.address)
            raise forms.ValidationError(_("This code is wrong, used or too old."), code="wrong")
        return code


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

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        return super().get_context_data(**more) | {"single_sign_on": single_sign_on.is_configured()}

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        user = form.get_user()
        forget_failures(user.username)
        return enter(self.request, user, then=self.get_redirect_url())


@login_not_required
@never_cache
def sign_in_code(request: HttpRequest) -> HttpResponse:
    """The second step for accounts with a telephone."""
    user = pending(request)
    if user is None:
        return redirect("organisation:sign_in")
    form = CodeForm(request.POST or None, user=user, address=client_address(request))
    if form.is_valid():
        forget_failures(user.username)
        return complete_pending(request, user)
    return render(request, "organisation/sign_in_code.html", {"form": form})


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
    return enter(request, link.user, may_set_password=True)


def _too_many() -> forms.ValidationError:
    minutes = settings.ITOPS_LOCK_MINUTES
    words = ngettext(
        "Too many failures. Please wait %(count)s minute, then try again.",
        "Too many failures. Please wait %(count)s minutes, then try again.",
        minutes,
    )
    return forms.ValidationError(words % {"count": minutes}, code="too_many")
