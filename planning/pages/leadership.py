"""One page for leadership: what is missing, outdated and unused where, against the standard and a year before."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, npgettext

from inventory.marks.kind import Kind
from inventory.models import KIND_NAMES
from inventory.pages.days import asked_day
from inventory.queries.cells import Tally
from itops.crud.amounts import share, signed, yuan
from itops.crud.looks import MARKS
from itops.crud.parts import Tile
from itops.organisation.actions.access_records import record_view
from itops.organisation.models import Level, Place, User
from itops.organisation.scope import granted_paths, signed_in
from planning.actions.around import Around, around
from planning.actions.needs import needs_of
from planning.models import Plan
from planning.needs.facts import Cause
from planning.pages.access import offered_county
from planning.projects.promises import Outcome
from planning.queries.funding import Funding, funding_on, nothing_funded
from planning.queries.moves import Chosen, Moved, chosen_for
from planning.queries.people import People, people_on
from planning.queries.picture import KINDS, NOTHING, Picture, picture
from planning.queries.promises import Held, counted, promises_on
from planning.queries.unused import Idle, unused_assets
from planning.wording import CAUSE_NAMES
from workforce.competence.cover import Cover

SEEN, NEEDS = "inventory.view_mark", "planning.view_scenario"
MOVES_SHOWN, NAMES_SHOWN = 5, 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A mark's number in a place: how it moved, and where what stands behind it is listed."""

    mark: str
    number: int
    change: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One township. `in_use` is "" for past days: it is not kept."""

    name: str
    url: str
    tally: Tally
    in_use: str
    figures: Sequence[Figure]
    responsible: str
    unanswered: int
    risk: str
    risk_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """So many of a kind from one place to another."""

    number: int
    kind: str
    origin: str
    target: str
    saves: str
    tags: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """So many stand unused for one cause."""

    number: int
    name: str
    url: str


def sees_the_county(user: User) -> bool:
    """Whether the account sees marks of a county or more: those the menu leads here."""
    return offered_county(user, SEEN)


def page(request: HttpRequest) -> HttpResponse:
    user = signed_in(request)
    if not granted_paths(user, SEEN):
        raise PermissionDenied
    shown = picture(user, asked_day(request))
    people = people_on(user, shown.asked)
    there = around(shown.asked) if shown.today else None
    idle = unused_assets(user, shown.cells, there, KINDS) if there else []
    funding = funding_on(user, shown.asked)
    chosen = _chosen(user, shown, there) if there else None
    if funding is None and chosen and granted_paths(user, NEEDS):
        funding = nothing_funded(chosen)
    moved = chosen.moves if chosen else []
    record_view(request, what="people", count=sum(map(len, people.responsible.values())))
    context = {
        "shown": shown,
        "now": timezone.localdate(),
        "tiles": _tiles(
            *(shown, people, moved, funding, promises_on(user, shown.asked)),
            plans_open=offered_county(user, NEEDS),
        ),
        "open_need": yuan(funding.open_fen) if funding and funding.open_fen else "",
        "lines": _lines(shown, people),
        "ways": _ways(moved, shown.places)[:MOVES_SHOWN],
        "more_ways": len(_ways(moved, shown.places)[MOVES_SHOWN:]),
        "moved": len(moved),
        "saves": yuan(_saved(moved)),
        "unpriced": sum(one.saves_fen is None for one in moved),
        "reasons": _reasons(idle),
        "figures": [_figure(mark, shown, shown.whole) for mark in SHOWN_MARKS],
    }
    return render(request, "planning/leadership.html", context)


def _chosen(user: User, shown: Picture, there: Around) -> Chosen:
    """Needs and moves among the places of the picture: they are told for today alone."""
    townships = [place.pk for place in shown.places if place.level == Level.TOWNSHIP]
    known = needs_of(shown.asked, shown.every, townships, there=there)
    return chosen_for(user, known, {str(key) for key in townships})


SHOWN_MARKS = ("missing", "outdated", "unused")


def behind_url(shown: Picture, mark: str, place: int | None = None, cause: Cause | None = None) -> str:
    """Where the list behind a figure is."""
    given = {"mark": mark, "date": shown.day, "place": place, "cause": cause}
    query = "&".join(f"{name}={value}" for name, value in given.items() if value is not None)
    return f"{reverse('planning:behind')}?{query}"


def _figure(mark: str, shown: Picture, now: Tally, place: int | None = None) -> Figure:
    number, earlier = getattr(now, mark), shown.earlier(mark)
    change = signed(number - getattr(earlier.of(place), mark)) if earlier else ""
    return Figure(mark=mark, number=number, change=change, url=behind_url(shown, mark, place))


def _tiles(
    shown: Picture,
    people: People,
    moved: Sequence[Moved],
    funding: Funding | None,
    promises: Sequence[Held],
    *,
    plans_open: bool,
) -> list[Tile]:
    tiles = [_tile(mark, shown) for mark in SHOWN_MARKS]
    if shown.today:
        tiles += [_used(shown.whole), _moves(moved)]
    if people.seen:
        tiles.append(_at_risk(people))
    if funding:
        tiles.append(_funded(funding, plans_open=plans_open))
    return [*tiles, _promised(promises, shown)] if promises else tiles


def _tile(mark: str, shown: Picture) -> Tile:
    now, standard = shown.whole, shown.whole.standard or 0
    figure = _figure(mark, shown, now)
    base = {
        "missing": _("of %(standard)s that the standard asks for") % {"standard": standard},
        "outdated": _("%(share)s of the %(recorded)s on the books")
        % {"share": share(now.outdated, now.recorded), "recorded": now.recorded},
        "unused": _("%(share)s of the %(recorded)s on the books")
        % {"share": share(now.unused, now.recorded), "recorded": now.recorded},
    }[mark]
    return Tile(
        title=str(MARKS[mark].phrase),
        mark=mark,
        number=str(figure.number),
        unit=ngettext("piece", "pieces", figure.number),
        lines=[base, _against(figure, shown)],
        url=figure.url,
    )


def _against(figure: Figure, shown: Picture) -> str:
    earlier = shown.earlier(figure.mark)
    if earlier is None:
        return _("no earlier figures were kept")
    said = {"change": figure.change, "day": f"{earlier.day:%Y-%m-%d}"}
    if earlier is shown.books:
        return _("%(change)s against %(day)s, by the books") % said
    return _("%(change)s against %(day)s") % said


def _used(whole: Tally) -> Tile:
    return Tile(
        title=_("Fit and in use"),
        number=whole.in_use_said,
        unit=ngettext("piece", "pieces", whole.in_use),
        lines=[
            _("of %(have)s that are there") % {"have": whole.have},
            _("%(unseen)s cannot be told") % {"unseen": whole.unseen},
        ],
        url=f"{reverse('inventory:asset_list')}?answer=unknown" if whole.unseen else "",
    )


def _moves(moved: Sequence[Moved]) -> Tile:
    return Tile(
        title=_("Moving first saves"),
        number=yuan(_saved(moved)),
        lines=[
            ngettext(
                "%(count)s spare piece where one is lacking",
                "%(count)s spare pieces where some are lacking",
                len(moved),
            )
            % {"count": len(moved)},
            _("at what such a piece costs"),
        ],
        url="#moves",
    )


def _at_risk(people: People) -> Tile:
    return Tile(
        title=_("Hanging on one or on nobody"),
        number=str(len(people.at_risk)),
        unit=npgettext("count", "place", "places", len(people.at_risk)),
        lines=[
            _("in %(count)s nobody can run something") % {"count": len(people.places_with(Cover.NOBODY))},
            ngettext(
                "%(count)s person could not be replaced",
                "%(count)s people could not be replaced",
                people.irreplaceable,
            )
            % {"count": people.irreplaceable},
        ],
        url=reverse("workforce:overview"),
    )


def _funded(funding: Funding, *, plans_open: bool) -> Tile:
    """What has no money first, then what has."""
    return Tile(
        title=_("Need not funded"),
        number=yuan(funding.open_fen),
        lines=[
            ngettext("%(count)s need left open", "%(count)s needs left open", funding.open)
            % {"count": funding.open},
            _by_plan(funding, funding.plan) if funding.plan else _("funded: ¥0, no plan is published"),
        ],
        url=_left_open(funding, plans_open=plans_open),
        wide=True,
    )


def _left_open(funding: Funding, *, plans_open: bool) -> str:
    """Where the needs without money are listed; plans are open to those who see the whole county's."""
    if funding.plan and funding.plans == 1 and plans_open:
        return f"{reverse('planning:plan', args=[funding.plan.pk])}?show=refused#lines"
    return f"{reverse('planning:needs')}?funded=no"


