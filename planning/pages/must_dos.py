"""Must-dos of a scenario: today's needs are searched, put in and taken out."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from inventory.models import KIND_NAMES
from itops.organisation.models import Level, Place
from itops.organisation.scope import signed_in
from planning.actions.needs import Known, kind_of, needs_on
from planning.models import MustDo, Scenario
from planning.pages.access import CHANGE, demand_for_county

MOST = 20  # found at once


@dataclass(frozen=True, slots=True)
class Choice:
    """A need by its key and in words."""

    key: str
    said: str


def found(scenario: Scenario, text: str) -> list[Choice]:
    """Today's needs whose place, kind or asset number contains every word; those that are must-dos left out."""
    words = text.casefold().split()
    if not words:
        return []
    known, places = needs_on(timezone.localdate()), _places()
    there = set(scenario.musts.values_list("need", flat=True))
    every = (Choice(need.key, _said(need.key, need.place, known, places)) for need in known.counted.needs)
    hits = [
        one for one in every if one.key not in there and all(word in one.said.casefold() for word in words)
    ]
    return hits[:MOST]


def chosen(scenario: Scenario) -> list[Choice]:
    """Its must-dos, in words that need no counting."""
    places = _places()
    return [Choice(one.need, in_words(one.need, places)) for one in scenario.musts.all()]


def _places() -> Mapping[str, str]:
    return {str(one.pk): str(one) for one in Place.objects.filter(level=Level.TOWNSHIP)}


def _said(key: str, place: str, known: Known, places: Mapping[str, str]) -> str:
    kind = str(KIND_NAMES[kind_of(key, known)])
    where = places.get(place, place)
    tag = key.removeprefix("asset:") if key.startswith("asset:") else _("lacking")
    return f"{where} · {kind} · {tag}"


def in_words(key: str, places: Mapping[str, str]) -> str:
    """A need by its key alone, also where it is none today."""
    what, _colon, rest = key.partition(":")
    if what != "short":
        return rest or key
    place, kind, _number = rest.split(":")
    names = {one.value: str(name) for one, name in KIND_NAMES.items()}
    return f"{places.get(place, place)} · {names.get(kind, kind)} · {_('lacking')}"


@require_POST
def put_in(request: HttpRequest, pk: int) -> HttpResponse:
    """A need of today must be met by every plan."""
    scenario, text = _changed(request, pk), request.POST.get("q", "")
    key = request.POST.get("need", "")
    if any(one.key == key for one in needs_on(timezone.localdate()).counted.needs):
        MustDo.objects.get_or_create(scenario=scenario, need=key)
    else:
        messages.error(request, _("This is no need today any more: nothing was put in. Search again."))
    return redirect(f"{reverse('planning:scenario', args=[pk])}?{urlencode({'q': text})}#musts")


@require_POST
def take_out(request: HttpRequest, pk: int) -> HttpResponse:
    """It may be left out again."""
    _changed(request, pk).musts.filter(need=request.POST.get("need", "")).delete()
    return redirect(f"{reverse('planning:scenario', args=[pk])}#musts")


def _changed(request: HttpRequest, pk: int) -> Scenario:
    demand_for_county(signed_in(request), CHANGE)
    return get_object_or_404(Scenario, pk=pk, archived=False)
