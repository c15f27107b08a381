"""What the townships need: each lack once, with its remedy and reason; moves first, and what they save."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from inventory.marks.kind import Kind
from inventory.models import KIND_NAMES
from itops.organisation.models import Place, User
from itops.organisation.scope import granted_paths, signed_in, visible
from planning.actions.needs import Known, kind_of, needs_on
from planning.models.scenario import WAY_NAMES
from planning.money.wording import in_row
from planning.needs.facts import Marked, Stock
from planning.optimiser.need import Need, Remedy, Way
from planning.pages.words import BARRED, money
from planning.wording import CAUSE_NAMES

VIEW = "planning.view_scenario"
SHOWN = 6  # numbers of assets in a row


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """Needs of one place and kind that have the same remedy."""

    place: str
    kind: str
    mark: str
    way: str
    way_name: str
    quantity: int
    fen: int
    recurring: int
    reason: str
    assets: Sequence[str]
    more: int

    @property
    def cost(self) -> str:
        return in_row(self.fen)


@dataclass(frozen=True, slots=True, kw_only=True)
class Savings:
    """What moves spare against buying."""

    moves: int
    fen: int


def page(request: HttpRequest) -> HttpResponse:
    user = signed_in(request)
    if not granted_paths(user, VIEW):
        raise PermissionDenied
    known, places = needs_on(timezone.localdate()), _places(user)
    needs = [need for need in known.counted.needs if need.place in places]
    lines = list(_lines(needs, known, places))
    spared = savings(needs, known)
    whole = sum(line.fen for line in lines)
    context = {
        "lines": lines,
        "needs": len(needs),
        "moves": spared.moves,
        "saved": money(spared.fen),
        "together": money(whole),
        "recurring": money(sum(line.recurring for line in lines)),
        "by_way": [(WAY_NAMES[way], way.value, number) for way, number in _by_way(needs)],
        "barred": _barred(known, places),
        "costs_url": reverse("planning:remedyterms_list"),
    }
    return render(request, "planning/needs.html", context)


def savings(needs: Iterable[Need], known: Known) -> Savings:
    """As many moves of a kind as there are spare ones and needs for them, each at the price less the freight."""
    wanted: Counter[Kind] = Counter()
    spare: defaultdict[Kind, set[str]] = defaultdict(set)
    for need in needs:
        moves = [remedy.asset for remedy in need.remedies if remedy.way is Way.MOVE]
        if moves:
            kind = kind_of(need.key, known)
            wanted[kind] += 1
            spare[kind].update(moves)
    moved = {kind: min(number, len(spare[kind])) for kind, number in wanted.items()}
    return Savings(
        moves=sum(moved.values()), fen=sum(number * _spared(kind, known) for kind, number in moved.items())
    )


def _spared(kind: Kind, known: Known) -> int:
    terms = known.terms[kind]
    return max((terms.price or 0) - (terms.freight or 0), 0) if terms.price is not None else 0


def _places(user: User) -> dict[str, str]:
    found = visible(Place.objects.all(), user, VIEW, place="")
    return {str(place.pk): str(place) for place in found}


def _first(need: Need) -> Remedy:
    """Moves come first, then what does most, then what costs least."""
    return min(need.remedies, key=lambda one: (one.way is not Way.MOVE, -one.benefit, one.purchase))


def _by_way(needs: Iterable[Need]) -> list[tuple[Way, int]]:
    found = Counter(_first(need).way for need in needs)
    return [(way, found[way]) for way in Way if found[way]]


def _lines(needs: Iterable[Need], known: Known, places: dict[str, str]) -> Iterable[Line]:
    together: defaultdict[tuple[str, Kind, Way, str], list[Need]] = defaultdict(list)
    for need in needs:
        kind = kind_of(need.key, known)
        together[need.place, kind, _first(need).way, _reason(need, kind, known)].append(need)
    order = list(Way)
    for (place, kind, way, reason), several in sorted(
        together.items(), key=lambda one: (order.index(one[0][2]), -_cost(one[1]), one[0][0], one[0][1])
    ):
        tags = [need.key.removeprefix("asset:") for need in several if need.key.startswith("asset:")]
        yield Line(
            place=places[place],
            kind=str(KIND_NAMES[kind]),
            mark=_mark(several[0], known),
            way=way.value,
            way_name=str(WAY_NAMES[way]),
            quantity=len(several),
            fen=_cost(several),
            recurring=sum(_first(need).recurring for need in several),
            reason=reason,
            assets=tags[:SHOWN],
            more=max(len(tags) - SHOWN, 0),
        )


def _cost(needs: Iterable[Need]) -> int:
    return sum(_first(need).purchase for need in needs)


def _mark(need: Need, known: Known) -> str:
    asset = known.marked.get(need.key.removeprefix("asset:"))
    if asset is None:
        return "missing"
    return "unused" if asset.unused else "outdated"


def _reason(need: Need, kind: Kind, known: Known) -> str:
    asset = known.marked.get(need.key.removeprefix("asset:"))
    return _of_marked(asset) if asset else _of_stock(known.stocks[need.place, kind])


def _of_stock(stock: Stock) -> str:
    return _("The standard asks for %(standard)s, %(have)s are there.") % {
        "standard": stock.standard,
        "have": stock.have,
    }


def _of_marked(asset: Marked) -> str:
    if asset.unused:
        return _("Unused: %(cause)s.") % {"cause": CAUSE_NAMES[asset.cause]}
    if asset.years is None:
        return _("Outdated; how old it is is not recorded.")
    return ngettext("Outdated after %(n)s year.", "Outdated after %(n)s years.", asset.years) % {
        "n": asset.years
    }


def _barred(known: Known, places: dict[str, str]) -> list[tuple[str, int]]:
    """How many remedies are not offered, and why."""
    found = Counter(one.code for one in known.counted.barred)
    return [(str(BARRED[code]), number) for code, number in found.most_common()]
