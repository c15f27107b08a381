"""Looking ahead without storing anything: another policy tried out on today, and what time will make outdated."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from inventory.actions.knowledge import known
from inventory.actions.marking import judged
from inventory.marks.ahead import Ending, becomes_outdated
from inventory.marks.judge import judge
from inventory.marks.kind import Kind
from inventory.marks.mark import Answer, Mark
from inventory.marks.policy import Policy, policy_for


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """An asset whose answer about one mark would be another."""

    asset: int
    kind: Kind
    mark: Mark
    before: Answer
    after: Answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """All answers that a policy would change on a day."""

    policy: str
    against: str
    day: date
    assets: int
    changes: Sequence[Change]

    def more(self, mark: Mark) -> list[Change]:
        """Would be marked and are not."""
        return [one for one in self.changes if one.mark is mark and one.after is Answer.MARKED]

    def fewer(self, mark: Mark) -> list[Change]:
        """Are marked and would not be."""
        return [one for one in self.changes if one.mark is mark and one.before is Answer.MARKED]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ahead:
    """An asset and the day from which it will be outdated."""

    asset: int
    place: int
    kind: Kind
    ending: Ending


def try_out(policy: Policy, day: date) -> Trial:
    """Every asset judged by the policy in force and by this one, each from the evidence that it looks at."""
    now = {one.known.asset: one.judgement for one in judged(day)}
    changes: list[Change] = []
    for one in known(day, policy):
        then = judge(one.facts, policy, day)
        changes += [
            Change(asset=one.asset, kind=one.facts.kind, mark=mark, before=before, after=after)
            for mark in Mark
            if (before := now[one.asset].answer(mark)) is not (after := then.answer(mark))
        ]
    return Trial(
        policy=policy.version, against=policy_for(day).version, day=day, assets=len(now), changes=changes
    )


def ahead(day: date, until: date) -> list[Ahead]:
    """Whose support ends after the day and by `until`, the soonest first."""
    return sorted(_ahead(day, until), key=lambda one: (one.ending.on, one.asset))


def _ahead(day: date, until: date) -> Iterator[Ahead]:
    policy = policy_for(day)
    for one in known(day, policy):
        if ending := becomes_outdated(one.facts, policy, day, until):
            yield Ahead(asset=one.asset, place=one.place, kind=one.facts.kind, ending=ending)
