"""One remedy of one need in one year: the yes or no that is decided."""

from collections.abc import Iterator
from dataclasses import dataclass

from planning.money.amounts import WHOLE
from planning.optimiser.need import Need, Remedy
from planning.optimiser.scenario import Payers, Scenario

Charges = tuple[tuple[str, int, int], ...]  # category, year, fen


@dataclass(frozen=True, slots=True)
class Option:
    """`worth`: its benefit in ten-thousandths of a point, less what waiting until that year costs."""

    need: Need
    remedy: Remedy
    year: int
    worth: int
    charges: Charges

    @property
    def fen(self) -> int:
        return sum(fen for _category, _year, fen in self.charges)


def options(scenario: Scenario) -> tuple[Option, ...]:
    """All that can be decided, need by need."""
    payers = Payers(scenario)
    return tuple(option for need in scenario.needs for option in offered(need, scenario, payers))


def offered(need: Need, scenario: Scenario, payers: Payers) -> Iterator[Option]:
    """What some source may pay for and is good for something, or counts towards a demand.

    A move always may: while its spare stands idle, nothing is bought for the other needs that it fits.
    """
    demanded = need.must or any(floor.place == need.place for floor in scenario.floors)
    for option in of_need(need, scenario):
        if (option.worth or demanded or option.remedy.asset) and all(
            payers[charge[:2]] for charge in option.charges
        ):
            yield option


def of_need(need: Need, scenario: Scenario) -> Iterator[Option]:
    """Each remedy in each year, whether or not anybody would pay for it."""
    for remedy in need.remedies:
        for place, year in enumerate(scenario.years):
            worth = remedy.benefit * (WHOLE - scenario.delay * place)
            yield Option(need, remedy, year, worth, _charges(remedy, scenario.years[place:]))


def _charges(remedy: Remedy, years: tuple[int, ...]) -> Charges:
    """What it costs in which year; purchase and upkeep of one year and category come together."""
    due: dict[tuple[str, int], int] = {(remedy.category, years[0]): remedy.purchase}
    for year in years:
        cell = (remedy.recurring_category or remedy.category, year)
        due[cell] = due.get(cell, 0) + remedy.recurring
    return tuple((category, year, fen) for (category, year), fen in due.items() if fen)
