"""Shortfalls, marks and requests become needs: nothing twice, nothing below its standard, nothing bought in vain."""

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from inventory.marks.kind import Kind
from planning.needs.counted import Barring, Counted, counted
from planning.needs.facts import Asked, Cause, Marked, Stock, Terms
from planning.needs.remedies import Barred
from planning.optimiser.need import Way
from planning.optimiser.plan import Plan
from planning.optimiser.scenario import Scenario, Source
from planning.optimiser.solve import solve

BOARD, PC = Kind.NOTICE_BOARD, Kind.COMPUTER
TERMS = {
    BOARD: Terms(
        category="board", price=6_000_00, freight=600_00, repair=500_00, train=100_00, connect=900_00
    ),
    PC: Terms(
        category="terminal", price=4_800_00, price_cap=5_000_00, freight=100_00, repair=300_00, train=100_00
    ),
}
SHORT = Stock(place="Xianxi", kind=BOARD, standard=2, have=1, benefit=31)
RICH = Stock(place="Meicheng", kind=BOARD, standard=1, have=2, benefit=31)
IDLE = Marked(asset="B7", place="Meicheng", kind=BOARD, benefit=5, unused=True, cause=Cause.NOT_NEEDED)
OLD = Marked(asset="P1", place="Xianxi", kind=PC, benefit=9, outdated=True, years=7, minimum_years=6)


def ways(found: Counted) -> dict[str, list[Way]]:
    return {need.key: [remedy.way for remedy in need.remedies] for need in found.needs}


def alone(asset: Marked, terms: Terms = TERMS[PC]) -> Counted:
    return counted([], [asset], [], {asset.kind: terms})


def test_a_gap_can_be_met_by_a_board_that_is_idle_elsewhere():
    found = counted([SHORT, RICH], [IDLE], [], TERMS)
    assert ways(found) == {"short:Xianxi:notice_board:0": [Way.MOVE, Way.BUY]}
    assert found.needs[0].remedies[0].asset == "B7"
    assert found.barred == (Barring("B7", Barred.TO_SPARE),)


@pytest.mark.parametrize(
    "idle",
    [
        replace(IDLE, cause=Cause.NOBODY_TRAINED),
        replace(IDLE, cause=Cause.UNKNOWN),
        replace(IDLE, outdated=True),
        replace(IDLE, beyond_repair=True),
        replace(IDLE, place="Nanjin"),
        replace(IDLE, kind=PC),
    ],
)
def test_what_is_needed_or_unfit_or_not_beyond_the_standard_stays(idle: Marked):
    found = counted([SHORT, RICH], [idle], [], TERMS)
    assert Way.MOVE not in ways(found)["short:Xianxi:notice_board:0"]


def test_where_no_standard_is_known_nothing_is_to_spare():
    found = counted([SHORT, replace(RICH, standard=None)], [IDLE], [], TERMS)
    assert ways(found)["short:Xianxi:notice_board:0"] == [Way.BUY]


def test_an_asset_that_is_missing_counts_in_the_gap_alone():
    gone = replace(OLD, asset="B3", kind=BOARD)
    found = counted([replace(SHORT, missing=("B3",))], [gone], [], TERMS)
    assert list(ways(found)) == ["short:Xianxi:notice_board:0"]
    assert found.barred == (Barring("B3", Barred.COUNTED, "short:Xianxi:notice_board:0"),)
    enough = counted([replace(SHORT, standard=1, missing=("B3",))], [gone], [], TERMS)
    assert (enough.needs, enough.barred) == ((), (Barring("B3", Barred.AT_STANDARD),))


def test_a_request_for_what_is_short_adds_nothing_and_more_is_above_the_quota():
    wish = Asked(key="R1", place="Xianxi", kind=BOARD, benefit=1, quantity=2)
    found = counted([SHORT], [], [wish], TERMS)
    assert list(ways(found)) == ["short:Xianxi:notice_board:0"]
    assert found.barred == (
        Barring("R1", Barred.COUNTED, "short:Xianxi:notice_board:0"),
        Barring("R1", Barred.ABOVE_QUOTA),
    )


def test_without_a_standard_a_request_is_a_need():
    wish = Asked(key="R1", place="Xianxi", kind=BOARD, benefit=1, quantity=2)
    assert ways(counted([], [], [wish], TERMS)) == {"asked:R1:0": [Way.BUY], "asked:R1:1": [Way.BUY]}


def test_two_requests_for_one_asset_are_one_repair():
    wishes = [Asked(key=key, place="Xianxi", kind=PC, benefit=1, asset="P9") for key in ("R1", "R2")]
    found = counted([], [], wishes, TERMS)
    assert ways(found) == {"asset:P9": [Way.REPAIR]}
    assert found.barred == (Barring("R2", Barred.COUNTED, "asset:P9"),)


def test_the_outdated_is_replaced_past_its_minimum_years():
    assert ways(alone(OLD)) == {"asset:P1": [Way.BUY]}
    young = alone(replace(OLD, years=5, repairable=True))
    assert ways(young) == {"asset:P1": [Way.REPAIR]}
    assert young.barred == (Barring("asset:P1", Barred.BELOW_MINIMUM_YEARS, "asset:P1"),)
    assert ways(alone(replace(OLD, years=5, beyond_repair=True))) == {"asset:P1": [Way.BUY]}
    assert alone(replace(OLD, years=None)).barred == (Barring("asset:P1", Barred.AGE_UNKNOWN, "asset:P1"),)


