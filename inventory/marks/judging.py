"""Many assets of one day: what is the same for several of them is worked out once."""

from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from inventory.marks.case import open_case
from inventory.marks.facts import AssetFacts
from inventory.marks.findings import Judgement
from inventory.marks.judge import judge, of_days, of_facts, verdict
from inventory.marks.kind import Condition, Kind
from inventory.marks.mark import Answer, Mark
from inventory.marks.policy import Policy
from inventory.marks.window import Window

K = TypeVar("K")
V = TypeVar("V")
MOST = 20_000  # judgements that are kept in mind
Seen = tuple[str, Kind, Condition, bool, bool, bool, Window]


@dataclass(frozen=True, slots=True)
class Judged:
    """A judgement with its three answers in the order of `Mark`."""

    judgement: Judgement
    answers: tuple[Answer, Answer, Answer]

    @classmethod
    def of(cls, judgement: Judgement) -> "Judged":
        missing, outdated, unused = (judgement.answer(mark) for mark in Mark)
        return cls(judgement, (missing, outdated, unused))


@dataclass(slots=True)
class Judging:
    """Gives what `judge` gives. Facts must be the same object to be known again; policies go by their version."""

    today: date
    by_days: dict[Seen, Judged] = field(default_factory=dict)
    by_facts: dict[tuple[str, int], tuple[AssetFacts, Judged]] = field(default_factory=dict)

    def judge(self, facts: AssetFacts, policy: Policy, window: Window) -> Judged:
        apart = facts.sightings or facts.waivers or facts.condition is Condition.RETIRED
        if apart or facts.kind is Kind.NETWORK_LINK:
            return Judged.of(judge(facts, policy, self.today, window))
        days, fitness = self._of_days(facts, policy, window), self._of_facts(facts, policy, window)
        one, other = days.judgement, fitness.judgement
        both = Judgement(one.findings + other.findings, one.lacks + other.lacks, one.passes + other.passes)
        # Days say whether it is missing or unused, facts whether it is outdated.
        return Judged(both, (days.answers[0], fitness.answers[1], days.answers[2]))

    def _of_days(self, facts: AssetFacts, policy: Policy, window: Window) -> Judged:
        first = facts.first_observed_on
        observed = first is not None and first <= self.today
        key = (
            policy.version,
            facts.kind,
            facts.condition,
            facts.confidential,
            facts.probed,
            observed,
            window,
        )
        found = self.by_days.get(key)
        if found is None:
            case = open_case(facts, policy, self.today, window)
            found = _kept(self.by_days)[key] = Judged.of(verdict(of_days(case), case))
        return found

    def _of_facts(self, facts: AssetFacts, policy: Policy, window: Window) -> Judged:
        """No rule of fitness looks at days, but for those of lines."""
        key = (policy.version, id(facts))
        known, found = self.by_facts.get(key, (None, NOTHING))
        if known is not facts:
            case = open_case(facts, policy, self.today, window)
            found = Judged.of(verdict(of_facts(case), case))
            _kept(self.by_facts)[key] = (facts, found)
        return found


NOTHING = Judged.of(Judgement())


def _kept(known: dict[K, V]) -> dict[K, V]:
    if len(known) >= MOST:
        known.clear()
    return known
