"""What becomes outdated in the coming months in an account's places, with its remedy, as needs would have it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from inventory.actions.trials import Ahead, ahead
from inventory.marks.ahead import Ending
from inventory.marks.kind import Condition, Kind
from inventory.marks.support import OS
from inventory.models import Asset
from itops.organisation.models import Place, User
from itops.organisation.scope import visible
from planning.actions.needs import least_years, terms_of, years_on
from planning.models import RemedyTerms
from planning.needs.facts import Marked, Terms
from planning.needs.remedies import Barred, of_asset
from planning.optimiser.need import Remedy


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
    """An asset, from when on it is outdated and by what; its cheapest remedy, or what bars each."""

    asset: Asset
    place: Place
    kind: Kind
    endings: Sequence[Ending]
    remedy: Remedy | None
    barred: Sequence[Barred]

    @property
    def fen(self) -> int | None:
        """None: what one of its kind costs is not laid down. What may not be replaced yet costs nothing."""
        if self.remedy:
            return self.remedy.purchase
        return None if Barred.PRICE_UNKNOWN in self.barred else 0

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
    seen = visible(Asset.objects.select_related("place", "device_model"), user, "inventory.view_asset")
    assets = seen.in_bulk([one.asset for one in found])
    terms = {Kind(one.kind): terms_of(one) for one in RemedyTerms.objects.all()}
    return [
        _coming(one, assets[one.asset], terms.get(one.kind) or Terms(category=one.kind.value))
        for one in found
        if one.asset in assets
    ]


def summed(several: Iterable[Coming]) -> Sum:
    found = list(several)
    prices = [one.fen for one in found if one.fen is not None]
    return Sum(number=len(found), fen=sum(prices), unpriced=len(found) - len(prices))


def _coming(one: Ahead, asset: Asset, terms: Terms) -> Coming:
    offers = of_asset(_then(one, asset), terms, ())
    return Coming(
        asset=asset,
        place=asset.place,
        kind=one.kind,
        endings=one.endings,
        remedy=min(offers.remedies, key=lambda remedy: remedy.purchase, default=None),
        barred=offers.barred,
    )


def _then(one: Ahead, asset: Asset) -> Marked:
    """The asset as it will be marked on that day."""
    return Marked(
        asset=asset.tag,
        place=str(asset.place_id),
        kind=one.kind,
        benefit=0,
        outdated=True,
        repairable=asset.condition == Condition.UNDER_REPAIR,
        upgradable=all(ending.rule.endswith(f".{OS}") for ending in one.endings),
        years=years_on(asset, one.ending.on),
        minimum_years=least_years(asset),
    )
