"""In whatever order it comes, and again in another process."""

import os
import random
import subprocess
import sys
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from planning.optimiser.fingerprint import fingerprint
from planning.optimiser.scenario import Floor, Scenario
from planning.optimiser.solve import solve
from tests.optimiser.cases import buy, county, matched, need, scenario
from tests.optimiser.test_money_is_held_to_the_fen import odd

TOLD = """
from planning.optimiser.solve import solve
from tests.optimiser.test_money_is_held_to_the_fen import odd
print(hash(0), repr(solve(odd(7, 40))))
"""


def shuffled(asked: Scenario, chance: random.Random) -> Scenario:
    def mixed(several):
        return tuple(chance.sample(several, len(several)))

    return replace(
        asked,
        years=mixed(asked.years),
        needs=mixed(asked.needs),
        sources=mixed(asked.sources),
        floors=mixed(asked.floors),
    )


@settings(max_examples=40, deadline=None)
@given(matched(), some.randoms(use_true_random=False))
def test_in_another_order(asked: Scenario, chance: random.Random):
    other = shuffled(asked, chance)
    assert fingerprint(other) == fingerprint(asked)
    assert solve(other) == solve(asked)


def test_in_another_process_with_other_hashes():
    said = {
        subprocess.run(
            [sys.executable, "-c", TOLD],
            env=os.environ | {"PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(said) == 1
    assert repr(solve(odd(7, 40))) in said.pop()


GOOD = scenario(need("N", buy(100, 1)), sources=(county(1000),))


@pytest.mark.parametrize(
    "other",
    [
        replace(GOOD, delay=501),
        replace(GOOD, needs=(need("N", buy(101, 1)),)),
        replace(GOOD, needs=(need("N", buy(100, 1, recurring=1)),)),
        replace(GOOD, needs=(need("N", buy(100, 1), must=True),)),
        replace(GOOD, needs=(need("N", buy(100, 1), since=date(2020, 1, 1)),)),
        replace(GOOD, needs=(need("N", buy(100, 1), place="Nanjin"),)),
        replace(GOOD, sources=(county(1001),)),
        replace(GOOD, sources=(county(1000, categories=frozenset(["terminal"])),)),
        replace(GOOD, sources=(county(1000, categories=frozenset()),)),
        replace(GOOD, floors=(Floor(place="Xianxi", needs=1),)),
    ],
)
def test_another_input_has_another_fingerprint(other: Scenario):
    assert fingerprint(other) != fingerprint(GOOD)


def test_the_form_of_the_inputs_does_not_change_unnoticed():
    assert fingerprint(GOOD) == "88aab7965de7264ab616fa922942cffad4f52cf3b749f3b5e79dd724659b9796"
