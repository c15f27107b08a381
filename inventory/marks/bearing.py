"""What of an asset's facts bears on presence and use, as a text: assets of one bearing differ by their days alone."""

import json
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from hashlib import blake2b
from typing import Any

from inventory.marks.case import open_case
from inventory.marks.facts import AssetFacts, Sighting, Waiver
from inventory.marks.findings import Judgement
from inventory.marks.judge import of_days, verdict
from inventory.marks.judging import Judged
from inventory.marks.kind import Condition, Kind
from inventory.marks.mark import Answer, Mark
from inventory.marks.policy import Policy
from inventory.marks.window import Window

OF_DAYS = (Mark.MISSING, Mark.UNUSED)
# Counted over a window that moves on every day.
MOVING = frozenset(
    {
        "measured",
        "office_days",
        "observable_days",
        "seen_days",
        "generated_days",
        "last_seen_on",
        "idle_days",
        "unmeasured_days",
        "last_used_on",
    }
)


def written(facts: AssetFacts) -> str:
    """The bearing of an asset: who looked or decided and why, and when it first answered, changes no verdict."""
    return json.dumps(
        [
            facts.kind.value,
            facts.condition.value,
            facts.confidential,
            facts.probed,
            facts.first_observed_on is not None,
            [[one.on.isoformat(), one.found] for one in facts.sightings],
            [[one.mark.value, one.rule, one.until.isoformat()] for one in facts.waivers],
        ]
    )


@lru_cache(maxsize=20_000)
def read(bearing: str) -> AssetFacts:
    """Facts with that bearing, and nothing else."""
    kind, condition, confidential, probed, observed, sightings, waivers = json.loads(bearing)
    day = date.fromisoformat
    return AssetFacts(
        kind=Kind(kind),
        condition=Condition(condition),
        confidential=confidential,
        probed=probed,
        first_observed_on=date.min if observed else None,
        sightings=tuple(Sighting(on=day(on), found=found, by="") for on, found in sightings),
        waivers=tuple(
            Waiver(mark=Mark(mark), rule=rule, until=day(until), reason="", author="")
            for mark, rule, until in waivers
        ),
    )


def shape(judgement: Judgement, answers: tuple[Answer, Answer, Answer]) -> int:
    """What is said of presence and use, in a number that is equal where the same is said, whatever its numbers are.

    Findings of fitness do not matter: days do not change them.
    """
    findings = [
        (one.rule, one.marking, judgement.waiver(one) is not None)
        for one in judgement.findings
        if one.mark in OF_DAYS
    ]
    lacks = [(one.rule, one.code.value) for one in judgement.lacks if one.mark in OF_DAYS]
    said = repr([answers[0].value, answers[2].value, findings, lacks])
    return int.from_bytes(blake2b(said.encode(), digest_size=8).digest(), signed=True)


def shape_of(bearing: str, policy: Policy, today: date, window: Window) -> int:
    """The shape of what the rules say of assets with that bearing, in whose windows the same gist decides."""
    facts = read(bearing)
    if facts.condition is Condition.RETIRED:
        judgement = Judgement()
    else:
        case = open_case(facts, policy, today, window)
        judgement = verdict(of_days(case), case)
    return shape(judgement, Judged.of(judgement).answers)


def steady(mark: str, numbers: Mapping[str, Any]) -> Mapping[str, Any]:
    """The numbers that do not change by themselves from day to day."""
    return {name: value for name, value in numbers.items() if mark not in OF_DAYS or name not in MOVING}
