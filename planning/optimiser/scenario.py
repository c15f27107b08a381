"""What there is to spend, where it may go, and what is demanded of every plan."""

from dataclasses import dataclass, replace
from typing import Self

from planning.optimiser.need import Need


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Money for some years, one limit over all of them; money for a single year is a source of its own.

    `categories` None permits every category. Of all that it helps to pay, `match` basis points are charged to the
    source `matched_by`, in the same year.
    """

    key: str
    years: tuple[int, ...]
    limit: int
    categories: frozenset[str] | None = None
    match: int = 0
    matched_by: str = ""

    def pays(self, category: str, year: int) -> bool:
        return year in self.years and (self.categories is None or category in self.categories)


@dataclass(frozen=True, slots=True, kw_only=True)
class Floor:
    """What a township gets at the least: so many needs met, so many fen of purchases; in one year or, None, in all."""

    place: str
    year: int | None = None
    needs: int = 0
    fen: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """`delay`: basis points of its benefit that a need loses with each year it waits."""

    years: tuple[int, ...]
    needs: tuple[Need, ...]
    sources: tuple[Source, ...]
    floors: tuple[Floor, ...] = ()
    delay: int = 500

    def in_order(self) -> Self:
        """The same scenario in the one order in which it is solved and fingerprinted."""
        return replace(
            self,
            years=tuple(sorted(self.years)),
            needs=tuple(sorted(self.needs, key=lambda need: need.key)),
            sources=tuple(sorted(self.sources, key=lambda source: source.key)),
            floors=tuple(sorted(self.floors, key=lambda f: (f.place, f.year or 0, f.needs, f.fen))),
        )

    def with_limits(self, limits: dict[str, int]) -> Self:
        """The same with other limits of the sources that are named."""
        sources = (replace(one, limit=limits.get(one.key, one.limit)) for one in self.sources)
        return replace(self, sources=tuple(sources))

    @property
    def budget(self) -> int:
        return sum(source.limit for source in self.sources)


class Payers(dict[tuple[str, int], tuple[Source, ...]]):
    """Sources that may pay for a category in a year, found once; one that must be matched only where its match may."""

    def __init__(self, scenario: Scenario) -> None:
        super().__init__()
        self.sources = {source.key: source for source in scenario.sources}

    def __missing__(self, cell: tuple[str, int]) -> tuple[Source, ...]:
        self[cell] = tuple(source for source in self.sources.values() if self._may_pay(source, *cell))
        return self[cell]

    def _may_pay(self, source: Source, category: str, year: int) -> bool:
        matching = self.sources[source.matched_by] if source.match else source
        return source.pays(category, year) and matching.pays(category, year)
