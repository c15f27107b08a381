"""Demands that cannot be held together: a few of them, none needlessly, with numbers."""

from dataclasses import replace
from itertools import combinations

from hypothesis import HealthCheck, assume, given, settings

from planning.optimiser.fingerprint import fingerprint
from planning.optimiser.formulation import Demand
from planning.optimiser.plan import Clash, Clashing, Plan
from planning.optimiser.scenario import Floor, Scenario, Source
from planning.optimiser.solve import solve
from tests.optimiser.cases import WAN, YEARS, buy, clashing, county, move, need, scenario, unmatched


def named(clash: Clash) -> set[tuple[str, str]]:
    return {(one.code.value, one.key) for one in clash.demands}


def test_musts_beyond_the_limit_are_named_with_what_is_short():
    asked = scenario(
        need("room", buy(7 * WAN, 1), must=True),
        need("line", buy(5 * WAN, 1), must=True),
        need("board", buy(1 * WAN, 99)),
        sources=(county(10 * WAN),),
    )
    clash = clashing(asked)
    assert clash.inputs == fingerprint(asked)
    assert named(clash) == {("must", "room"), ("must", "line"), ("limit", "county")}
    assert clash.short == 2 * WAN


def test_a_must_that_nobody_may_pay_clashes_by_itself():
    clash = clashing(
        scenario(
            need("room", buy(1, 1, "room"), must=True),
            sources=(county(10 * WAN, categories=frozenset(["terminal"])),),
        )
    )
    assert clash.demands == (Clashing(Demand.MUST, "room", {"place": "Xianxi", "options": 0, "fen": 0}),)
    assert clash.short is None


def test_a_floor_above_what_is_needed_there_clashes_by_itself():
    floor = Floor(place="Nanjin", year=2027, needs=2)
    clash = clashing(
        scenario(need("one", buy(1, 1), place="Nanjin"), sources=(county(100),), floors=(floor,))
    )
    assert named(clash) == {("floor", "Nanjin")}
    assert clash.demands[0].numbers == {"year": 2027, "needs": 2, "fen": 0, "needs_there": 1}


def test_a_floor_and_a_must_that_share_money_are_both_named():
    clash = clashing(
        scenario(
            need("far", buy(6 * WAN, 1), must=True),
            need("near", buy(6 * WAN, 1), place="Nanjin"),
            sources=(
                county(10 * WAN),
                Source(key="other", years=YEARS[:1], limit=WAN, categories=frozenset()),
            ),
            floors=(Floor(place="Nanjin", fen=6 * WAN),),
        )
    )
    assert named(clash) == {("must", "far"), ("floor", "Nanjin"), ("limit", "county")}
    assert clash.short == 2 * WAN


def test_two_musts_that_want_the_same_spare_asset():
    clash = clashing(
        scenario(
            need("a", move(1, 1, "S1"), must=True),
            need("b", move(1, 1, "S1"), must=True),
            sources=(county(100),),
        )
    )
    assert named(clash) == {("must", "a"), ("must", "b")}
    assert clash.short is None


def test_money_of_the_county_that_a_match_takes_is_named():
    special = Source(key="special", years=YEARS[:1], limit=10 * WAN, match=5000, matched_by="county")
    clash = clashing(scenario(need("room", buy(8 * WAN, 1), must=True), sources=(special, county(3 * WAN))))
    assert named(clash) == {("must", "room"), ("limit", "county")}
    assert clash.short == 1 * WAN


def without(asked: Scenario, demands: tuple[Clashing, ...]) -> Scenario:
    """The scenario with nothing demanded but these."""
    musts = {one.key for one in demands if one.code is Demand.MUST}
    limits = {one.key for one in demands if one.code is Demand.LIMIT}
    floors = [(one.key, one.numbers["year"] or None, one.numbers["needs"], one.numbers["fen"]) for one in demands
              if one.code is Demand.FLOOR]  # fmt: skip
    return replace(
        asked,
        needs=tuple(replace(one, must=one.key in musts) for one in asked.needs),
        sources=tuple(one if one.key in limits else replace(one, limit=10**12) for one in asked.sources),
        floors=tuple(one for one in asked.floors if (one.place, one.year, one.needs, one.fen) in floors),
    )


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow]
)
@given(unmatched())
def test_what_is_named_clashes_and_without_any_one_of_it_does_not(asked: Scenario):
    asked = replace(asked, needs=tuple(replace(one, must=True) for one in asked.needs))
    found = solve(asked)
    assume(isinstance(found, Clash))
    assert isinstance(found, Clash)
    assert found.demands
    assert isinstance(solve(without(asked, found.demands)), Clash)
    for fewer in combinations(found.demands, len(found.demands) - 1):
        assert isinstance(solve(without(asked, fewer)), Plan)
