"""The last look at a plan finds each rule that somebody has broken in it."""

from dataclasses import replace

import pytest

from planning.optimiser import solve as solving
from planning.optimiser.check import Broken, BrokenPlan, breaches
from planning.optimiser.plan import Plan
from planning.optimiser.scenario import Floor, Source
from tests.optimiser.cases import YEARS, buy, county, move, need, planned, scenario

SPECIAL = Source(key="special", years=YEARS[:1], limit=600, categories=frozenset(["room"]), match=5_000,
                 matched_by="county")  # fmt: skip
ASKED = scenario(
    need("room", buy(1_000, 9, "room"), must=True),
    need("board", buy(400, 5, "board"), move(10, 5, "S1")),
    need("other board", move(10, 1, "S1")),
    sources=(SPECIAL, county(900)),
    floors=(Floor(place="Xianxi", needs=2, fen=1_010),),
)
PLAN = planned(ASKED)
BY_NEED = {choice.need: choice for choice in PLAN.choices}
BOUGHT = replace(BY_NEED["board"], remedy=ASKED.needs[1].remedies[0], fen=400)
OTHER = replace(BY_NEED["board"], need="other board", remedy=ASKED.needs[2].remedies[0])


def test_a_sound_one_has_no_breach():
    assert breaches(PLAN, ASKED) == ()


@pytest.mark.parametrize(
    ("broken", "code"),
    [
        (replace(PLAN, choices=(*PLAN.choices, replace(OTHER, need="unknown"))), Broken.UNHEARD_OF),
        (replace(PLAN, choices=(*PLAN.choices, replace(OTHER, place="Nanjin"))), Broken.UNHEARD_OF),
        (replace(PLAN, choices=PLAN.choices * 2), Broken.TWICE),
        (replace(PLAN, choices=(BY_NEED["board"],)), Broken.UNMET),
        (replace(PLAN, choices=(*PLAN.choices, OTHER)), Broken.ASSET_TWICE),
        (replace(PLAN, choices=(BY_NEED["room"], BOUGHT)), Broken.BOUGHT_BEFORE_MOVED),
        (replace(PLAN, choices=(BY_NEED["room"],)), Broken.FLOOR),
        (replace(PLAN, lines=PLAN.lines * 2), Broken.LIMIT),
        (replace(PLAN, lines=tuple(replace(one, category="board") for one in PLAN.lines)), Broken.FORBIDDEN),
        (replace(PLAN, lines=tuple(replace(one, year=2031) for one in PLAN.lines)), Broken.FORBIDDEN),
        (replace(PLAN, lines=tuple(replace(one, matched=0) for one in PLAN.lines)), Broken.UNMATCHED),
        (replace(PLAN, lines=tuple(replace(one, fen=one.fen - 1) for one in PLAN.lines)), Broken.UNPAID),
        (replace(PLAN, lines=PLAN.lines[1:]), Broken.UNPAID),
    ],
)
def test_each_breach_is_named(broken: Plan, code: Broken):
    assert code in {breach.code for breach in breaches(broken, ASKED)}


def test_a_limit_that_was_cut_afterwards_shows():
    cut = ASKED.with_limits({"county": 100})
    assert {breach.code for breach in breaches(PLAN, cut)} == {Broken.LIMIT}


def test_a_broken_plan_never_leaves(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(solving, "fund", lambda chosen, asked: PLAN.lines[1:])
    with pytest.raises(BrokenPlan, match="unpaid"):
        solving.solve(ASKED)
