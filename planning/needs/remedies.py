"""What may be done about a need, and what may not and why."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from planning.needs.facts import Cause, Marked, Terms
from planning.optimiser.need import Remedy, Way

MOST_MOVES = 8  # spares offered to one need: the program decides among them


class Barred(StrEnum):
    """Why a remedy is not offered, or a fact makes no need."""

    PRICE_UNKNOWN = "price_unknown"
    ABOVE_PRICE_CAP = "above_price_cap"
    BELOW_MINIMUM_YEARS = "below_minimum_years"
    AGE_UNKNOWN = "age_unknown"
    UNUSED = "unused"  # a new one would stand idle as well
    ABOVE_QUOTA = "above_quota"
    COUNTED = "counted"
    AT_STANDARD = "at_standard"
    TO_SPARE = "to_spare"


@dataclass(frozen=True, slots=True)
class Offers:
    """Remedies, and reasons why others are not among them."""

    remedies: tuple[Remedy, ...]
    barred: tuple[Barred, ...] = ()


def of_gap(terms: Terms, benefit: int, fitting: Sequence[Marked]) -> Offers:
    """One that is lacking: move a spare one there, or buy."""
    barred = _buying(terms)
    bought = () if barred else (_bought(terms, benefit),)
    return Offers((*_moves(terms, benefit, fitting), *bought), barred)


def of_asset(asset: Marked, terms: Terms, fitting: Sequence[Marked]) -> Offers:
    """An outdated or unused one. For what nobody uses nothing is bought."""
    if asset.unused:
        return Offers(tuple(_of_unused(asset, terms)), (Barred.UNUSED,) if asset.outdated else ())
    barred = (*_replacing(asset), *_buying(terms))
    bought = () if barred else (_bought(terms, asset.benefit),)
    mended = repaired(terms, asset.benefit).remedies if asset.repairable else ()
    upgraded = _cheap(Way.UPGRADE, terms, terms.upgrade, asset.benefit) if asset.upgradable else ()
    moves = () if _replacing(asset) else tuple(_moves(terms, asset.benefit, fitting))
    return Offers((*moves, *mended, *upgraded, *bought), barred)


def repaired(terms: Terms, benefit: int) -> Offers:
    """A repair, or nothing but the word that its price is not known."""
    found = _cheap(Way.REPAIR, terms, terms.repair, benefit)
    return Offers(found, () if found else (Barred.PRICE_UNKNOWN,))


def written_off(asset: Marked, terms: Terms) -> Remedy:
    return Remedy(way=Way.WRITE_OFF, category=terms.category, purchase=0, benefit=asset.benefit)


def _of_unused(asset: Marked, terms: Terms) -> Iterator[Remedy]:
    match asset.cause:
        case Cause.BROKEN if not asset.beyond_repair:
            yield from _cheap(Way.REPAIR, terms, terms.repair, asset.benefit)
        case Cause.NO_LINE:
            yield from _cheap(Way.CONNECT, terms, terms.connect, asset.benefit)
        case Cause.NOBODY_TRAINED | Cause.NOBODY_POSTED | Cause.HAND_ENTRY | Cause.UNKNOWN:
            yield from _cheap(Way.TRAIN, terms, terms.train, asset.benefit)
        case _:
            yield written_off(asset, terms)


def _replacing(asset: Marked) -> tuple[Barred, ...]:
    """Under its minimum years a thing is not replaced unless it is beyond repair."""
    if asset.beyond_repair or asset.minimum_years is None:
        return ()
    if asset.years is None:
        return (Barred.AGE_UNKNOWN,)
    return (Barred.BELOW_MINIMUM_YEARS,) if asset.years < asset.minimum_years else ()


def _buying(terms: Terms) -> tuple[Barred, ...]:
    if terms.price is None:
        return (Barred.PRICE_UNKNOWN,)
    too_dear = terms.price_cap is not None and terms.price > terms.price_cap
    return (Barred.ABOVE_PRICE_CAP,) if too_dear else ()


def _bought(terms: Terms, benefit: int) -> Remedy:
    return Remedy(
        way=Way.BUY,
        category=terms.category,
        purchase=terms.price or 0,
        recurring=terms.upkeep,
        benefit=benefit,
    )


def _moves(terms: Terms, benefit: int, fitting: Sequence[Marked]) -> Iterator[Remedy]:
    """Freight of which nobody has said anything costs nothing."""
    for spare in fitting[:MOST_MOVES]:
        yield Remedy(
            way=Way.MOVE,
            category=terms.category,
            purchase=terms.freight or 0,
            benefit=benefit,
            asset=spare.asset,
        )


def _cheap(way: Way, terms: Terms, cost: int | None, benefit: int) -> tuple[Remedy, ...]:
    """Nothing where nobody knows what it costs."""
    if cost is None:
        return ()
    return (Remedy(way=way, category=terms.category, purchase=cost, benefit=benefit),)
