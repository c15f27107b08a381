"""What the townships need: each lack once, with its remedy and reason; moves first, and what they save."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
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
from planning.pages.need_links import of_assets, of_shortfall
from planning.pages.not_offered import RULES, Refusal, refusals
from planning.pages.words import BARRED, money
from planning.queries.moves import chosen_for
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
    url: str

    @property
    def cost(self) -> str:
        return in_row(self.fen)


def page(request: HttpRequest) -> HttpResponse:
    user = signed_in(request)
    if not granted_paths(user, VIEW):
        raise PermissionDenied
    known, places = needs_on(timezone.localdate()), _places(user)
    found = chosen_for(user, known, places)
    chosen = found.remedies
    lines = list(_lines((need for need in found.needs if need.key in chosen), chosen, known, places))
    whole = sum(line.fen for line in lines)
    context = {
        "lines": _with_addresses(user, lines),
        "needs": len(found.needs),
        "moves": len(found.moves),
        "saved": money(found.saved_fen),
        "together": money(whole),
        "recurring": money(sum(line.recurring for line in lines)),
        "by_way": [(WAY_NAMES[way], way.value, number) for way, number in _by_way(chosen)],
        "waiting": found.waiting,
        "barred": _barred(known, places),
        "refusals": _refusals(user, known, places),
        "costs_url": reverse("planning:remedyterms_list"),
    }
    return render(request, "planning/needs.html", context)


def _with_addresses(user: User, lines: Sequence[Line]) -> list[tuple[Line, list[tuple[str, str]]]]:
    """Each line with its assets and where they are shown, "" for those that the account does not see."""
    known = of_assets(user, (tag for line in lines for tag in line.assets))
    return [(line, [(tag, known.get(tag, "")) for tag in line.assets]) for line in lines]


def _refusals(
    user: User, known: Known, places: Mapping[str, str]
) -> list[tuple[Refusal, list[tuple[str, str]]]]:
    found = refusals(known, places)
    addresses = of_assets(user, (tag for one in found for tag in one.tags))
    return [(one, [(tag, addresses.get(tag, "")) for tag in one.tags]) for one in found]


def _places(user: User) -> dict[str, str]:
    found = visible(Place.objects.all(), user, VIEW, place="")
    return {str(place.pk): str(place) for place in found}


def _by_way(chosen: Mapping[str, Remedy]) -> list[tuple[Way, int]]:
    found = Counter(remedy.way for remedy in chosen.values())
    return [(way, found[way]) for way in Way if found[way]]


def _lines(
    needs: Iterable[Need], chosen: Mapping[str, Remedy], known: Known, places: dict[str, str]
) -> Iterable[Line]:
    together: defaultdict[tuple[str, Kind, Way, str], list[Need]] = defaultdict(list)
    for need in needs:
        kind = kind_of(need.key, known)
        together[need.place, kind, chosen[need.key].way, _reason(need, kind, known)].append(need)
    found = [_line(cell, several, chosen, known, places) for cell, several in together.items()]
    order = [way.value for way in Way]
    return sorted(found, key=lambda line: (order.index(line.way), -line.fen, line.place, line.kind))


def _line(
    cell: tuple[str, Kind, Way, str],
    needs: Sequence[Need],
    chosen: Mapping[str, Remedy],
    known: Known,
    places: dict[str, str],
) -> Line:
    place, kind, way, reason = cell
    tags = [need.key.removeprefix("asset:") for need in needs if need.key.startswith("asset:")]
    return Line(
        place=places[place],
        kind=str(KIND_NAMES[kind]),
        mark=_mark(needs[0], known),
        way=way.value,
        way_name=str(WAY_NAMES[way]),
        quantity=len(needs),
        fen=sum(chosen[need.key].purchase for need in needs),
        recurring=sum(chosen[need.key].recurring for need in needs),
        reason=reason,
        assets=tags[:SHOWN],
        url=of_shortfall(place) if needs[0].key.startswith("short:") else "",
        more=max(len(tags) - SHOWN, 0),
    )


def _mark(need: Need, known: Known) -> str:
    asset = known.marked.get(need.key.removeprefix("asset:"))
    if asset is None:
        return "outdated" if need.key.startswith("asset:") else "missing"
    return "unused" if asset.unused else "outdated"


def _reason(need: Need, kind: Kind, known: Known) -> str:
    if request := known.asked.get(need.key):
        return _("The township asked for it: request %(number)s.") % {"number": request.key}
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


def _barred(known: Known, places: Mapping[str, str]) -> list[tuple[str, int]]:
    """How many remedies are not offered in these places, and why, but for those that a rule of buying bars."""
    found = Counter(one.code for one in known.counted.barred if one.place in places)
    return [(str(BARRED[code]), number) for code, number in found.most_common() if code not in RULES]