def test_what_is_outdated_beyond_the_standard_is_written_off():
    found = counted([Stock(place="Xianxi", kind=PC, standard=3, have=4, benefit=1)], [OLD], [], TERMS)
    assert ways(found) == {"asset:P1": [Way.WRITE_OFF]}
    assert found.barred == (Barring("asset:P1", Barred.ABOVE_QUOTA, "asset:P1"),)


def test_buying_needs_a_price_within_the_cap():
    assert alone(OLD, Terms(category="terminal")).barred[0].code is Barred.PRICE_UNKNOWN
    dear = Terms(category="terminal", price=5_000_01, price_cap=5_000_00)
    assert alone(OLD, dear).barred[0].code is Barred.ABOVE_PRICE_CAP
    assert alone(OLD, replace(dear, price=5_000_00)).barred == ()


@pytest.mark.parametrize(
    ("cause", "way"),
    [
        (Cause.BROKEN, Way.REPAIR),
        (Cause.NO_LINE, Way.CONNECT),
        (Cause.NOBODY_TRAINED, Way.TRAIN),
        (Cause.NOBODY_POSTED, Way.TRAIN),
        (Cause.HAND_ENTRY, Way.TRAIN),
        (Cause.NOT_NEEDED, Way.WRITE_OFF),
    ],
)
def test_for_what_nobody_uses_the_cause_is_mended_and_nothing_is_bought(cause: Cause, way: Way):
    idle = replace(OLD, unused=True, cause=cause, kind=BOARD)
    found = alone(idle, TERMS[BOARD])
    assert ways(found) == {"asset:P1": [way]}
    assert found.barred == (Barring("asset:P1", Barred.UNUSED, "asset:P1"),)


def test_facts_that_are_said_twice_are_refused():
    with pytest.raises(ValueError, match="twice"):
        counted([SHORT, SHORT], [], [], TERMS)
    with pytest.raises(ValueError, match="twice"):
        counted([], [OLD, OLD], [], TERMS)


PLACES, KINDS = some.sampled_from(["A", "B", "C"]), some.sampled_from([BOARD, PC])
STOCKS = some.lists(
    some.builds(
        Stock,
        place=PLACES,
        kind=KINDS,
        standard=some.none() | some.integers(0, 4),
        have=some.integers(0, 5),
        benefit=some.integers(1, 50),
        missing=some.sets(some.sampled_from(["a1", "a2"]), max_size=1).map(tuple),
    ),
    max_size=6,
    unique_by=lambda stock: (stock.place, stock.kind),
)
MARKED = some.lists(
    some.builds(
        Marked,
        asset=some.sampled_from([f"a{number}" for number in range(12)]),
        place=PLACES,
        kind=KINDS,
        benefit=some.integers(1, 50),
        outdated=some.booleans(),
        unused=some.booleans(),
        cause=some.sampled_from([Cause.NOT_NEEDED, *Cause]),
        repairable=some.booleans(),
        years=some.none() | some.integers(0, 12),
        minimum_years=some.none() | some.just(6),
    ),
    max_size=12,
    unique_by=lambda asset: asset.asset,
)
ASKED = some.lists(
    some.builds(
        Asked,
        key=some.integers(0, 99).map(str),
        place=PLACES,
        kind=KINDS,
        benefit=some.integers(1, 50),
        asset=some.sampled_from(["", "", "a1", "a5", "z"]),
        quantity=some.integers(1, 3),
    ),
    max_size=6,
    unique_by=lambda request: request.key,
)


@given(STOCKS, MARKED, ASKED)
def test_nothing_is_counted_twice(stocks: list[Stock], marked: list[Marked], asked: list[Asked]):
    found = counted(stocks, marked, asked, TERMS)
    keys = [need.key for need in found.needs]
    assert len(keys) == len(set(keys))
    assert sum(key.startswith("short:") for key in keys) == sum(stock.gap for stock in stocks)
    missing = {name for stock in stocks for name in stock.missing}
    assert not {f"asset:{name}" for name in missing} & set(keys)
    moving = {remedy.asset for need in found.needs for remedy in need.remedies if remedy.asset}
    assert not {f"asset:{name}" for name in moving} & set(keys)


@given(STOCKS, MARKED, ASKED)
def test_whatever_moves_no_place_falls_below_its_standard(
    stocks: list[Stock], marked: list[Marked], asked: list[Asked]
):
    found = counted(stocks, marked, asked, TERMS)
    moving = {remedy.asset for need in found.needs for remedy in need.remedies if remedy.asset}
    leaving = Counter((one.place, one.kind) for one in marked if one.asset in moving)
    for stock in stocks:
        left = stock.have - leaving[stock.place, stock.kind]
        assert not leaving[stock.place, stock.kind] or left >= (stock.standard or 0)


@settings(max_examples=30, deadline=None)
@given(STOCKS, MARKED, ASKED)
def test_needs_go_into_the_optimiser_as_they_are(
    stocks: list[Stock], marked: list[Marked], asked: list[Asked]
):
    found = counted(stocks, marked, asked, TERMS)
    own = Source(key="county", years=(2027,), limit=20_000_00)
    plan = solve(Scenario(years=(2027,), needs=found.needs, sources=(own,)))
    assert isinstance(plan, Plan)
    assert plan.fen <= own.limit


@given(STOCKS, MARKED, ASKED, some.randoms(use_true_random=False))
def test_the_order_of_the_facts_does_not_matter(stocks, marked, asked, chance):
    def mixed(several):
        return chance.sample(several, len(several))

    found = counted(mixed(stocks), mixed(marked), mixed(asked), TERMS)
    assert found == counted(stocks, marked, asked, TERMS)
