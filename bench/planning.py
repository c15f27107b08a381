"""How long a plan takes: 5,000 needs of 23 townships, to within 0.1 % of the bound, its money to the fen.

`make bench-planning`. Three counties made by chance from fixed seeds; the slowest counts, each the median of its runs.
"""

import random
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from statistics import median

from bench.ground import ROUNDS, seconds, sized
from bench.report import Figure, report
from planning.money.amounts import FEN
from planning.optimiser.need import Need, Remedy, Way
from planning.optimiser.plan import Plan
from planning.optimiser.scenario import Floor, Scenario, Source
from planning.optimiser.solve import solve

NEEDS, COUNTIES = sized(5_000, 600), sized(3, 1)
TOWNSHIPS = tuple(f"township {number:02}" for number in range(1, 24))
YEARS = (2027, 2028, 2029)
BOUGHT = ("terminal", "room", "board", "link", "security")


@dataclass(frozen=True, slots=True)
class Solved:
    seconds: float
    gap: float  # percent of the bound


def main() -> int:
    solved = [measure(county(random.Random(seed), NEEDS)) for seed in range(COUNTIES)]
    report(
        [
            Figure("plan.s_5k", max(one.seconds for one in solved), "s", 3, "lower"),
            Figure("plan.gap_5k", max(one.gap for one in solved), "% of the bound", 0.1, "lower"),
        ]
    )
    return 0


def measure(scenario: Scenario) -> Solved:
    plan = solve(scenario)
    if not isinstance(plan, Plan):
        raise SystemExit(f"This county has no plan: {plan.demands}.")
    taken = median(seconds(partial(solve, scenario)) for _ in range(ROUNDS))
    return Solved(taken, plan.gap_ppm / 10_000)


def county(chance: random.Random, size: int) -> Scenario:
    """About a quarter of what is needed can be paid for."""
    needs = tuple(need(chance, f"{number:05}") for number in range(size))
    whole = sum(one.remedies[0].purchase for one in needs)
    per_need = whole // size
    return Scenario(
        years=YEARS,
        needs=needs,
        sources=tuple(sources(whole)),
        floors=tuple(Floor(place=place, year=year, needs=1) for place in TOWNSHIPS for year in YEARS[:1])
        + tuple(
            Floor(place=place, year=year, fen=per_need) for place in TOWNSHIPS[::4] for year in YEARS[1:]
        ),
    )


def need(chance: random.Random, key: str) -> Need:
    category = chance.choice(BOUGHT)
    price = chance.randrange(1_000, 70_000) * FEN
    benefit = round(price / 10_000 * chance.lognormvariate(0, 0.8)) + 1
    return Need(
        key=key,
        place=chance.choice(TOWNSHIPS),
        remedies=tuple(remedies(chance, category, price, benefit)),
        must=chance.random() < 0.01,
    )


def remedies(chance: random.Random, category: str, price: int, benefit: int) -> Iterator[Remedy]:
    upkeep = price // 20 if chance.random() < 0.3 else 0
    yield Remedy(
        way=Way.BUY,
        category=category,
        purchase=price,
        benefit=benefit,
        recurring=upkeep,
        recurring_category="upkeep",
    )
    if chance.random() < 0.15:
        freight, asset = chance.randrange(100, 900) * FEN, f"spare {chance.randrange(NEEDS // 10)}"
        yield Remedy(
            way=Way.MOVE, category="freight", purchase=freight, benefit=benefit * 9 // 10, asset=asset
        )
    if chance.random() < 0.2:
        yield Remedy(way=Way.REPAIR, category=category, purchase=price // 5, benefit=benefit * 4 // 10)
    if chance.random() < 0.1:
        yield Remedy(way=Way.TRAIN, category="training", purchase=price // 10, benefit=benefit * 3 // 10)


def sources(whole: int) -> Iterator[Source]:
    """The county's own, special funds of each year, a project; they are matched by the county."""
    yield Source(key="county", years=YEARS, limit=whole // 10)
    small = frozenset({"freight", "training", "upkeep", "terminal"})
    yield Source(key="own", years=YEARS, limit=whole // 50, categories=small)
    for year in YEARS:
        permitted = frozenset({"terminal", "room"})
        yield Source(key=f"special {year}", years=(year,), limit=whole // 20, categories=permitted,
                     match=3_000, matched_by="county")  # fmt: skip
    permitted = frozenset({"link", "security", "board"})
    yield Source(key="project", years=YEARS[:2], limit=whole // 20, categories=permitted,
                 match=2_000, matched_by="county")  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
