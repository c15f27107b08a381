"""How many authorised staff an office has had from which day on: a panel of its page, and the form that adds to it."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from itops.crud.resource import Panel
from itops.database.actor import because
from itops.organisation.actions.staff import record_staff
from itops.organisation.models import Office
from itops.organisation.scope import demand, may, signed_in, visible

VIEW, CHANGE = "organisation.view_office", "organisation.change_office"
MOST = 32_767


class StaffForm(forms.Form):
    """So many from that day until the next number."""

    starts = forms.DateField(
        label=gettext_lazy("from"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
    staff = forms.IntegerField(label=gettext_lazy("authorised staff in post"), min_value=0, max_value=MOST)
    reason = forms.CharField(label=gettext_lazy("Reason for the change"), max_length=200, required=False)


def shows(request: HttpRequest, office: Any) -> Mapping[str, object]:
    changes = may(signed_in(request), CHANGE, office.place)
    form = StaffForm(initial={"starts": timezone.localdate()}, auto_id="staff_%s") if changes else None
    return {
        "numbers": office.staff_numbers.all(),
        "form": form,
        "address": reverse("directory:office_staff", args=[office.pk]),
    }


PANEL = Panel("components/staff_numbers.html", shows)


@require_POST
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """A second number for a day corrects the first."""
    user = signed_in(request)
    office = get_object_or_404(visible(Office.objects.select_related("place"), user, VIEW), pk=pk)
    demand(user, CHANGE, office.place)
    form = StaffForm(request.POST)
    if form.is_valid():
        given = form.cleaned_data
        with because(given["reason"]):
            record_staff(office, by=user.actor, staff=given["staff"], starts=given["starts"])
        messages.success(request, _("Saved."))
    else:
        messages.error(request, _("Give a day and a whole number of staff."))
    return redirect(f"{reverse('directory:office', args=[pk])}#staff-numbers")
