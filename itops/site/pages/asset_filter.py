"""Conditions of the list of assets, shared by the page and its export."""

from typing import Any

import django_filters as filters
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from inventory.marks.kind import Condition
from inventory.models import ANSWER_NAMES, CONDITION_NAMES, MARK_NAMES, Asset
from inventory.models.catalogue import KIND_CHOICES
from inventory.queries.assets import Asked, View, answered, condition
from inventory.queries.search import search
from itops.crud.filters import ArchivableFilter
from itops.database.kept import Given, Kept
from itops.organisation.models import Level, Place
from itops.organisation.models.place import named
from itops.organisation.scope import in_scope, lies_under_given, signed_in
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


# Counties and townships in scope, in official order.
PLACES: Kept[tuple[int, str, str, str]] = Kept(
    lambda: (
        Place.objects.filter(lies_under_given(Given("scope", "ltree[]")))
        .filter(level__in=(Level.COUNTY, Level.TOWNSHIP))
        .order_by("position", "code")
        .values_list("pk", "name", "name_en", "path")
    )
)
BELOW: Kept[int] = Kept(
    lambda: (
        Place.objects.filter(lies_under_given(Given("path", "ltree")))
        .order_by("pk")
        .values_list("pk", flat=True)
    )
)


class AssetFilter(ArchivableFilter):
    """Retired assets are shown only to those who ask for them, or for the archive.

    `at_least`: so many have what was searched for.
    """

    at_least = 0

    q = filters.CharFilter(
        label=_("Search"), help_text=_("Number, name, model, serial, address, person"), method="later"
    )
    place = filters.ChoiceFilter(label=_("Township"), method="by_place")
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

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        places = PLACES.all(**in_scope(signed_in(self.request), "inventory.view_asset"))
        self.paths = {str(pk): path for pk, _name, _name_en, path in places}
        choices = [(pk, named(name, name_en)) for pk, name, name_en, _path in places]
        self.filters["place"].extra["choices"] = choices

    def filter_queryset(self, queryset: QuerySet[Asset]) -> QuerySet[Asset]:
        given = self.form.cleaned_data
        found: QuerySet[Asset] = super().filter_queryset(queryset)
        if not given.get("condition") and not given.get("archived"):
            found = found.exclude(condition=Condition.RETIRED.value)
        if given.get("mark") or given.get("answer"):
            found = found.filter(answered(given.get("mark") or "", given.get("answer") or ""))
        return self._searched(found, given["q"]) if given.get("q") else found

    def asked_of_counts(self) -> Asked | None:
        """The same conditions on the counts of assets; None where the counts cannot tell."""
        given = self.form.cleaned_data
        if not set(self.form.changed_data) <= IN_COUNTS:
            return None
        return Asked(
            kind=given["kind"],
            path=self.paths[given["place"]] if given["place"] else "",
            view=View(given["view"]),
            mark=given["mark"],
            answer=given["answer"],
        )

    def _searched(self, queryset: QuerySet[Asset], text: str) -> QuerySet[Asset]:
        """After all other conditions, so that what it counts is what is shown."""
        found = search(queryset, text, signed_in(self.request))
        self.at_least = found.count if found.more else 0
        return found.assets

    def by_place(self, queryset: QuerySet[Asset], name: str, value: str) -> QuerySet[Asset]:
        """By keys: then PostgreSQL knows how little is left, and where in the order of which index it lies."""
        return queryset.filter(place__in=BELOW.all(path=self.paths[value]))

    def by_state(self, queryset: QuerySet[Asset], name: str, value: str) -> QuerySet[Asset]:
        return without_probe(queryset) if value == "unprobed" else in_state(queryset, STATES[value][1])

    def by_view(self, queryset: QuerySet[Asset], name: str, value: str) -> QuerySet[Asset]:
        return queryset.filter(condition(View(value)))

    def later(self, queryset: QuerySet[Asset], name: str, value: str) -> QuerySet[Asset]:
        """Mark and verdict belong together, and the text is searched last: filter_queryset does it."""
        return queryset
