"""An account changes its own password; whoever came by a link need not know the one before."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.forms import PasswordChangeForm, SetPasswordForm
from django.contrib.auth.views import PasswordChangeView
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext as _

from itops.organisation.actions.accounts import note_new_password
from itops.organisation.models import User
from itops.organisation.pages.entering import MAY_SET_PASSWORD


def password_is_due(user: User) -> bool:
    """Whether it must be changed before anything else: a first one, or one past its days."""
    if user.must_change_password:
        return True
    days = settings.ITOPS_PASSWORD_DAYS
    if not days or not user.has_usable_password():
        return False
    since = user.password_changed or user.date_joined
    return since < timezone.now() - timedelta(days=days)


class _Another(SetPasswordForm):  # type: ignore[type-arg]  # generic in its stubs alone
    """Refuses the password that is to be replaced."""

    def clean_new_password1(self) -> str:
        given: str = self.cleaned_data["new_password1"]
        if self.user.check_password(given):
            raise ValidationError(_("This is the password you have now."), code="the_same")
        return given


class SetPassword(_Another):
    """Without the one before."""


class ChangePassword(_Another, PasswordChangeForm):
    """Knowing the one before."""


class Password(PasswordChangeView):
    template_name = "organisation/password.html"
    success_url = reverse_lazy("organisation:account")

    def get_form_class(self) -> type[_Another]:
        return SetPassword if self.request.session.get(MAY_SET_PASSWORD) else ChangePassword

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        user = self.request.user
        due = user.is_authenticated and password_is_due(user)
        return super().get_context_data(**more) | {"due": due}

    def form_valid(self, form: _Another) -> HttpResponse:
        note_new_password(form.user)
        self.request.session.pop(MAY_SET_PASSWORD, None)
        messages.success(self.request, _("The password is changed. Other browsers are signed out."))
        return super().form_valid(form)
