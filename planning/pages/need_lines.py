"""Needs in words: one line for each thing that stands there, one for all of a kind that a place lacks."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from inventory.marks.kind import Kind
from inventory.models import KIND_NAMES
from planning.actions.needs import Known, kind_of
from planning.models.scenario import WAY_NAMES
from planning.needs.facts import Marked, Stock
from planning.optimiser.need import Need, Way
from planning.pages.need_links import tag_of
from planning.queries.funding import Planned
from planning.queries.moves import Chosen
from planning.wording import CAUSE_NAMES

ORDER = list(Way)
OPEN = Planned()  # no plan speaks of it


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """Needs of one place and kind with the same remedy, reason and payers; `need` is the first of them.

    `funded`: whether the plan that was published last meets them. `sources`: who pays, by key.
    """

    need: str
    tag: str
    place: int
    place_name: str
    position: int
    kind: str
    kind_name: str
    mark: str
    way: str
    way_name: str
    quantity: int
    fen: int
    recurring: int
    reason: str
    funded: bool
    sources: tuple[int, ...]

    @property
    def way_order(self) -> int:
        return ORDER.index(Way(self.way))

    @property
    def what(self) -> str:
        return f"{self.kind_name} {self.tag}".strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class Where:
    """A township as lines name it and sort by it."""

    name: str
    position: int


Alike = tuple[str, str, Kind, Way, str, Planned]


def lines_of(
    found: Chosen, known: Known, places: Mapping[str, Where], planned: Mapping[str, Planned]
) -> list[Line]:
    """Moves first, then the dearest."""
    together: defaultdict[Alike, list[Need]] = defaultdict(list)
    for need in found.needs:
        if need.key in found.remedies:
            together[_alike(need, found, known, planned)].append(need)
    lines = [_line(cell, several, found, known, places) for cell, several in together.items()]
    return sorted(lines, key=lambda line: (line.way_order, -line.fen, line.position, line.kind, line.need))


def _alike(need: Need, found: Chosen, known: Known, planned: Mapping[str, Planned]) -> Alike:
    kind = kind_of(need.key, known)
    reason = _reason(need, kind, known)
    return (
        tag_of(need.key),
        need.place,
        kind,
        found.remedies[need.key].way,
        reason,
        planned.get(need.key, OPEN),
    )


def _line(
    cell: Alike, needs: Sequence[Need], found: Chosen, known: Known, places: Mapping[str, Where]
) -> Line:
    tag, place, kind, way, reason, planned = cell
    remedies = [found.remedies[need.key] for need in needs]
    return Line(
        need=needs[0].key,
        tag=tag,
        place=int(place),
        place_name=places[place].name,
        position=places[place].position,
        kind=kind.value,
        kind_name=str(KIND_NAMES[kind]),
        mark=_mark(needs[0], known),
        way=way.value,
        way_name=str(WAY_NAMES[way]),
        quantity=len(needs),
        fen=sum(one.purchase for one in remedies),
        recurring=sum(one.recurring for one in remedies),
        reason=reason,
        funded=planned.funded,
        sources=planned.sources,
    )


def _mark(need: Need, known: Known) -> str:
    asset = known.marked.get(tag_of(need.key))
    if asset is None:
        return "outdated" if tag_of(need.key) else "missing"
    return "unused" if asset.unused else "outdated"


def _reason(need: Need, kind: Kind, known: Known) -> str:
    if request := known.asked.get(need.key):
        return _("The township asked for it: request %(number)s.") % {"number": request.key}
    asset = known.marked.get(tag_of(need.key))
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
