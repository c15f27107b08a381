"""Conditions of the county's change record."""

import re
from datetime import datetime, time
from typing import Any

import django_filters as filters
from django import forms
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from itops.audit.models import VIEW, Action, Change
from itops.audit.wording import recorded_sorts
from itops.crud.filters import StrictFilter
from itops.organisation.models import Level, Place, User
from itops.organisation.scope import signed_in, visible

OF = re.compile(r"(?P<model>[a-z_]+\.[a-z_]+):(?P<pk>\d{1,18})")


def _places(request: HttpRequest) -> QuerySet[Place]:
    places = visible(Place.objects.all(), signed_in(request), VIEW, place="")
    return places.filter(level__in=(Level.COUNTY, Level.TOWNSHIP)).order_by("position", "code")


class Day(forms.DateInput):
    input_type = "date"


class ChangesFilter(StrictFilter):
    """`of` is one object, `step` one change and all that was changed with it."""

    q = filters.CharFilter(label=_("Reason"), field_name="reason", lookup_expr="icontains")
    who = filters.CharFilter(label=_("Changed by"), method="by_who")
    sort = filters.ChoiceFilter(label=_("What"), field_name="model", choices=recorded_sorts)
    action = filters.ChoiceFilter(label=_("Action"), choices=Action.choices)
    place = filters.ModelChoiceFilter(label=_("Township"), queryset=_places, method="by_place")
    since = filters.DateFilter(label=_("Day, from"), widget=Day, method="by_since")
    until = filters.DateFilter(label=_("Day, until"), widget=Day, method="by_until")
    of = filters.CharFilter(widget=forms.HiddenInput, method="by_object")
    step = filters.NumberFilter(widget=forms.HiddenInput, method="by_step", min_value=1, max_value=2**63 - 1)

    class Meta:
        model = Change
        fields: tuple[str, ...] = ()

    def by_who(self, queryset: QuerySet[Change], name: str, value: str) -> QuerySet[Change]:
        """Part of an account's or a person's name, or of what programs are called in the record."""
        named = Q(username__icontains=value) | Q(person__name__icontains=value)
        actors = [f"user:{pk}" for pk in User.objects.filter(named).values_list("pk", flat=True)[:500]]
        return queryset.filter(Q(actor__in=actors) | Q(actor__icontains=value))

    def by_place(self, queryset: QuerySet[Change], name: str, value: Place) -> QuerySet[Change]:
        return queryset.filter(place__in=Place.objects.under([value.path]))

    def by_since(self, queryset: QuerySet[Change], name: str, value: Any) -> QuerySet[Change]:
        return queryset.filter(at__gte=timezone.make_aware(datetime.combine(value, time.min)))

    def by_until(self, queryset: QuerySet[Change], name: str, value: Any) -> QuerySet[Change]:
        return queryset.filter(at__lte=timezone.make_aware(datetime.combine(value, time.max)))

    def by_object(self, queryset: QuerySet[Change], name: str, value: str) -> QuerySet[Change]:
        found = OF.fullmatch(value)
        return queryset.filter(of_model=found["model"], of_id=found["pk"]) if found else queryset.none()

    def by_step(self, queryset: Any, name: str, value: Any) -> QuerySet[Change]:
        found: QuerySet[Change] = queryset.of_step(int(value))
        return found
