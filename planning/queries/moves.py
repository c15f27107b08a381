"""Moves before buying: what stands unused and unneeded in one place and is lacking in another, and what that saves."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from django.db.models import Aggregate, BigIntegerField

from inventory.marks.kind import Kind
from inventory.models import Asset
from itops.organisation.models import User
from itops.organisation.scope import visible
from planning.actions.needs import Known
from planning.needs.facts import Terms
from planning.needs.moves import remedies_of, spared
from planning.optimiser.need import Need, Remedy, Way


class Median(Aggregate):
    """The middle one of the values that are there."""

    function = "percentile_disc"
    template = "%(function)s(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = BigIntegerField()


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """One asset that may go from place to place; `saves_fen` None: what such a thing costs is not on the books."""

    pk: int
    tag: str
    kind: Kind
    origin: int
    target: int
    saves_fen: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """The needs of some places, the remedy of each (none where nothing is left), and the moves among them."""

    needs: Sequence[Need]
    remedies: Mapping[str, Remedy]
    moves: Sequence[Moved]

    @property
    def saved_fen(self) -> int:
        return sum(one.saves_fen or 0 for one in self.moves)

    @property
    def waiting(self) -> int:
        """Needs for which nothing is left: what would have done went to others."""
        return len(self.needs) - len(self.remedies)


def chosen_for(user: User, known: Known, places: Collection[str]) -> Chosen:
    """Moves first, among the places that the account sees. Every page that tells of moves tells these."""
    needs = [_within(need, known, places) for need in known.counted.needs if need.place in places]
    needs = [need for need in needs if need.remedies]
    remedies = remedies_of(needs)
    moving = {need.key: need.place for need in needs if need.key in remedies}
    moved = {remedies[key].asset: place for key, place in moving.items() if remedies[key].way is Way.MOVE}
    return Chosen(needs=needs, remedies=remedies, moves=_moves(user, known, moved))


def _within(need: Need, known: Known, places: Collection[str]) -> Need:
    """Without spares of places that the account does not see."""
    seen = (one for one in need.remedies if not one.asset or known.marked[one.asset].place in places)
    return replace(need, remedies=tuple(seen))


def _moves(user: User, known: Known, moved: Mapping[str, str]) -> list[Moved]:
    """By asset number: where each goes, valued at the price laid down, else at the middle price of the kind."""
    if not moved:
        return []
    keys = dict(Asset.objects.filter(tag__in=moved).values_list("tag", "pk"))
    middle = _middle_prices(user, {known.marked[tag].kind for tag in moved}, known)
    return [
        Moved(
            pk=keys[tag],
            tag=tag,
            kind=known.marked[tag].kind,
            origin=int(known.marked[tag].place),
            target=int(moved[tag]),
            saves_fen=spared(_terms(known, known.marked[tag].kind), middle.get(known.marked[tag].kind)),
        )
        for tag in sorted(moved)
    ]


def _terms(known: Known, kind: Kind) -> Terms:
    return known.terms.get(kind) or Terms(category=kind.value)


def _middle_prices(user: User, kinds: set[Kind], known: Known) -> Mapping[Kind, int]:
    """Of kinds for which no price is laid down: what such things once cost."""
    unpriced = {kind for kind in kinds if _terms(known, kind).price is None}
    if not unpriced:
        return {}
    assets = visible(Asset.objects.current(), user, "inventory.view_asset")
    priced = assets.filter(kind__in=unpriced, cost_fen__gt=0).order_by()
    rows = priced.values("kind").annotate(middle=Median("cost_fen")).values_list("kind", "middle")
    return {Kind(kind): middle for kind, middle in rows}
