"""The oldest first and the worst first, with the same money: they do what they say, and never more than the plan."""

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as some

from planning.optimiser.plan import Plan
from planning.optimiser.rules_of_thumb import Thumb, by_thumb
from planning.optimiser.scenario import Scenario, Source
from planning.optimiser.solve import solve
from tests.optimiser.cases import WAN, YEARS, buy, county, move, need, scenario, unmatched

OLD_BUT_FINE = need("old", buy(WAN, 1), since=date(2012, 5, 1), severity=1)
BAD = need("bad", buy(WAN, 50), since=date(2020, 5, 1), severity=9)
OF_UNKNOWN_AGE = need("unknown", buy(WAN, 99), severity=5)


def test_the_oldest_first_takes_the_oldest():
    asked = scenario(BAD, OLD_BUT_FINE, OF_UNKNOWN_AGE, sources=(county(2 * WAN),))
    found = by_thumb(asked, Thumb.OLDEST_FIRST)
    assert (found.needs, found.worth, found.fen) == (("old", "bad"), 510_000, 2 * WAN)


def test_the_worst_first_takes_the_worst():
    asked = scenario(OLD_BUT_FINE, OF_UNKNOWN_AGE, BAD, sources=(county(2 * WAN),))
    assert by_thumb(asked, Thumb.WORST_FIRST).needs == ("bad", "unknown")


def test_what_must_be_done_goes_before():
    must = need("must", buy(WAN, 1), since=date(2026, 1, 1), must=True)
    asked = scenario(OLD_BUT_FINE, must, sources=(county(WAN),))
    assert by_thumb(asked, Thumb.OLDEST_FIRST).needs == ("must",)


def test_what_cannot_be_paid_is_passed_over_and_costs_nothing():
    dear = need("dear", buy(9 * WAN, 1), since=date(2010, 1, 1))
    asked = scenario(dear, OLD_BUT_FINE, sources=(county(WAN),))
    assert by_thumb(asked, Thumb.OLDEST_FIRST).needs == ("old",)


def test_the_narrowest_money_goes_first_and_is_matched():
    special = Source(key="special", years=YEARS[:1], limit=WAN // 2, categories=frozenset(["terminal"]),
                     match=5_000, matched_by="county")  # fmt: skip
    enough = scenario(OLD_BUT_FINE, sources=(special, county(WAN // 2)))
    short = scenario(OLD_BUT_FINE, sources=(special, county(WAN // 2 - 1)))
    assert by_thumb(enough, Thumb.OLDEST_FIRST).needs == ("old",)
    assert by_thumb(short, Thumb.OLDEST_FIRST).needs == ()


@settings(max_examples=80, deadline=None)
@given(unmatched(), some.sampled_from(Thumb))
def test_never_more_than_the_best_plan(asked: Scenario, rule: Thumb):
    asked = Scenario(
        years=asked.years,
        needs=tuple(need(one.key, *(each for each in one.remedies if not each.asset)) for one in asked.needs
                    if any(not each.asset for each in one.remedies)),
        sources=asked.sources,
    )  # fmt: skip
    found, plan = by_thumb(asked, rule), solve(asked, gap=0)
    assert isinstance(plan, Plan)
    assert found.worth <= plan.worth
    assert found.fen <= asked.budget


def test_a_spare_asset_is_moved_once():
    needs = [need(key, move(0, 1, "S1")) for key in ("a", "b")]
    assert by_thumb(scenario(*needs, sources=()), Thumb.WORST_FIRST).needs == ("a",)
