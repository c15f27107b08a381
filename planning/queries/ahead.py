"""What becomes outdated in the coming months in an account's places, with what replacing it would cost."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from inventory.actions.trials import Ahead, ahead
from inventory.marks.ahead import Ending
from inventory.marks.kind import Kind
from inventory.models import Asset
from itops.organisation.models import Place, User
from itops.organisation.scope import visible
from planning.models import RemedyTerms


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
    """An asset, from when on it is outdated and by what; `fen` None: what one of its kind costs is not laid down."""

    asset: Asset
    place: Place
    kind: Kind
    endings: Sequence[Ending]
    fen: int | None

    @property
    def month(self) -> str:
        return self.endings[0].on.strftime("%Y-%m")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sum:
    """So many, what they would cost, and of how many that is not known."""

    number: int
    fen: int
    unpriced: int


def coming(user: User, day: date, until: date) -> list[Coming]:
    """The soonest first."""
    found = ahead(day, until)
    seen = visible(Asset.objects.select_related("place"), user, "inventory.view_asset")
    assets = seen.in_bulk([one.asset for one in found])
    prices = {one.kind: one.price_fen for one in RemedyTerms.objects.all()}
    return [
        _coming(one, assets[one.asset], prices.get(one.kind.value)) for one in found if one.asset in assets
    ]


def summed(several: Iterable[Coming]) -> Sum:
    found = list(several)
    prices = [one.fen for one in found if one.fen is not None]
    return Sum(number=len(found), fen=sum(prices), unpriced=len(found) - len(prices))


def _coming(one: Ahead, asset: Asset, price: int | None) -> Coming:
    return Coming(asset=asset, place=asset.place, kind=one.kind, endings=one.endings, fen=price)
