"""Places as a resource: read as any other, renamed, recoded and moved from a day on, with every former state kept."""

from collections.abc import Mapping
from typing import Any

import django_filters as filters
from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from itops.crud.filters import RecordFilter
from itops.crud.resource import Panel, Resource
from itops.crud.tables import NameColumn, RecordTable
from itops.database.actor import because
from itops.extras.custom_fields import custom_fields, form_fields, values_from
from itops.organisation.actions.places import change_place
from itops.organisation.models import Level, Place, User
from itops.organisation.scope import may, signed_in, visible

CHANGE = "organisation.change_place"


class PlaceTable(RecordTable):
    name = NameColumn("directory:place", order_by=("position", "code"))

    class Meta(RecordTable.Meta):
        model = Place
        fields = ("name", "name_en", "code", "level", "parent")


class PlaceFilter(RecordFilter):
    searched = ("name", "name_en", "code", "pinyin")

    level = filters.ChoiceFilter(label=gettext_lazy("Level"), choices=Level.choices)

    class Meta:
        model = Place
        fields: tuple[str, ...] = ()


class PlaceForm(forms.Form):
    """What it is called from a day on, and under what it lies."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=80)
    name_en = forms.CharField(label=gettext_lazy("English name"), max_length=120, required=False)
    code = forms.CharField(label=gettext_lazy("Division code"), max_length=12, required=False)
    parent = forms.ModelChoiceField(Place.objects.none(), label=gettext_lazy("Lies under"), required=False)
    on = forms.DateField(
        label=pgettext_lazy("place", "From this day on"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        help_text=gettext_lazy("Reports of earlier days keep what it was then."),
    )
    change_reason = forms.CharField(
        label=gettext_lazy("Reason for the change"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Stands in the change record."),
    )

    def __init__(self, place: Place, user: User, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        self.fields["parent"].queryset = _above(place, user)  # type: ignore[attr-defined]  # ModelChoiceField
        self.own = custom_fields(Place)
        self.fields |= form_fields(self.own, user, place.custom)


def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """A second change on a day corrects the first; where it goes to, the account must be allowed to change as well."""
    user = signed_in(request)
    place = get_object_or_404(PLACES.visible(user), pk=pk)
    PLACES.demand(user, "change", place)
    today = timezone.localdate()
    if request.method != "POST":
        initial = {"name": place.name, "name_en": place.name_en, "code": place.code}
        form = PlaceForm(place, user, initial=initial | {"parent": place.parent_id, "on": today})
        return _show(request, place, form)
    form = PlaceForm(place, user, request.POST)
    if form.is_valid() and _changed(form, place, user):
        messages.success(request, _("%(name)s is saved.") % {"name": form.cleaned_data["name"]})
        return redirect(PLACES.url("", pk))
    return _show(request, place, form)


def _changed(form: PlaceForm, place: Place, user: User) -> bool:
    given = form.cleaned_data
    if given["parent"] and given["parent"].pk != place.parent_id and not may(user, CHANGE, given["parent"]):
        raise PermissionDenied
    try:
        with because(given["change_reason"]), transaction.atomic():
            change_place(
                place,
                by=user.actor,
                on=given["on"],
                name=given["name"],
                name_en=given["name_en"] or None,
                code=given["code"],
                parent=given["parent"],
            )
            custom = values_from(form.own, given, place.custom)
            Place.objects.filter(pk=place.pk).update(custom=custom)
    except ValidationError as refused:
        form.add_error("on" if refused.code == "day" else "parent", refused)
        return False
    return True


def _show(request: HttpRequest, place: Place, form: PlaceForm) -> HttpResponse:
    context = {"resource": PLACES, "form": form, "instance": place}
    return render(request, "crud/edit.html", context, status=422 if form.is_bound else 200)


def _above(place: Place, user: User) -> QuerySet[Place]:
    """What may lie above it, and what does."""
    seen = visible(Place.objects.filter(level__lt=place.level), user, "organisation.view_place", place="")
    return seen.filter(level__gte=place.level - 1) | Place.objects.filter(
        pk__in=[place.parent_id] if place.parent_id else []
    )


def _versions(request: HttpRequest, place: Any) -> Mapping[str, object]:
    return {"versions": place.versions.select_related("parent").order_by("-starts")}


PLACES = Resource(
    model=Place,
    path="divisions",
    namespace="directory",
    table=PlaceTable,
    filters=PlaceFilter,
    fields=("name", "name_en", "code", "level", "parent", "position"),
    natural=("code", "name", "name_en"),
    place="",
    usual=("name", "code", "level", "parent"),
    related=("parent",),
    panels=(Panel("components/place_versions.html", _versions),),
    read_only=True,
    overrides={"edit": edit},
)
