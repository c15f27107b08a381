"""What people record on an asset's page: they looked for it, or they let a finding rest for a while."""

from datetime import date

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from inventory.actions.evidence import record_sighting
from inventory.actions.waivers import waive
from inventory.models import Asset, Sighting
from inventory.models.mark import MARK_CHOICES
from itops.organisation.models import User
from itops.organisation.scope import demand, signed_in, visible


class SightingForm(forms.Form):
    """Was it there?"""

    found = forms.TypedChoiceField(
        label=gettext_lazy("Was it there?"),
        choices=[("yes", gettext_lazy("I found it")), ("no", gettext_lazy("I looked and did not find it"))],
        widget=forms.RadioSelect,
        coerce=lambda answer: answer == "yes",
        initial="yes",
    )
    on = forms.DateField(
        label=gettext_lazy("Day"),
        initial=timezone.localdate,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )
    note = forms.CharField(label=gettext_lazy("Note"), max_length=200, required=False)

    def clean_on(self) -> date:
        on: date = self.cleaned_data["on"]
        if on > timezone.localdate():
            raise ValidationError(_("That day is still to come."))
        return on


class WaiverForm(forms.Form):
    """Let a finding rest until a day, for a reason."""

    mark = forms.ChoiceField(choices=MARK_CHOICES, widget=forms.HiddenInput)
    rule = forms.CharField(max_length=60, required=False, widget=forms.HiddenInput)
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=300)
    until = forms.DateField(
        label=gettext_lazy("Until and including"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )


@require_POST
def record(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody looked for the asset."""
    user = signed_in(request)
    asset = _asset(user, pk, "inventory.add_sighting")
    form = SightingForm(request.POST)
    if not form.is_valid():
        return _refused(request, form, asset)
    given = form.cleaned_data
    record_sighting(
        asset,
        found=given["found"],
        by=str(user)[:60],
        on=given["on"],
        sort=Sighting.Sort.INSPECTION,
        person=user.person,
        place=asset.place,
        note=given["note"],
    )
    messages.success(request, _("Recorded. The verdict follows with the next marking, within minutes."))
    return redirect("inventory:asset", asset.pk)


@require_POST
def let_rest(request: HttpRequest, pk: int) -> HttpResponse:
    """A finding does not count until a day."""
    user = signed_in(request)
    asset = _asset(user, pk, "inventory.add_waiver")
    form = WaiverForm(request.POST)
    if not form.is_valid():
        return _refused(request, form, asset)
    try:
        waiver = waive(asset, **form.cleaned_data, by=str(user)[:60])
    except ValidationError as error:
        form.add_error(None, error)
        return _refused(request, form, asset)
    messages.success(request, _("Waived until %(until)s.") % {"until": waiver.until})
    return redirect("inventory:asset", asset.pk)


def _asset(user: User, pk: int, permission: str) -> Asset:
    """404 outside what the user may see, 403 where the user may only look."""
    asset = get_object_or_404(
        visible(Asset.objects.select_related("place"), user, "inventory.view_asset"), pk=pk
    )
    demand(user, permission, asset.place)
    return asset


def _refused(request: HttpRequest, form: forms.Form, asset: Asset) -> HttpResponse:
    for field, errors in form.errors.items():
        label = form.fields[field].label if field in form.fields else ""
        for error in errors:
            messages.error(request, f"{label}: {error}" if label else str(error))
    return redirect("inventory:asset", asset.pk)