def _by_plan(funding: Funding, plan: Plan) -> str:
    said = {"money": yuan(funding.met_fen), "count": funding.met, "plan": plan.scenario.name}
    if funding.plans > 1:
        return _("funded: %(money)s for %(count)s, by %(plans)s plans") % {**said, "plans": funding.plans}
    return _("funded: %(money)s for %(count)s, by “%(plan)s”") % said


def _promised(promises: Sequence[Held], shown: Picture) -> Tile:
    """What projects promised, by the last measurement of each."""
    number = counted(promises)
    measured = len(promises) - number[Outcome.PENDING]
    return Tile(
        title=_("Promises kept"),
        number=str(number[Outcome.KEPT]),
        lines=[
            _("of %(measured)s measured; %(missed)s not kept, %(unknown)s cannot be told")
            % {"measured": measured, "missed": number[Outcome.MISSED], "unknown": number[Outcome.UNKNOWN]},
            _("%(pending)s of %(all)s are not due yet")
            % {"pending": number[Outcome.PENDING], "all": len(promises)},
        ],
        url=f"{reverse('planning:promised')}?date={shown.asked}",
        wide=True,
    )


def _saved(moved: Sequence[Moved]) -> int:
    return sum(one.saves_fen or 0 for one in moved)


def _lines(shown: Picture, people: People) -> list[Line]:
    """The most to do first."""
    lines = [_line(place, shown, people) for place in shown.places]
    return sorted(lines, key=lambda line: -sum(figure.number for figure in line.figures))


