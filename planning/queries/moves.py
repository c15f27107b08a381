"""Moves before buying: what stands unused and unneeded in one place and is lacking in another, and what that saves."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Aggregate, BigIntegerField

from inventory.marks.kind import Kind
from inventory.models import Asset
from inventory.queries.cells import Cells
from itops.organisation.models import User
from itops.organisation.scope import visible
from planning.models import RemedyTerms
from planning.needs.facts import Marked, Stock
from planning.needs.moves import moves
from planning.needs.spares import spares
from planning.queries.unused import Idle


class Median(Aggregate):
    """The middle one of the values that are there."""

    function = "percentile_disc"
    template = "%(function)s(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = BigIntegerField()


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """One asset that may go from place to place; `saves_fen` None: what such a thing costs is not on the books."""

    asset: Idle
    origin: int
    target: int
    saves_fen: int | None


def moves_between(user: User, cells: Cells, idle: Sequence[Idle]) -> list[Moved]:
    """Valued at the price laid down less freight, else at the middle price of what the county has of the kind."""
    stocks = _stocks(cells)
    found = moves(stocks, spares(stocks, _marked(idle)))
    known = {str(one.pk): one for one in idle}
    prices = _prices(user, {move.kind for move in found}) if found else {}
    return [
        Moved(
            asset=known[move.asset],
            origin=int(move.origin),
            target=int(move.target),
            saves_fen=prices.get(move.kind),
        )
        for move in found
    ]


def _stocks(cells: Cells) -> list[Stock]:
    """A lack that nothing proves (it is not marked) is none: then the place is taken to be at its standard."""
    return [
        Stock(
            place=str(place),
            kind=kind,
            standard=None if tally.standard is None else min(tally.standard, tally.have + tally.gap),
            have=tally.have,
            benefit=1,
        )
        for (place, kind), tally in cells.items()
    ]


def _marked(idle: Iterable[Idle]) -> list[Marked]:
    return [
        Marked(
            asset=str(one.pk),
            place=str(one.place),
            kind=one.kind,
            benefit=1,
            outdated=one.outdated,
            unused=True,
            cause=one.cause,
        )
        for one in idle
    ]


def _prices(user: User, kinds: set[Kind]) -> Mapping[Kind, int]:
    """What is laid down for the kind comes before what such things once cost."""
    laid_down = RemedyTerms.objects.filter(kind__in=kinds, price_fen__isnull=False)
    saves = {Kind(one.kind): max((one.price_fen or 0) - (one.freight_fen or 0), 0) for one in laid_down}
    assets = visible(Asset.objects.current(), user, "inventory.view_asset")
    priced = assets.filter(kind__in=kinds - saves.keys(), cost_fen__gt=0).order_by()
    rows = priced.values("kind").annotate(middle=Median("cost_fen")).values_list("kind", "middle")
    return {Kind(kind): middle for kind, middle in rows} | saves
