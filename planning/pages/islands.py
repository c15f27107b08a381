"""Business systems and their islands on one page: what flows without hands, what is typed in again, what disagrees."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, npgettext
from django.views.decorators.http import require_POST

from inventory.actions.systems import load_first_list
from inventory.marks.kind import Kind
from inventory.models import BusinessSystem, SystemExchange
from inventory.models.system import WAY_NAMES, Stage
from inventory.pages.systems import BUSINESS_SYSTEMS
from inventory.queries.mismatches import SEEN as SEES_FIGURES
from inventory.systems.drawing import Box, Drawing, narrow, wide, wrapped
from inventory.systems.way import Way
from itops.crud.parts import Tile
from itops.organisation.scope import granted_paths, signed_in
from monitoring.pages.words import dot
from planning.queries.islands import ENTRIES, Overview, overview

EMS_IN_A_BOX = 11.8
LINE = 16
BASELINE = 4.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """A system's box with its lines of text and where each stands."""

    box: Box
    lines: Sequence[tuple[float, float, str]]
    css: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Stroke:
    """An exchange as a curve; `said` is read out by those who point at it."""

    path: str
    way: str
    said: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A drawing in words and colours; `name` tells the two on a page apart."""

    name: str
    drawing: Drawing
    labels: Sequence[Label]
    strokes: Sequence[Stroke]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A system in the table. `island` is its number among those of several systems, 0 when it stands alone.

    `said`: who runs it, on which network, and whether it is in use.
    """

    system: BusinessSystem
    said: str
    url: str
    dot: str
    state: str
    offices: int
    hours: Decimal
    island: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Passing:
    """An exchange in the table."""

    exchange: SystemExchange
    url: str
    way: Way
    word: str
    hours: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Typing:
    """A place and the hours a month it spends; `percent` of the place with the most."""

    name: str
    url: str
    hours: Decimal
    percent: int


def page(request: HttpRequest) -> HttpResponse:
    user = signed_in(request)
    if not BUSINESS_SYSTEMS.may_somewhere(user, "view"):
        raise PermissionDenied
    shown = overview(user)
    context = {
        "shown": shown,
        "share": percent(shown.flow.without_hands_bp),
        "hours": plain(shown.hours),
        "tiles": _tiles(shown, sees_figures=bool(granted_paths(user, SEES_FIGURES))),
        "pictures": pictures(shown),
        "ways": [(way.value, str(name)) for way, name in WAY_NAMES.items()],
        "systems": _lines(shown),
        "exchanges": _passing(shown),
        "places": _typing(shown),
        "sees_hours": bool(granted_paths(user, ENTRIES)),
        "may_add": BUSINESS_SYSTEMS.may_somewhere(user, "add"),
    }
    return render(request, "planning/islands.html", context)


@require_POST
def take_first_list(request: HttpRequest) -> HttpResponse:
    """The systems that such bureaus are known to have enter the register, to be checked on the spot."""
    user = signed_in(request)
    BUSINESS_SYSTEMS.demand(user, "add")
    added = load_first_list(by=user.actor)
    said = ngettext("%(count)s business system added.", "%(count)s business systems added.", len(added))
    messages.success(request, said % {"count": len(added)})
    return redirect("planning:islands")


def percent(basis_points: int | None) -> str:
    """2500 → 25 %, without what decimals would pretend."""
    return "–" if basis_points is None else f"{(basis_points + 50) // 100}%"


def plain(hours: Decimal) -> str:
    """12.0 → 12, 12.5 stays."""
    return f"{hours.normalize():,f}"


def pictures(shown: Overview) -> list[Shown]:
    """One for wide screens and one for phones; systems of an island stand together."""
    order = [system for island in shown.islands for system in island]
    drawings = {"wide": wide(order, shown.links), "narrow": narrow(order, shown.links)}
    return [_shown(name, drawing, shown) for name, drawing in drawings.items()] if order else []


def _shown(name: str, drawing: Drawing, shown: Overview) -> Shown:
    systems = {one.pk: one for one in shown.drawn}
    joined = {key for island in shown.islands if len(island) > 1 for key in island}
    names = {one.pk: one.name for one in shown.exchanges}
    return Shown(
        name=name,
        drawing=drawing,
        labels=[_label(box, systems[box.key], box.key in joined) for box in drawing.boxes],
        strokes=[
            Stroke(
                path=curve.path,
                way=curve.link.way.value,
                said=f"{names[curve.link.key]} · {WAY_NAMES[curve.link.way]}",
            )
            for curve in drawing.curves
        ],
    )


def _label(box: Box, system: BusinessSystem, joined: bool) -> Label:
    lines = wrapped(system.said_short, EMS_IN_A_BOX)
    top = box.y + box.height / 2 + BASELINE - (len(lines) - 1) * LINE / 2
    middle = box.x + box.width / 2
    css = "isle-secret" if system.confidential else "isle-joined" if joined else "isle-alone"
    return Label(
        box=box, lines=[(middle, top + index * LINE, text) for index, text in enumerate(lines)], css=css
    )


