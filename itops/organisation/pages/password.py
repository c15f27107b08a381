"""An account changes its own password."""

from django.contrib import messages
from django.contrib.auth.forms import PasswordChangeForm
from django.contrib.auth.views import PasswordChangeView
from django.http import HttpResponse
from django.urls import reverse_lazy
from django.utils.translation import gettext as _


class Password(PasswordChangeView):
    template_name = "organisation/password.html"
    success_url = reverse_lazy("organisation:password")

    def form_valid(self, form: PasswordChangeForm) -> HttpResponse:
        messages.success(self.request, _("The password is changed. Other browsers are signed out."))
        return super().form_valid(form)
