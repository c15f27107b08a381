"""Why each is met or not: a code, and numbers that can be counted again."""

from hypothesis import given, settings
from hypothesis import strategies as some

from planning.optimiser.plan import Plan, Reason, Why
from planning.optimiser.scenario import Floor, Scenario, Source
from planning.optimiser.solve import solve
from tests.optimiser.cases import WAN, YEARS, buy, county, matched, move, need, planned, scenario
from tests.optimiser.test_money_is_held_to_the_fen import odd


def reasons(asked: Scenario) -> dict[str, Reason]:
    return {reason.need: reason for reason in planned(asked).reasons}


def test_what_brings_less_a_yuan_says_what_would_have_to_give_way():
    found = reasons(
        scenario(
            need("room at Gulou", buy(6 * WAN, 114)),
            need("room at Jiangnan", buy(6 * WAN, 40)),
            sources=(county(10 * WAN),),
        )
    )
    refused = found["room at Jiangnan"]
    assert (refused.chosen, refused.code) == (False, Why.LESS_PER_YUAN)
    assert refused.numbers == {
        "way": "buy",
        "year": 2027,
        "fen": 6 * WAN,
        "worth": 400_000,
        "per_wan": 66_667,
        "asked_per_wan": refused.numbers["asked_per_wan"],
        "limits": "county",
        "displaces": "room at Gulou",
        "displaced_worth": 1_140_000,
    }
    assert found["room at Gulou"].code is Why.WORTH
    assert found["room at Gulou"].numbers["per_wan"] == 190_000


def test_what_does_no_good_is_refused_for_that():
    assert reasons(scenario(need("N", buy(1, 0)), sources=(county(WAN),)))["N"].code is Why.NO_BENEFIT


def test_what_nobody_may_pay_for_is_refused_for_that():
    asked = scenario(need("N", buy(1, 9, "room")), sources=(county(WAN, categories=frozenset(["board"])),))
    assert reasons(asked)["N"].code is Why.NO_PAYER


def test_what_costs_more_than_there_is_says_how_much_there_is():
    special = Source(key="special", years=YEARS[:1], limit=WAN, match=5_000, matched_by="county")
    found = reasons(scenario(need("N", buy(3 * WAN, 9)), sources=(special, county(WAN))))["N"]
    assert (found.code, found.numbers["most"]) == (Why.TOO_DEAR, 2 * WAN)


def test_a_spare_asset_that_serves_another_is_named():
    asked = scenario(need("far", move(1, 9, "S1")), need("near", move(1, 8, "S1")), sources=(county(WAN),))
    found = reasons(asked)["near"]
    assert (found.code, found.numbers["asset"]) == (Why.ASSET_USED, "S1")


def test_musts_and_floors_are_reasons_of_their_own():
    found = reasons(
        scenario(
            need("must", buy(WAN, 1), must=True),
            need("floor", buy(WAN, 1), place="Nanjin"),
            need("good", buy(WAN, 9)),
            need("better", buy(WAN, 10)),
            sources=(county(3 * WAN),),
            floors=(Floor(place="Nanjin", needs=1),),
        )
    )
    assert {key: reason.code for key, reason in found.items()} == {
        "must": Why.MUST,
        "floor": Why.FLOOR,
        "better": Why.WORTH,
        "good": Why.DEMANDED,
    }
    assert found["good"].numbers["displaces"] == "floor"


@settings(max_examples=50, deadline=None)
@given(some.one_of(matched(), some.integers(0, 10**6).map(lambda seed: odd(seed, 15))))
def test_every_need_has_one_and_it_agrees_with_the_choice(asked: Scenario):
    plan = solve(asked)
    if isinstance(plan, Plan):
        assert [reason.need for reason in plan.reasons] == sorted(need.key for need in asked.needs)
        chosen = {choice.need: choice for choice in plan.choices}
        for reason in plan.reasons:
            assert reason.chosen == (reason.need in chosen)
            if reason.chosen:
                assert reason.numbers["fen"] == chosen[reason.need].fen
            _displaced_are_chosen_and_their_money_suffices(reason, plan)


def _displaced_are_chosen_and_their_money_suffices(reason: Reason, plan: Plan) -> None:
    names = str(reason.numbers.get("displaces", "")).split()
    displaced = [choice for choice in plan.choices if choice.need in names]
    assert len(displaced) == len(names)
    if names:
        assert sum(choice.worth for choice in displaced) == reason.numbers["displaced_worth"]
        assert sum(choice.fen for choice in displaced) >= int(reason.numbers["fen"])
