"""Moves come first: one remedy for each need, each spare thing given once, and what a move spares against buying."""

from collections.abc import Iterable

from planning.needs.facts import Terms
from planning.optimiser.need import Need, Remedy, Way


def remedies_of(needs: Iterable[Need]) -> dict[str, Remedy]:
    """A spare thing while there is one that nobody else was given, then what does most; the worst needs come first.

    A need for which nothing is left is not in it: the spare thing that would have done went to another.
    """
    given: set[str] = set()
    found: dict[str, Remedy] = {}
    for need in sorted(needs, key=lambda one: (-one.severity, one.key)):
        free = [one for one in need.remedies if one.asset not in given]
        if free:
            best = min(free, key=lambda one: (one.way is not Way.MOVE, -one.benefit, one.purchase))
            found[need.key] = best
            given |= {best.asset} - {""}
    return found


def spared(terms: Terms, middle: int | None = None) -> int | None:
    """What a move spares: the price laid down (else the middle one on the books) and a year's upkeep, less freight.

    None: nobody knows what such a thing costs.
    """
    price = terms.price if terms.price is not None else middle
    return None if price is None else max(price + terms.upkeep - (terms.freight or 0), 0)