def _tiles(shown: Overview, *, sees_figures: bool) -> list[Tile]:
    tiles = [_without_hands(shown), _typed(shown), _islands(shown)]
    if sees_figures:
        tiles.append(_disagreeing(shown))
    return [*tiles, _answering(shown)]


def _without_hands(shown: Overview) -> Tile:
    flow = shown.flow
    return Tile(
        title=_("Without hands"),
        number=percent(flow.without_hands_bp),
        lines=[
            _("%(automatic)s of %(needed)s connections that are needed")
            % {"automatic": flow.automatic, "needed": flow.needed},
            _("by file %(file)s, by hand %(hand)s, none %(none)s")
            % {"file": flow.file, "hand": flow.hand, "none": flow.none},
        ],
        url=reverse("inventory:systemexchange_list"),
    )


def _typed(shown: Overview) -> Tile:
    return Tile(
        title=_("Typed in again"),
        number=plain(shown.hours),
        unit=_("hours a month"),
        lines=[
            ngettext("in %(count)s place", "in %(count)s places", len(shown.by_place))
            % {"count": len(shown.by_place)},
            ngettext("into %(count)s system", "into %(count)s systems", len(shown.by_system))
            % {"count": len(shown.by_system)},
        ],
        url=reverse("inventory:manualentry_list"),
    )


def _islands(shown: Overview) -> Tile:
    return Tile(
        title=_("Information islands"),
        number=str(len(shown.islands)),
        unit=npgettext("count", "island", "islands", len(shown.islands)),
        lines=[
            ngettext("of %(count)s system", "of %(count)s systems", len(shown.drawn))
            % {"count": len(shown.drawn)},
            ngettext(
                "%(count)s is reached by nothing automatic",
                "%(count)s are reached by nothing automatic",
                shown.alone,
            )
            % {"count": shown.alone},
        ],
        url="#picture",
    )


def _disagreeing(shown: Overview) -> Tile:
    return Tile(
        title=_("Data mismatches"),
        number=str(shown.unexplained),
        unit=_("not explained"),
        lines=[
            _("explained: %(count)s") % {"count": shown.explained},
            _("same period, unit, definition and reporting unit"),
        ],
        url=reverse("inventory:mismatches"),
    )


def _answering(shown: Overview) -> Tile:
    asked = len(shown.states)
    return Tile(
        title=_("Answering now"),
        number=str(shown.answering),
        unit=_("of %(asked)s that are asked") % {"asked": asked},
        lines=[
            _("%(count)s not probed") % {"count": shown.unasked},
            _("confidential ones never are"),
        ],
        url="#systems",
    )


def _lines(shown: Overview) -> list[Line]:
    number = {
        key: index + 1
        for index, island in enumerate(one for one in shown.islands if len(one) > 1)
        for key in island
    }
    lines = [_line(system, shown, number) for system in shown.systems]
    return sorted(lines, key=lambda line: (-line.hours, not line.island, -line.offices, line.system.name))


def _line(system: BusinessSystem, shown: Overview, number: Mapping[int, int]) -> Line:
    drawn, state = _state(system, shown)
    return Line(
        system=system,
        said=_said(system),
        url=BUSINESS_SYSTEMS.url("", system.pk),
        dot=drawn,
        state=state,
        offices=shown.users.get(system.pk, 0),
        hours=shown.by_system.get(system.pk, Decimal(0)),
        island=number.get(system.pk, 0),
    )


def _said(system: BusinessSystem) -> str:
    parts = [system.get_run_by_display(), system.network, system.get_stage_display()]
    in_use = system.stage == Stage.IN_USE
    return " · ".join(str(part) for part in (parts[:2] if in_use else parts) if part)


def _state(system: BusinessSystem, shown: Overview) -> tuple[str, str]:
    if system.confidential:
        return "never", _("confidential network, not probed")
    code = shown.states.get(system.pk)
    return ("never", _("not probed")) if code is None else dot(code, Kind.BUSINESS_SYSTEM)


def _passing(shown: Overview) -> list[Passing]:
    """The most hours first, then what does not flow at all."""
    passing = [
        Passing(
            exchange=one,
            url=reverse("inventory:systemexchange", args=[one.pk]),
            way=Way(one.way),
            word=str(WAY_NAMES[Way(one.way)]),
            hours=shown.by_exchange.get(one.pk, Decimal(0)),
        )
        for one in shown.exchanges
    ]
    worst = (Way.HAND, Way.NONE, Way.FILE, Way.AUTOMATIC)
    return sorted(passing, key=lambda one: (-one.hours, worst.index(one.way), one.exchange.name))


def _typing(shown: Overview) -> list[Typing]:
    most = max(shown.by_place.values(), default=Decimal(0))
    ordered = sorted(shown.by_place.items(), key=lambda item: (-item[1], shown.places[item[0]].position))
    return [
        Typing(
            name=shown.places[place].short_name(),
            url=f"{reverse('inventory:manualentry_list')}?place={place}",
            hours=hours,
            percent=int(100 * hours / most) if most else 0,
        )
        for place, hours in ordered
    ]
