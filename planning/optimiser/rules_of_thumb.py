"""What the same money would do by the rules that people use: the oldest first, the worst first.

In that order each need gets what does most for it, as soon as there is money; what must be done goes before. Floors are
not looked at: the rules know none.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from planning.money.amounts import WHOLE, at_least_share_of
from planning.optimiser.faults import demand_usable
from planning.optimiser.need import Need
from planning.optimiser.option import Charges, Option, offered
from planning.optimiser.scenario import Payers, Scenario, Source

NO_DATE = date.max  # of unknown age: after those whose age is known


class Thumb(StrEnum):
    """A rule of thumb."""

    OLDEST_FIRST = "oldest_first"
    WORST_FIRST = "worst_first"


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a rule reaches. `worth` in ten-thousandths of a point, as of a plan."""

    rule: Thumb
    worth: int
    fen: int
    needs: tuple[str, ...]


ORDERS: dict[Thumb, Callable[[Need], tuple[object, ...]]] = {
    Thumb.OLDEST_FIRST: lambda need: (not need.must, need.since or NO_DATE, need.key),
    Thumb.WORST_FIRST: lambda need: (not need.must, -need.severity, need.key),
}


def by_thumb(scenario: Scenario, rule: Thumb) -> Comparison:
    """The choice that a rule makes, paid from the narrowest money first."""
    demand_usable(scenario)
    ordered = scenario.in_order()
    chosen = tuple(_chosen(ordered, sorted(ordered.needs, key=ORDERS[rule])))
    return Comparison(
        rule=rule,
        worth=sum(option.worth for option in chosen),
        fen=sum(option.fen for option in chosen),
        needs=tuple(option.need.key for option in chosen),
    )


def _chosen(scenario: Scenario, needs: Sequence[Need]) -> Iterator[Option]:
    purse, moved, payers = _Purse(scenario), set[str](), Payers(scenario)
    for need in needs:
        options = sorted(offered(need, scenario, payers), key=lambda one: (-one.worth, one.fen))
        for option in options:
            if option.remedy.asset not in moved and purse.pay(option.charges):
                moved |= {option.remedy.asset} - {""}
                yield option
                break


class _Purse:
    """What is left of each source, in fen."""

    def __init__(self, scenario: Scenario) -> None:
        self.payers = Payers(scenario)
        self.left = {source.key: source.limit for source in scenario.sources}

    def pay(self, charges: Charges) -> bool:
        """All of it, or nothing."""
        before = dict(self.left)
        for category, year, fen in charges:
            for source in sorted(self.payers[category, year], key=_breadth):
                fen -= self._take(source, fen)
            if fen:
                self.left = before
                return False
        return True

    def _take(self, source: Source, wanted: int) -> int:
        """How much of it a source pays for, its match included."""
        fen = min(wanted, self.left[source.key] * WHOLE // (WHOLE - source.match))
        if source.match:
            fen = min(fen, self.left[source.matched_by] * WHOLE // source.match)
        matched = at_least_share_of(fen, source.match)
        self.left[source.key] -= fen - matched
        if source.match:
            self.left[source.matched_by] -= matched
        return fen


def _breadth(source: Source) -> tuple[bool, int, int, str]:
    categories = source.categories
    return categories is None, len(categories or ()), len(source.years), source.key
