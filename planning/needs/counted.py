"""Facts in, needs out: each lack once, whoever speaks of it."""

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from inventory.marks.kind import Kind
from planning.needs.facts import Asked, Marked, Stock, Terms
from planning.needs.remedies import Barred, Offers, of_asset, of_gap, repaired, written_off
from planning.needs.spares import spares
from planning.optimiser.need import Need

Cell = tuple[str, Kind]


@dataclass(frozen=True, slots=True)
class Barring:
    """A remedy that a need does not have, or a fact that makes no need; `need` is the one that it counts in."""

    subject: str
    code: Barred
    need: str = ""
    place: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Counted:
    """All needs, and all that was left out with its reason."""

    needs: tuple[Need, ...]
    barred: tuple[Barring, ...]


def counted(
    stocks: Sequence[Stock], marked: Sequence[Marked], asked: Sequence[Asked], terms: Mapping[Kind, Terms]
) -> Counted:
    """Shortfalls first, then marked assets that are there, then what requests add to them."""
    _demand_once((stock.place, stock.kind) for stock in stocks)
    _demand_once(asset.asset for asset in marked)
    _demand_once(request.key for request in asked)
    wanted = frozenset(request.asset for request in asked)  # what somebody asks for is not to spare
    idle = spares(stocks, (asset for asset in marked if asset.asset not in wanted))
    counting = _Counting(stocks, terms, idle)
    for stock in sorted(stocks, key=lambda one: (one.place, one.kind)):
        counting.short(stock)
    missing = frozenset(name for stock in stocks for name in stock.missing)
    for asset in sorted(marked, key=lambda one: one.asset):
        if asset.asset not in missing:
            counting.marked(asset)
    for request in sorted(asked, key=lambda one: one.key):
        counting.asked(request, {(stock.place, stock.kind): stock for stock in stocks})
    return Counted(tuple(counting.needs), tuple(counting.barred))


def _demand_once(names: Iterable[Hashable]) -> None:
    twice = [name for name, times in Counter(names).items() if times > 1]
    if twice:
        raise ValueError(f"Said twice: {twice[:5]}")


class _Counting:
    """What is counted so far."""

    def __init__(
        self,
        stocks: Sequence[Stock],
        terms: Mapping[Kind, Terms],
        spare: Mapping[Kind, Sequence[Marked]],
    ) -> None:
        self.terms, self.spare = terms, spare
        moving = [asset for several in spare.values() for asset in several]
        self.moving = {asset.asset for asset in moving}
        self.surplus = Counter({(stock.place, stock.kind): stock.surplus for stock in stocks})
        self.surplus.subtract((asset.place, asset.kind) for asset in moving)
        self.needs: list[Need] = []
        self.barred: list[Barring] = []
        self.of_asset: dict[str, str] = {}
        self.offered: Counter[Kind] = Counter()  # needs to which spares of a kind were offered
        self.unclaimed: Counter[Cell] = Counter()  # lacks that no request has spoken of yet

    def short(self, stock: Stock) -> None:
        """A need for each one lacking; assets that are marked missing are cited by them, not counted beside them."""
        cell = (stock.place, stock.kind)
        for number in range(stock.gap):
            self._add(
                f"short:{stock.place}:{stock.kind}:{number}", stock.place, self._gap(cell, stock.benefit)
            )
        self.unclaimed[cell] = stock.gap
        for asset in stock.missing:
            code = Barred.COUNTED if stock.gap else Barred.AT_STANDARD
            need = f"short:{stock.place}:{stock.kind}:0" if stock.gap else ""
            self.barred.append(Barring(asset, code, need, stock.place))
            self.of_asset[asset] = need

    def marked(self, asset: Marked) -> None:
        if asset.asset in self.moving:
            self.barred.append(Barring(asset.asset, Barred.TO_SPARE, place=asset.place))
        elif asset.outdated or asset.unused:
            key = self.of_asset[asset.asset] = f"asset:{asset.asset}"
            self._add(key, asset.place, self._of_asset(asset))

    def _of_asset(self, asset: Marked) -> Offers:
        """What is outdated where there are more than enough is not replaced."""
        cell, terms = (asset.place, asset.kind), self._terms(asset.kind)
        if not asset.unused and self.surplus[cell] > 0:
            self.surplus[cell] -= 1
            return Offers((written_off(asset, terms),), (Barred.ABOVE_QUOTA,))
        return of_asset(asset, terms, self._fitting(cell))

    def asked(self, request: Asked, stocks: Mapping[Cell, Stock]) -> None:
        """A request speaks of an asset, of a shortfall, or asks for more than the standard."""
        if request.asset in self.of_asset:
            counted_in = self.of_asset[request.asset]
            self.barred.append(Barring(request.key, Barred.COUNTED, counted_in, request.place))
        elif request.asset:
            key = self.of_asset[request.asset] = f"asset:{request.asset}"
            self._add(key, request.place, repaired(self._terms(request.kind), request.benefit))
        else:
            self._asked_for_more(request, stocks.get((request.place, request.kind)))

    def _asked_for_more(self, request: Asked, stock: Stock | None) -> None:
        cell = (request.place, request.kind)
        within = min(request.quantity, self.unclaimed[cell])
        self.unclaimed[cell] -= within
        if within:
            need = f"short:{request.place}:{request.kind}:0"
            self.barred.append(Barring(request.key, Barred.COUNTED, need, request.place))
        if stock is not None and stock.standard is not None:
            if within < request.quantity:
                self.barred.append(Barring(request.key, Barred.ABOVE_QUOTA, place=request.place))
            return
        for number in range(within, request.quantity):
            self._add(f"asked:{request.key}:{number}", request.place, self._gap(cell, request.benefit))

    def _add(self, key: str, place: str, offers: Offers) -> None:
        self.barred.extend(Barring(key, code, key, place) for code in offers.barred)
        if offers.remedies:
            self.needs.append(Need(key=key, place=place, remedies=offers.remedies))

    def _gap(self, cell: Cell, benefit: int) -> Offers:
        return of_gap(self._terms(cell[1]), benefit, self._fitting(cell))

    def _fitting(self, cell: Cell) -> Sequence[Marked]:
        """Spares from elsewhere; each need begins with another one, so that all are offered to somebody."""
        place, kind = cell
        spares = self.spare.get(kind, ())
        first = self.offered[kind] % len(spares) if spares else 0
        self.offered[kind] += 1
        return [asset for asset in (*spares[first:], *spares[:first]) if asset.place != place]

    def _terms(self, kind: Kind) -> Terms:
        return self.terms.get(kind) or Terms(category=kind.value)
