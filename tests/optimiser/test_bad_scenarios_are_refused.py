"""Negative and absurd prices, things that are there twice, shares that are none: named, all at once."""

from dataclasses import replace
from typing import Any

import pytest

from planning.optimiser.faults import Fault, UnusableScenario, Wrong, faults
from planning.optimiser.need import Remedy, Way
from planning.optimiser.scenario import Floor, Scenario, Source
from planning.optimiser.solve import solve
from tests.optimiser.cases import YEARS, buy, county, need, scenario

GOOD = scenario(need("N", buy(100, 1)), sources=(county(1000),))


def test_a_good_one_has_no_faults():
    assert faults(GOOD) == ()


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"purchase": -1}, Wrong.NEGATIVE),
        ({"purchase": 10**10 + 1}, Wrong.ABSURD),
        ({"purchase": 99.5}, Wrong.NOT_WHOLE),
        ({"purchase": float("nan")}, Wrong.NOT_WHOLE),
        ({"recurring": -1}, Wrong.NEGATIVE),
        ({"benefit": -1}, Wrong.NEGATIVE),
        ({"benefit": 10**9 + 1}, Wrong.ABSURD),
        ({"category": ""}, Wrong.NO_CATEGORY),
        ({"asset": "S1"}, Wrong.ASSET_WITHOUT_MOVE),
    ],
)
def test_of_needs(change: dict[str, Any], code: Wrong):
    _refused(
        scenario(need("N", replace(buy(100, 1), **change)), sources=(county(1000),)), Fault(code, "need", "N")
    )


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"limit": -1}, Wrong.NEGATIVE),
        ({"limit": 0.5}, Wrong.NOT_WHOLE),
        ({"years": (2031,)}, Wrong.YEARS_UNKNOWN),
        ({"match": 10_000, "matched_by": "county"}, Wrong.BAD_SHARE),
        ({"match": -1}, Wrong.BAD_SHARE),
        ({"match": 5000}, Wrong.BAD_MATCH),
        ({"match": 5000, "matched_by": "special"}, Wrong.BAD_MATCH),
    ],
)
def test_of_sources(change: dict[str, Any], code: Wrong):
    special = replace(Source(key="special", years=YEARS[:1], limit=1), **change)
    _refused(replace(GOOD, sources=(*GOOD.sources, special)), Fault(code, "source", "special"))


@pytest.mark.parametrize(
    ("floor", "code"),
    [
        (Floor(place="P", needs=-1), Wrong.NEGATIVE),
        (Floor(place="P", fen=-1), Wrong.NEGATIVE),
        (Floor(place="P", year=2031, needs=1), Wrong.YEARS_UNKNOWN),
    ],
)
def test_of_floors(floor: Floor, code: Wrong):
    _refused(replace(GOOD, floors=(floor,)), Fault(code, "floor", "P"))


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"years": ()}, Fault(Wrong.NO_YEARS, "scenario", "")),
        ({"years": (2027, 2027)}, Fault(Wrong.TWICE, "year", "2027")),
        ({"delay": -1}, Fault(Wrong.BAD_SHARE, "scenario", "delay")),
        ({"delay": 10_001}, Fault(Wrong.BAD_SHARE, "scenario", "delay")),
        ({"needs": GOOD.needs * 2}, Fault(Wrong.TWICE, "need", "N")),
        ({"needs": (need("N"),)}, Fault(Wrong.NO_REMEDY, "need", "N")),
        ({"sources": GOOD.sources * 2}, Fault(Wrong.TWICE, "source", "county")),
    ],
)
def test_of_the_whole(change: dict[str, Any], fault: Fault):
    _refused(replace(GOOD, **change), fault)


def test_all_faults_are_said_at_once():
    bad = Remedy(way=Way.BUY, category="", purchase=-1, benefit=-1)
    with pytest.raises(UnusableScenario) as refused:
        solve(scenario(need("N", bad), sources=(county(-1),)))
    assert [fault.code for fault in refused.value.faults] == [
        *(Wrong.NO_CATEGORY, Wrong.NEGATIVE, Wrong.NEGATIVE, Wrong.NEGATIVE)
    ]


def _refused(asked: Scenario, fault: Fault) -> None:
    assert fault in faults(asked)
    with pytest.raises(UnusableScenario, match=fault.code):
        solve(asked)
