"""Two purchases and earmarked money that the county must match: as equations HiGHS never came to an end of it."""

from planning.optimiser.scenario import Source
from tests.optimiser.cases import WAN, YEARS, buy, county, need, planned, scenario


def earmarked(category: str, limit: int, match: int) -> Source:
    return Source(
        key=f"special-{category}",
        years=YEARS,
        limit=limit,
        categories=frozenset({category}),
        match=match,
        matched_by="county",
    )


def test_earmarked_money_that_the_county_can_hardly_match():
    asked = scenario(
        need("N0", buy(90 * WAN // 100, 7, "room"), place="Nanjin"),
        need("N1", buy(40 * WAN // 100, 8, recurring=10 * WAN // 100)),
        years=YEARS,
        sources=(
            county(30 * WAN // 100, years=YEARS),
            earmarked("terminal", 130 * WAN // 100, 2_000),
            earmarked("room", 180 * WAN // 100, 5_000),
        ),
        delay=1_000,
    )
    assert planned(asked, gap=0).worth == 80_000
