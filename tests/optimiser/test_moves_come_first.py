"""Nothing is bought for a need while a spare asset that fits stands idle."""

from hypothesis import given, settings

from planning.optimiser.need import Way
from planning.optimiser.plan import Plan, Why
from planning.optimiser.scenario import Scenario, Source
from planning.optimiser.solve import solve
from tests.optimiser.cases import WAN, YEARS, buy, county, matched, move, need, planned, scenario

BOARD = buy(6_000_00, 31, "board")


def test_a_spare_board_is_moved_though_money_for_a_new_one_is_there():
    asked = need("board", BOARD, move(600_00, 30, "idle board"))
    plan = planned(scenario(asked, sources=(county(WAN),)))
    (choice,) = plan.choices
    assert (choice.remedy.way, choice.remedy.asset, choice.fen) == (Way.MOVE, "idle board", 600_00)
    assert plan.reasons[0].code is Why.SAVES
    assert plan.saved == plan.reasons[0].numbers["saved"] == 5_400_00


def test_of_two_that_one_spare_would_fit_one_is_bought():
    needs = [need(key, BOARD, move(600_00, 31, "idle board")) for key in ("a", "b")]
    plan = planned(scenario(*needs, sources=(county(WAN),)))
    assert sorted(choice.remedy.way for choice in plan.choices) == [Way.BUY, Way.MOVE]


def test_a_purchase_waits_until_the_year_of_the_move():
    first, second = need("a", move(600_00, 1, "idle board")), need("b", BOARD, move(600_00, 0, "idle board"))
    plan = planned(scenario(first, second, years=YEARS, sources=(county(WAN, years=YEARS),)))
    assert {choice.need: choice.remedy.way for choice in plan.choices} == {"a": Way.MOVE, "b": Way.BUY}
    late = scenario(
        need("a", move(600_00, 1, "idle board")),
        need("b", BOARD, move(600_00, 30, "idle board")),
        years=YEARS,
        sources=(
            county(WAN, years=YEARS, categories=frozenset(["board"])),
            Source(key="freight", years=YEARS[1:], limit=600_00, categories=frozenset(["freight"])),
        ),
    )
    years = {choice.need: choice.year for choice in planned(late).choices if choice.remedy.way is Way.BUY}
    assert years == {"b": YEARS[1]}


def test_a_move_that_nobody_may_pay_for_holds_nothing_up():
    asked = need("board", BOARD, move(600_00, 31, "idle board"))
    only_boards = county(WAN, categories=frozenset(["board"]))
    (choice,) = planned(scenario(asked, sources=(only_boards,))).choices
    assert choice.remedy.way is Way.BUY


@settings(max_examples=60, deadline=None)
@given(matched())
def test_each_asset_moves_once_and_serves_one(asked: Scenario):
    plan = solve(asked)
    if isinstance(plan, Plan):
        moved = [choice.remedy.asset for choice in plan.choices if choice.remedy.asset]
        assert len(moved) == len(set(moved))
