"""The list behind a figure of the page for leadership: shortfalls and assets, each with what proves it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from inventory.models import KIND_NAMES
from inventory.pages.days import asked_day
from inventory.queries.cells import Tally
from inventory.wording import sentence
from itops.crud.looks import MARKS
from itops.organisation.models import Place, User
from itops.organisation.scope import granted_paths, signed_in
from planning.actions.around import around
from planning.needs.facts import Cause
from planning.pages.leadership import SEEN, SHOWN_MARKS, behind_url
from planning.queries.behind import Marked, assets_of, lacking, marked, stood_on
from planning.queries.picture import KINDS, NOTHING, Picture, picture
from planning.queries.unused import unused_assets
from planning.wording import CAUSE_NAMES, cause_proof

PAGE = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Short:
    """One kind of which a place lacks some."""

    place: str
    kind: str
    tally: Tally
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One asset and what is said of it; the address is its page as of the day, with the readings."""

    tag: str
    name: str
    kind: str
    place: str
    said: Sequence[str]
    since: date | None
    url: str


def page(request: HttpRequest) -> HttpResponse:
    user, mark = signed_in(request), request.GET.get("mark", "")
    if not granted_paths(user, SEEN):
        raise PermissionDenied
    if mark not in SHOWN_MARKS:
        raise Http404
    shown = picture(user, asked_day(request))
    place = _place(request.GET.get("place", ""), shown)
    cause = _cause(request.GET.get("cause", ""), mark, shown)
    context = {
        "shown": shown,
        "mark": mark,
        "phrase": MARKS[mark].phrase,
        "place": place,
        "cause": CAUSE_NAMES[cause] if cause else "",
        "address": behind_url(shown, mark, place.pk if place else None),
        "back": f"{reverse('planning:leadership')}{'' if shown.today else f'?date={shown.asked}'}",
    }
    found = _of_cause(user, shown, cause) if cause else _of_mark(request, user, shown, mark, place)
    return render(request, "planning/behind.html", context | found)


def _place(asked: str, shown: Picture) -> Place | None:
    """A place of the picture; 404 for any other."""
    if not asked:
        return None
    place = next((one for one in shown.places if str(one.pk) == asked), None)
    if place is None:
        raise Http404
    return place


def _cause(asked: str, mark: str, shown: Picture) -> Cause | None:
    """Causes are told of what is unused today."""
    if not asked:
        return None
    if asked not in list(Cause) or mark != "unused" or not shown.today:
        raise Http404
    return Cause(asked)


def _of_mark(
    request: HttpRequest, user: User, shown: Picture, mark: str, place: Place | None
) -> dict[str, object]:
    keys = [place.pk] if place else [one.pk for one in shown.places]
    whole = shown.of_places.get(place.pk, NOTHING) if place else shown.whole
    if shown.day is None:
        return {"number": 0, "short": [], "pieces": [], "listed": 0, "pages": None}
    found = stood_on(user, shown.day, mark, keys)
    pages = Paginator(assets_of(found), PAGE).get_page(request.GET.get("page"))
    pieces = marked(found, list(pages.object_list))
    return {
        "number": getattr(whole, mark),
        "short": _short(shown, set(keys)) if mark == "missing" else [],
        "pieces": [_piece(one, shown) for one in pieces],
        "listed": pages.paginator.count,
        "pages": pages,
    }


def _of_cause(user: User, shown: Picture, cause: Cause) -> dict[str, object]:
    idle = unused_assets(user, shown.cells, around(shown.asked), KINDS)
    names = {place.pk: str(place) for place in shown.places}
    pieces = [
        Piece(
            tag=one.tag,
            name=one.name,
            kind=str(KIND_NAMES[one.kind]),
            place=names[one.place],
            said=list(filter(None, [str(CAUSE_NAMES[one.cause]), cause_proof(one.cause, one.numbers)])),
            since=None,
            url=reverse("inventory:asset", args=[one.pk]),
        )
        for one in idle
        if one.cause is cause
    ]
    return {"number": len(pieces), "short": [], "pieces": pieces, "listed": len(pieces), "pages": None}


def _short(shown: Picture, places: set[int]) -> list[Short]:
    names = {place.pk: str(place) for place in shown.places}
    return [
        Short(
            place=names[place],
            kind=str(KIND_NAMES[kind]),
            tally=tally,
            url=f"{reverse('inventory:asset_list')}?place={place}&kind={kind}"
            if shown.today
            else f"{reverse('inventory:standards')}?date={shown.day}",
        )
        for place, kind, tally in lacking(shown.cells)
        if place in places
    ]


def _piece(one: Marked, shown: Picture) -> Piece:
    address = reverse("inventory:asset", args=[one.asset.pk])
    return Piece(
        tag=one.asset.tag,
        name=one.asset.name,
        kind=one.asset.kind_name,
        place=str(one.findings[0].place),
        said=[sentence(finding) for finding in one.findings],
        since=one.findings[0].since,
        url=address if shown.today else f"{address}?date={shown.day}",
    )