def _line(place: Place, shown: Picture, people: People) -> Line:
    now = shown.of_places.get(place.pk, NOTHING)
    return Line(
        name=place.short_name(),
        url=reverse("inventory:place", args=[place.pk]),
        tally=now,
        in_use=now.in_use_said if shown.today else "",
        figures=[_figure(mark, shown, now, place.pk) for mark in SHOWN_MARKS],
        responsible=_names(people.responsible.get(place.pk, ())),
        unanswered=people.unanswered.get(place.pk, 0),
        risk=_risk(people, place.pk),
        risk_url=f"{reverse('workforce:skills_map')}?place={place.pk}",
    )


def _names(names: Sequence[str]) -> str:
    said = _(", ").join(names[:NAMES_SHOWN])
    return f"{said} …" if len(names) > NAMES_SHOWN else said


def _risk(people: People, place: int) -> str:
    nobody, alone = people.risks(place)
    parts = [
        _("nobody %(count)s") % {"count": nobody} if nobody else "",
        _("part-timer %(count)s") % {"count": alone} if alone else "",
    ]
    return _(", ").join(part for part in parts if part)


def _ways(moved: Sequence[Moved], places: Sequence[Place]) -> list[Way]:
    """Moves of one kind on one way are one line, the most money first."""
    names = {place.pk: place.short_name() for place in places}
    together: dict[tuple[Kind, int, int], list[Moved]] = {}
    for one in moved:
        together.setdefault((one.kind, one.origin, one.target), []).append(one)
    ordered = sorted(together.items(), key=lambda item: -_saved(item[1]))
    return [
        Way(
            number=len(several),
            kind=str(KIND_NAMES[kind]),
            origin=names[origin],
            target=names[target],
            saves=yuan(_saved(several)) if _saved(several) else "",
            tags=_(", ").join(one.tag for one in several),
            url=f"{reverse('inventory:asset_list')}?place={origin}&kind={kind}&mark=unused"
            if len(several) > 1
            else reverse("inventory:asset", args=[several[0].pk]),
        )
        for (kind, origin, target), several in ordered
    ]


def _reasons(idle: Sequence[Idle]) -> list[Reason]:
    """The most frequent cause first."""
    counted = Counter(one.cause for one in idle).most_common()
    return [
        Reason(
            number=number,
            name=str(CAUSE_NAMES[cause]),
            url=f"{reverse('planning:behind')}?mark=unused&cause={cause}",
        )
        for cause, number in counted
    ]
