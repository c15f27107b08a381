"""What of an asset's facts bears on presence and use, as a text: assets of one bearing differ by their days alone."""

import json
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from hashlib import blake2b

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


@dataclass(frozen=True, slots=True)
class Told:
    """What the rules say of presence and use, in two numbers that are equal where they say the same.

    `shape`: the answers, and which findings and lacks there are; `said`: their numbers and days as well.
    """

    judgement: Judgement
    shape: int
    said: int

    @classmethod
    def of(cls, judgement: Judgement, answers: tuple[Answer, Answer, Answer]) -> "Told":
        """Findings of fitness do not matter: days do not change them."""
        findings = [
            (one.rule, one.marking, judgement.waiver(one) is not None, one.since, dict(one.numbers))
            for one in judgement.findings
            if one.mark in OF_DAYS
        ]
        lacks = [
            (one.rule, one.code.value, dict(one.numbers)) for one in judgement.lacks if one.mark in OF_DAYS
        ]
        shape = [
            answers[0].value,
            answers[2].value,
            [one[:3] for one in findings],
            [one[:2] for one in lacks],
        ]
        return cls(judgement, _number(shape), _number([shape, findings, lacks]))


def tell(bearing: str, policy: Policy, today: date, window: Window) -> Told:
    """What the rules of presence and use say of assets with that bearing and window."""
    facts = read(bearing)
    if facts.condition is Condition.RETIRED:
        judgement = Judgement()
    else:
        case = open_case(facts, policy, today, window)
        judgement = verdict(of_days(case), case)
    return Told.of(judgement, Judged.of(judgement).answers)


def _number(said: object) -> int:
    return int.from_bytes(blake2b(repr(said).encode(), digest_size=8).digest(), signed=True)
