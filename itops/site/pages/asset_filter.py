"""Conditions of the list of assets, shared by the page and its export."""

from typing import Any

import django_filters as filters
from django import forms
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from inventory.marks.kind import Condition
from inventory.models import ANSWER_NAMES, CONDITION_NAMES, MARK_NAMES, Asset
from inventory.models.catalogue import KIND_CHOICES
from inventory.queries.assets import View, answered, condition, search
from itops.crud.filters import RecordFilter
from itops.organisation.models import Level, Place
from itops.organisation.scope import signed_in, visible, within
from monitoring.models import StateCode
from monitoring.queries.states import in_state, without_probe

STATES: dict[str, tuple[Any, tuple[StateCode, ...]]] = {
    "up": (pgettext_lazy("state", "online"), (StateCode.UP,)),
    "silent": (pgettext_lazy("state", "no answer"), (StateCode.SILENT, StateCode.DOWN)),
    "unreachable": (pgettext_lazy("state", "out of sight"), (StateCode.UNREACHABLE,)),
    "never": (pgettext_lazy("state", "never seen"), (StateCode.NEVER,)),
    "unprobed": (_("not probed"), ()),
}


IN_COUNTS = {"view", "kind", "place", "mark", "answer"}


def _places(request: HttpRequest) -> QuerySet[Place]:
    """Counties and townships in scope, in official order."""
    places = visible(Place.objects.all(), signed_in(request), "inventory.view_asset", place="")
    return places.filter(level__in=(Level.COUNTY, Level.TOWNSHIP)).order_by("position", "code")


class AssetFilter(RecordFilter):
    """Retired assets are shown only to those who ask for them. `at_least`: so many have what was searched for."""

    at_least = 0

    q = filters.CharFilter(
        label=_("Search"), help_text=_("Number, name, model, serial, address, person"), method="later"
    )
    place = filters.ModelChoiceFilter(label=_("Township"), queryset=_places, method="by_place")
    kind = filters.ChoiceFilter(label=_("Kind"), choices=KIND_CHOICES)
    state = filters.ChoiceFilter(
        label=_("State"), choices=[(code, name) for code, (name, _codes) in STATES.items()], method="by_state"
    )
    mark = filters.ChoiceFilter(
        label=_("Mark"), choices=[(mark.value, name) for mark, name in MARK_NAMES.items()], method="later"
    )
    answer = filters.ChoiceFilter(
        label=_("Verdict"),
        choices=[(answer.value, name) for answer, name in ANSWER_NAMES.items()],
        method="later",
    )
    condition = filters.ChoiceFilter(
        label=_("Condition"), choices=[(one.value, name) for one, name in CONDITION_NAMES.items()]
    )
    view = filters.ChoiceFilter(
        choices=[(view.value, view.value) for view in View if view],
        widget=forms.HiddenInput,
        method="by_view",
    )

    class Meta:
        model = Asset
        fields: tuple[str, ...] = ()

    def filter_queryset(self, queryset: QuerySet[Asset]) -> QuerySet[Asset]:
        given = self.form.cleaned_data
        found: QuerySet[Asset] = super().filter_queryset(queryset)
        if not given.get("condition"):
            found = found.exclude(condition=Condition.RETIRED.value)
        if given.get("mark") or given.get("answer"):
            found = found.filter(answered(given.get("mark") or "", given.get("answer") or ""))
        return self._searched(found, given["q"]) if given.get("q") else found

    def asked_of_counts(self) -> Q | None:
        """The same conditions on the counts of assets; None where the counts cannot tell."""
        given = self.form.cleaned_data
        if not set(self.form.changed_data) <= IN_COUNTS:
            return None
        asked = Q(pieces__isnull=False)
        if given["kind"]:
            asked &= Q(kind=given["kind"])
        if given["place"]:
            asked &= Q(within("place", given["place"].path))
        if given["view"]:
            asked &= condition(View(given["view"]), "")
        if given["mark"] or given["answer"]:
            asked &= answered(given["mark"], given["answer"], "")
        return asked

    def _searched(self, queryset: QuerySet[Asset], text: str) -> QuerySet[Asset]:
        """After all other conditions, so that what it counts is what is shown."""
        found = search(queryset, text)
        self.at_least = found.count if found.more else 0
        return found.assets

    def by_place(self, queryset: QuerySet[Asset], name: str, value: Place) -> QuerySet[Asset]:
        return queryset.filter(within("place", value.path))

    def by_state(self, queryset: QuerySet[Asset], name: str, value: str) -> QuerySet[Asset]:
        return without_probe(queryset) if value == "unprobed" else in_state(queryset, STATES[value][1])

    def by_view(self, queryset: QuerySet[Asset], name: str, value: str) -> QuerySet[Asset]:
        return queryset.filter(condition(View(value)))

    def later(self, queryset: QuerySet[Asset], name: str, value: str) -> QuerySet[Asset]:
        """Mark and verdict belong together, and the text is searched last: filter_queryset does it."""
        return queryset
