"""Requests: sent by a township from a phone with a photo, answered by the county with state and reason."""

from collections.abc import Mapping
from typing import Any

import django_filters as filters
from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from inventory.actions.requests import answer_request, send_request
from inventory.models import Asset, Request
from inventory.models.catalogue import KIND_CHOICES
from inventory.pages.assets import ASSETS
from itops.crud.attached import attached
from itops.crud.directory import townships
from itops.crud.filters import RecordFilter
from itops.crud.resource import Panel, Resource
from itops.crud.tables import DayColumn, MomentColumn, NameColumn, RecordTable
from itops.files.actions import attach
from itops.files.pages import ADD as ADD_FILE
from itops.organisation.models import Level, Place, User
from itops.organisation.scope import demand, demand_somewhere, may, signed_in, visible
from itops.organisation.subjects import Subject

VIEW, ADD, CHANGE = "inventory.view_request", "inventory.add_request", "inventory.change_request"
ANSWERS = [one for one in Request.State.choices if one[0] != Request.State.OPEN]
REQUEST = Subject(model=Request, page="inventory:request")


class RequestTable(RecordTable):
    text = NameColumn("inventory:request")
    sent_on, answered_on = MomentColumn(), DayColumn()

    class Meta(RecordTable.Meta):
        model = Request
        fields = ("text", "sort", "place", "kind", "quantity", "state", "sent_on", "answer", "answered_on")


class RequestFilter(RecordFilter):
    searched = ("text", "answer", "asset__tag", "place__name")

    place = filters.ModelChoiceFilter(label=gettext_lazy("Township"), queryset=townships, method="by_place")
    of_sort = filters.ChoiceFilter(
        label=gettext_lazy("Request"), field_name="sort", choices=Request.Sort.choices
    )
    state = filters.ChoiceFilter(label=gettext_lazy("State"), choices=Request.State.choices)
    kind = filters.ChoiceFilter(label=gettext_lazy("Kind"), choices=KIND_CHOICES)

    class Meta:
        model = Request
        fields: tuple[str, ...] = ()

    def by_place(self, queryset: QuerySet[Request], name: str, value: Place) -> QuerySet[Request]:
        return queryset.filter(place__path__under=value.path)


class SendForm(forms.Form):
    """`place` is asked only of those who may send for several."""

    sort = forms.ChoiceField(
        label=gettext_lazy("What is it?"),
        choices=Request.Sort.choices,
        widget=forms.RadioSelect,
        initial="fault",
    )
    place = forms.ModelChoiceField(label=gettext_lazy("Township"), queryset=Place.objects.none())
    tag = forms.CharField(
        label=gettext_lazy("Asset number"),
        required=False,
        max_length=40,
        help_text=gettext_lazy("stands on its label; without one say the kind"),
    )
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=[("", "–"), *KIND_CHOICES], required=False)
    quantity = forms.IntegerField(label=gettext_lazy("How many"), min_value=1, max_value=200, initial=1)
    text = forms.CharField(
        label=gettext_lazy("What is the matter?"), max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )
    photo = forms.FileField(
        label=gettext_lazy("Photo"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/*", "capture": "environment"}),
    )

    def __init__(self, *given: Any, user: User, **more: Any) -> None:
        super().__init__(*given, **more)
        self.user = user
        places = visible(Place.objects.filter(level__lte=Level.TOWNSHIP), user, ADD, place="")
        offered: Any = self.fields["place"]
        offered.queryset = places.order_by("level", "position", "code")
        if offered.queryset.count() == 1:
            offered.initial, offered.widget = offered.queryset.get(), forms.HiddenInput()

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        tag = (given.get("tag") or "").strip()
        seen = visible(Asset.objects.all(), self.user, "inventory.view_asset")
        given["asset"] = seen.filter(tag=tag).first() if tag else None
        if tag and given["asset"] is None:
            self.add_error("tag", _("There is no such asset in your scope."))
        elif given.get("sort") != Request.Sort.SUGGESTION and not tag and not given.get("kind"):
            self.add_error("kind", _("Say which asset or which kind it is about."))
        return given

    def send(self) -> Request:
        """With its photo, or not at all."""
        given, by = self.cleaned_data, str(self.user)
        with transaction.atomic():
            made = send_request(
                by=by,
                **{name: given[name] for name in ("place", "sort", "text", "asset", "kind", "quantity")},
            )
            if given["photo"] and may(self.user, ADD_FILE, made.place):
                attach(by=self.user, model=REQUEST.label, object_id=made.pk, upload=given["photo"])
        return made


class AnswerForm(forms.Form):
    """What becomes of it, and why."""

    state = forms.ChoiceField(label=gettext_lazy("Answer"), choices=ANSWERS, widget=forms.RadioSelect)
    answer = forms.CharField(
        label=gettext_lazy("Reason, or what was done"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


def send(request: HttpRequest) -> HttpResponse:
    """The page for a township's phone; ?asset= is the number of the asset it is about."""
    user = signed_in(request)
    demand_somewhere(user, ADD)
    about = Asset.objects.filter(tag=request.GET.get("asset", "")[:40]).select_related("place").first()
    initial = {"tag": about.tag, "place": about.place} if about and may(user, ADD, about.place) else {}
    form = SendForm(request.POST or None, request.FILES or None, user=user, initial=initial)
    if form.is_bound and form.is_valid() and (made := _sent(form)):
        messages.success(request, _("Sent. The answer will stand here."))
        return redirect("inventory:request", made.pk)
    return render(
        request, "inventory/request_send.html", {"form": form}, status=422 if form.is_bound else 200
    )


def _sent(form: SendForm) -> Request | None:
    try:
        return form.send()
    except ValidationError as refused:
        form.add_error(None, " ".join(refused.messages))
        return None


@require_POST
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    user = signed_in(request)
    found = get_object_or_404(visible(Request.objects.select_related("place"), user, VIEW), pk=pk)
    demand(user, CHANGE, found.place)
    form = AnswerForm(request.POST)
    if form.is_valid():
        answer_request(found, **form.cleaned_data, by=str(user))
        messages.success(request, _("Answered."))
    else:
        messages.error(request, _("An answer says why."))
    return redirect("inventory:request", pk)


def _answering(request: HttpRequest, instance: Request) -> Mapping[str, object] | None:
    user = signed_in(request)
    given = {"state": instance.state, "answer": instance.answer} if instance.answered_on else None
    form = AnswerForm(initial=given) if may(user, CHANGE, instance.place) else None
    return {"instance": instance, "form": form}


def _follow(instance: Request) -> None:
    """An asset brings its kind; an answer has a day."""
    if instance.asset is not None:
        instance.kind = instance.asset.kind
    if instance.state != Request.State.OPEN and instance.answered_on is None:
        instance.answered_on = timezone.localdate()


REQUESTS = Resource(
    model=Request,
    path="requests",
    namespace="inventory",
    table=RequestTable,
    filters=RequestFilter,
    fields=("place", "sort", "asset", "kind", "quantity", "text", "state", "answer"),
    natural=("id",),
    place="place",
    usual=("text", "sort", "place", "state", "sent_on"),
    bulk=("state", "answer"),
    related=("place", "asset"),
    refers=(ASSETS,),
    tells_of=("asset",),
    derive=_follow,
    derived=("answered_on",),
    order="-sent_on",
    panels=(Panel("inventory/request_answer.html", _answering), *attached(REQUEST)),
    overrides={"add": send},
)
