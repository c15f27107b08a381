"""Small scenarios by value, and hypothesis strategies that make them."""

from typing import Any

from hypothesis import strategies as some

from planning.optimiser.need import Need, Remedy, Way
from planning.optimiser.plan import Clash, Plan
from planning.optimiser.scenario import Floor, Scenario, Source
from planning.optimiser.solve import solve

YEARS = (2027, 2028)
YUAN, WAN = 100, 1_000_000


def buy(fen: int, benefit: int, category: str = "terminal", **more: Any) -> Remedy:
    return Remedy(way=Way.BUY, category=category, purchase=fen, benefit=benefit, **more)


def move(fen: int, benefit: int, asset: str, category: str = "freight") -> Remedy:
    return Remedy(way=Way.MOVE, category=category, purchase=fen, benefit=benefit, asset=asset)


def need(key: str, *remedies: Remedy, place: str = "Xianxi", **more: Any) -> Need:
    return Need(key=key, place=place, remedies=remedies, **more)


def county(limit: int, **more: Any) -> Source:
    values: dict[str, Any] = {"years": YEARS[:1], "limit": limit} | more
    return Source(key="county", **values)


def scenario(*needs: Need, sources: tuple[Source, ...], **more: Any) -> Scenario:
    values: dict[str, Any] = {"years": YEARS[:1], "needs": needs, "sources": sources} | more
    return Scenario(**values)


def planned(asked: Scenario, **more: Any) -> Plan:
    found = solve(asked, **more)
    assert isinstance(found, Plan), found
    return found


def clashing(asked: Scenario) -> Clash:
    found = solve(asked)
    assert isinstance(found, Clash)
    return found


CATEGORIES = ("terminal", "room")
PLACES = ("Xianxi", "Nanjin")
THOUSANDS = some.integers(0, 9).map(lambda number: number * 1000 * YUAN)

REMEDIES = some.one_of(
    some.builds(
        Remedy,
        way=some.sampled_from([Way.BUY, Way.REPAIR]),
        category=some.sampled_from(CATEGORIES),
        purchase=THOUSANDS,
        recurring=some.sampled_from([0, 0, 1000 * YUAN]),
        benefit=some.integers(0, 9),
    ),
    some.builds(
        Remedy,
        way=some.just(Way.MOVE),
        category=some.sampled_from(CATEGORIES),
        purchase=some.sampled_from([0, 1000 * YUAN]),
        benefit=some.integers(0, 9),
        asset=some.sampled_from(["S1", "S2"]),
    ),
)

LIMITS = some.integers(0, 20).map(lambda number: number * 1000 * YUAN)
FLOORS = some.lists(
    some.builds(
        Floor,
        place=some.sampled_from(PLACES),
        year=some.sampled_from([None, *YEARS]),
        needs=some.integers(0, 1),
        fen=some.sampled_from([0, 3000 * YUAN]),
    ),
    max_size=2,
)


@some.composite
def needs(draw: some.DrawFn, most: int = 4) -> tuple[Need, ...]:
    numbers = range(draw(some.integers(0, most)))
    return tuple(
        Need(
            key=f"N{number}",
            place=draw(some.sampled_from(PLACES)),
            remedies=tuple(draw(some.lists(REMEDIES, min_size=1, max_size=2))),
            must=draw(some.sampled_from([False, False, True])),
        )
        for number in numbers
    )


@some.composite
def unmatched(draw: some.DrawFn) -> Scenario:
    """Sources for some categories and years; none of them asks for a match."""
    sources = tuple(
        Source(
            key=f"M{number}",
            years=tuple(draw(some.sampled_from([YEARS, YEARS[:1], YEARS[1:]]))),
            limit=draw(LIMITS),
            categories=draw(some.sampled_from([None, frozenset(CATEGORIES[:1]), frozenset(CATEGORIES[1:])])),
        )
        for number in range(draw(some.integers(1, 3)))
    )
    floors = tuple(draw(FLOORS))
    return Scenario(years=YEARS, needs=draw(needs()), sources=sources, floors=floors, delay=1000)


@some.composite
def matched(draw: some.DrawFn) -> Scenario:
    """The county's own money for everything, and an earmarked source for each category that it must match."""
    earmarked = tuple(
        Source(
            key=f"special-{category}",
            years=YEARS,
            limit=draw(LIMITS),
            categories=frozenset([category]),
            match=draw(some.sampled_from([2000, 5000])),
            matched_by="county",
        )
        for category in CATEGORIES
    )
    own = Source(key="county", years=YEARS, limit=draw(LIMITS))
    floors = tuple(draw(FLOORS))
    return Scenario(years=YEARS, needs=draw(needs()), sources=(own, *earmarked), floors=floors, delay=1000)
