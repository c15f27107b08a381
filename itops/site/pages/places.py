"""The townships one under the other: what is asked for, what is there, what is marked, how the line is."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from inventory.queries.cells import Tally, cells, total
from inventory.queries.places import equipped_places
from itops.organisation.models import Place
from itops.organisation.scope import demand_somewhere, signed_in
from itops.site.pages.county_grid import COLUMNS
from monitoring.queries.lines import down_in


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One place."""

    place: Place
    whole: Tally
    is_down: bool


def page(request: HttpRequest) -> HttpResponse:
    user = signed_in(request)
    demand_somewhere(user, "inventory.view_asset")
    places = equipped_places(user)
    found = cells(user, [place.pk for place in places])
    shown = {key: tally for key, tally in found.items() if key[1] in COLUMNS}
    down = down_in(user)
    lines = [
        Line(
            place=place,
            whole=total(t for (pk, _kind), t in shown.items() if pk == place.pk),
            is_down=place.pk in down,
        )
        for place in places
    ]
    return render(request, "site/places.html", {"lines": lines, "whole": total(shown.values())})
