"""What only its system's end of support makes outdated may be upgraded; all else that is outdated may not."""

import pytest

from inventory.marks.kind import Kind
from planning.needs.facts import Marked, Terms
from planning.needs.remedies import of_asset
from planning.optimiser.need import Way

TERMS = Terms(category="computer", price=480_000, upgrade=60_000)


def ways(terms: Terms, **more: object) -> dict[Way, int]:
    given = {"years": 8, "minimum_years": 6, "upgradable": True, **more}
    asset = Marked(
        asset="A",
        place="1",
        kind=Kind.COMPUTER,
        benefit=60,
        outdated=True,
        **given,  # type: ignore[arg-type]
    )
    return {one.way: one.purchase for one in of_asset(asset, terms, ()).remedies}


def test_both_are_offered_with_their_prices() -> None:
    assert ways(TERMS) == {Way.UPGRADE: 60_000, Way.BUY: 480_000}


@pytest.mark.parametrize(
    ("terms", "more"),
    [
        (TERMS, {"upgradable": False}),
        (Terms(category="computer", price=480_000), {}),
        (TERMS, {"unused": True}),
    ],
)
def test_otherwise_none_is_upgraded(terms: Terms, more: dict[str, object]) -> None:
    assert Way.UPGRADE not in ways(terms, **more)


def test_under_its_minimum_years_it_is_upgraded_and_not_bought_anew() -> None:
    assert ways(TERMS, years=3) == {Way.UPGRADE: 60_000}
