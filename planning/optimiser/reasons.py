"""Why each need is met or is not: codes with the numbers that prove them."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from planning.money.amounts import FEN, WAN, WHOLE, rounded
from planning.optimiser.formulation import Formulation
from planning.optimiser.need import Need, Way
from planning.optimiser.option import Charges, Option, of_need
from planning.optimiser.plan import Numbers, Reason, Why
from planning.optimiser.scenario import Payers, Scenario
from planning.optimiser.solving import Chosen

MOST_DISPLACED = 50  # beyond that nobody reads on, and the limit says enough
FELT = 1e-9


def reasons(formulation: Formulation, chosen: Chosen) -> tuple[Reason, ...]:
    """One for each need, in order."""
    taken = {option.need.key: option for option in chosen.options}
    market = _market(formulation, chosen)
    offers: dict[str, list[Option]] = defaultdict(list)
    for option in formulation.options:
        offers[option.need.key].append(option)
    return tuple(
        market.chosen(taken[need.key]) if need.key in taken else market.refused(need, offers[need.key])
        for need in formulation.scenario.needs
    )


@dataclass(frozen=True, slots=True)
class _Market:
    """What a yuan is worth in each category and year, which limits make it so, and who holds the money."""

    scenario: Scenario
    payers: Payers
    prices: Mapping[tuple[str, int], float]  # points a yuan
    scarce: frozenset[str]
    floors: frozenset[str]
    moved: frozenset[str]
    exact: bool  # no other plan is worth more
    holders: Mapping[
        tuple[str, int], Sequence[Option]
    ]  # of the money of a category and year, least worth first

    def chosen(self, option: Option) -> Reason:
        code, more = self._why_chosen(option)
        return Reason(option.need.key, True, code, {**self._numbers(option), **more})

    def _why_chosen(self, option: Option) -> tuple[Why, Numbers]:
        saved = self._spared(option) if option.remedy.way is Way.MOVE else 0
        if saved > 0:
            return Why.SAVES, {"saved": saved, "asset": option.remedy.asset}
        if option.need.must:
            return Why.MUST, {}
        if option.need.place in self.floors and self._net(option) < 0:
            return Why.FLOOR, {"place": option.need.place}
        return Why.WORTH, {}

    def _spared(self, move: Option) -> int:
        """What the cheapest purchase for the same need would cost in the same year, less the move."""
        bought = [
            one.fen
            for one in of_need(move.need, self.scenario)
            if one.remedy.way is Way.BUY and one.year == move.year
        ]
        return min(bought) - move.fen if bought else 0

    def refused(self, need: Need, offers: Sequence[Option]) -> Reason:
        useful = [option for option in offers if option.worth]
        if not useful:
            any_good = any(remedy.benefit for remedy in need.remedies)
            code = Why.NO_PAYER if any_good else Why.NO_BENEFIT
            return self._refusal(next(of_need(need, self.scenario)), code)
        free = [option for option in useful if option.remedy.asset not in self.moved]
        best = max(free or useful, key=self._net)
        if not free:
            return self._refusal(best, Why.ASSET_USED, asset=best.remedy.asset)
        for category, year, fen in best.charges:
            if fen > (most := self._most(category, year)):
                return self._refusal(best, Why.TOO_DEAR, most=most)
        return self._outbid(best)

    def _outbid(self, option: Option) -> Reason:
        """Who would have to give way for it, and what would be lost with them."""
        giving_way = self._giving_way(option)
        lost = sum(one.worth for one in giving_way)
        limits = sorted({one for cell in option.charges for one in self._limits(cell[0], cell[1])})
        code = Why.LESS_PER_YUAN
        if giving_way and lost < option.worth:
            code = Why.DEMANDED if self.exact else Why.WITHIN_GAP
        more: dict[str, int | str] = {"limits": " ".join(limits)}
        if giving_way:
            more |= {"displaces": " ".join(one.need.key for one in giving_way), "displaced_worth": lost}
        return self._refusal(option, code, **more)

    def _giving_way(self, option: Option) -> list[Option]:
        """Chosen needs whose money would do, those that bring least a yuan first; none if too many are needed."""
        short = {(category, year): fen for category, year, fen in option.charges}
        found: list[Option] = []
        for cell in list(short):
            for holder in self.holders.get(cell, ())[:MOST_DISPLACED]:
                if short[cell] > 0 and holder not in found:
                    found.append(holder)
                    _relieve(short, holder.charges)
        return _without_the_needless(found, option) if all(fen <= 0 for fen in short.values()) else []

    def _limits(self, category: str, year: int) -> Iterator[str]:
        for source in self.payers[category, year]:
            yield from {source.key, source.matched_by} & self.scarce

    def _most(self, category: str, year: int) -> int:
        """All that could ever be spent on a category in a year."""
        payers = self.payers[category, year]
        with_matches = {source.key for source in payers} | {source.matched_by for source in payers}
        return sum(source.limit for source in self.scenario.sources if source.key in with_matches)

    def _refusal(self, option: Option, code: Why, **more: int | str) -> Reason:
        return Reason(option.need.key, False, code, {**self._numbers(option), **more})

    def _numbers(self, option: Option) -> Numbers:
        numbers = {
            "way": option.remedy.way.value,
            "year": option.year,
            "fen": option.fen,
            "worth": option.worth,
        }
        if option.fen:
            asked = round(self._priced(option) * WHOLE)
            numbers |= {
                "per_wan": rounded(option.worth * WAN, option.fen),
                "asked_per_wan": rounded(asked * WAN, option.fen),
            }
        return numbers

    def _net(self, option: Option) -> float:
        return option.worth / WHOLE - self._priced(option)

    def _priced(self, option: Option) -> float:
        """What its money is worth elsewhere."""
        return sum(
            self.prices.get((category, year), 0.0) * fen / FEN for category, year, fen in option.charges
        )


def _market(formulation: Formulation, chosen: Chosen) -> _Market:
    prices = chosen.relaxed.prices
    return _Market(
        scenario=formulation.scenario,
        payers=Payers(formulation.scenario),
        prices={cell: prices[row] for cell, row in formulation.spending.items()},
        scarce=frozenset(key for key, row in formulation.limits.items() if prices[row] > FELT),
        floors=frozenset(floor.place for floor in formulation.scenario.floors),
        moved=frozenset(option.remedy.asset for option in chosen.options if option.remedy.asset),
        exact=sum(option.worth for option in chosen.options) >= round(chosen.bound * WHOLE),
        holders=_holders(chosen.options),
    )


def _holders(chosen: Sequence[Option]) -> Mapping[tuple[str, int], Sequence[Option]]:
    holders: dict[tuple[str, int], list[Option]] = defaultdict(list)
    for option in sorted(chosen, key=lambda one: (one.worth / max(one.fen, 1), one.need.key)):
        for category, year, _fen in option.charges if not option.need.must else ():
            holders[category, year].append(option)
    return holders


def _without_the_needless(found: Sequence[Option], option: Option) -> list[Option]:
    """Fewer, if the others' money would do as well: the dearest loss is spared first."""
    spare = {(category, year): -fen for category, year, fen in option.charges}
    for one in found:
        _relieve(spare, one.charges, by=-1)
    kept = list(found)
    for one in sorted(found, key=lambda one: (-one.worth, one.need.key)):
        if all(
            fen <= spare[category, year] for category, year, fen in one.charges if (category, year) in spare
        ):
            _relieve(spare, one.charges)
            kept.remove(one)
    return kept


def _relieve(short: dict[tuple[str, int], int], charges: Charges, by: int = 1) -> None:
    for category, year, fen in charges:
        if (category, year) in short:
            short[category, year] -= by * fen
