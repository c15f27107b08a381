"""Waivers: what somebody lets rest until when and why; those that end soon first; added and ended here."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

import django_filters as filters
from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from inventory.actions.waivers import LONGEST, end_waiver, waive
from inventory.marks.kind import Kind
from inventory.marks.rules import KINDS_OF
from inventory.models import Asset, Waiver
from inventory.models.mark import MARK_CHOICES
from inventory.pages.assets import ASSETS
from inventory.wording import rule_name
from itops.crud.filters import RecordFilter
from itops.crud.resource import Resource
from itops.crud.tables import DayColumn, NameColumn, RecordTable
from itops.organisation.models import User
from itops.organisation.scope import demand, demand_somewhere, granted_paths, may, signed_in, visible

VIEW, ADD, CHANGE = "inventory.view_waiver", "inventory.add_waiver", "inventory.change_waiver"
SOON, PAGE = timedelta(days=30), 50
STATES = ("in_force", "soon", "ended")


class WaiverTable(RecordTable):
    asset = NameColumn("inventory:waiver")
    starts, until, ended_on = DayColumn(), DayColumn(), DayColumn()

    class Meta(RecordTable.Meta):
        model = Waiver
        fields = ("asset", "mark", "rule", "reason", "author", "starts", "until", "ended_on", "ended_by")


class WaiverFilter(RecordFilter):
    searched = ("asset__tag", "asset__name", "reason", "author")

    mark = filters.ChoiceFilter(label=gettext_lazy("Mark"), choices=MARK_CHOICES)

    class Meta:
        model = Waiver
        fields: tuple[str, ...] = ()


class NewWaiverForm(forms.Form):
    """`rules` are those of any kind: which of them the asset's kind has is looked at when it is saved."""

    tag = forms.CharField(label=gettext_lazy("Asset number"), max_length=40)
    mark = forms.ChoiceField(label=gettext_lazy("Mark"), choices=MARK_CHOICES)
    what = forms.ChoiceField(label=gettext_lazy("Rule"), required=False)
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=300)
    until = forms.DateField(
        label=gettext_lazy("Until and including"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )

    def __init__(self, *given: object, user: User) -> None:
        super().__init__(*given)  # type: ignore[arg-type]
        self.user = user
        names = [(f"{mark}.{what}", rule_name(f"{mark}.{Kind.COMPUTER}.{what}")) for mark, what in KINDS_OF]
        offered: forms.ChoiceField = self.fields["what"]  # type: ignore[assignment]
        offered.choices = [("", _("all rules of the mark")), *names]

    def clean_tag(self) -> Asset:
        seen = visible(Asset.objects.select_related("place"), self.user, "inventory.view_asset")
        asset = seen.filter(tag=self.cleaned_data["tag"].strip()).first()
        if asset is None:
            raise ValidationError(_("There is no such asset in your scope."))
        if not may(self.user, ADD, asset.place):
            raise ValidationError(_("You may not waive anything there."))
        return asset

    def clean(self) -> dict[str, object]:
        given: dict[str, object] = super().clean() or self.cleaned_data
        what = str(given.get("what") or "")
        if what and not what.startswith(f"{given.get('mark')}."):
            self.add_error("what", _("This rule belongs to another mark."))
        return given

    def keep(self) -> Waiver:
        given = self.cleaned_data
        asset, (mark, _dot, what) = given["tag"], given["what"].partition(".")
        return waive(
            asset,
            mark=given["mark"],
            rule=f"{mark}.{asset.kind}.{what}" if what else "",
            reason=given["reason"],
            until=given["until"],
            by=str(self.user)[:60],
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """`left`: days until it ends, today's end 0; None where it has ended."""

    waiver: Waiver
    rule: str
    left: int | None
    soon: bool
    may_end: bool


def page(request: HttpRequest) -> HttpResponse:
    """In force (the soonest end first), ending within a month, or ended."""
    user = signed_in(request)
    demand_somewhere(user, VIEW)
    form = NewWaiverForm(request.POST or None, user=user)
    if request.method == "POST":
        demand_somewhere(user, ADD)
        if form.is_valid() and _kept(request, form):
            return redirect("inventory:waiver_list")
    state = request.GET.get("state", STATES[0])
    state = state if state in STATES else STATES[0]
    shown = Paginator(_of(user, state), PAGE).get_page(request.GET.get("page"))
    context = {
        "state": state,
        "counts": [(one, _of(user, one).count()) for one in STATES],
        "lines": _lines(user, shown),
        "pages": shown,
        "address": f"?state={state}",
        "form": form if granted_paths(user, ADD) else None,
        "latest": timezone.localdate() + LONGEST,
    }
    return render(request, "inventory/waivers.html", context, status=422 if form.is_bound else 200)


@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """It counts no longer from today on."""
    user = signed_in(request)
    found = visible(Waiver.objects.select_related("asset__place"), user, VIEW, "asset__place")
    waiver = get_object_or_404(found, pk=pk)
    demand(user, CHANGE, waiver.asset.place)
    try:
        end_waiver(waiver, by=str(user)[:60])
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    else:
        messages.success(request, _("Ended. The verdict follows with the next marking, within minutes."))
    return redirect("inventory:waiver_list")


def _kept(request: HttpRequest, form: NewWaiverForm) -> bool:
    try:
        waiver = form.keep()
    except ValidationError as refused:
        form.add_error(None, " ".join(refused.messages))
        return False
    messages.success(request, _("Waived until %(until)s.") % {"until": waiver.until})
    return True


def _of(user: User, state: str) -> QuerySet[Waiver]:
    today = timezone.localdate()
    seen = visible(Waiver.objects.select_related("asset__place"), user, VIEW, "asset__place")
    if state == "ended":
        return seen.filter(until__lt=today).order_by("-until", "-pk")
    holding = seen.filter(until__gte=today).order_by("until", "pk")
    return holding.filter(until__lte=today + SOON) if state == "soon" else holding


def _lines(user: User, shown: "Page[Waiver]") -> Sequence[Line]:
    today = timezone.localdate()
    return [
        Line(
            waiver=one,
            rule=rule_name(one.rule) if one.rule else "",
            left=(one.until - today).days if one.until >= today else None,
            soon=today <= one.until <= today + SOON,
            may_end=one.until >= today and may(user, CHANGE, one.asset.place),
        )
        for one in shown
    ]


WAIVERS = Resource(
    model=Waiver,
    path="waivers",
    namespace="inventory",
    table=WaiverTable,
    filters=WaiverFilter,
    fields=("asset", "mark", "rule", "reason", "author", "starts", "until", "ended_on", "ended_by"),
    natural=("id",),
    place="asset__place",
    related=("asset__place",),
    refers=(ASSETS,),
    tells_of=("asset",),
    read_only=True,
    overrides={"list": page},
)
