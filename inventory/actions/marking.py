"""Judge what is known and store the verdicts: marks open, change and close; each asset has its standing.

Only today is stored. A past day can be judged again (`judged`), which changes nothing.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction

from inventory.actions import mark_rows
from inventory.actions.knowledge import Known, known
from inventory.actions.place_marks import store_place_marks
from inventory.actions.policies import policies_on
from inventory.actions.provision import provision_on
from inventory.actions.shortfalls import Counted, judge_provisions
from inventory.actions.verdicts import Verdict as Judged
from inventory.actions.verdicts import portions
from inventory.counts import FOLD, KEEP_DAY
from inventory.marks.findings import Judgement
from inventory.marks.judge import judge
from inventory.marks.mark import Mark
from inventory.models.asset import UNMARKED
from itops.database.statements import rows, run

# Each difference weighs more than all that follow: how many marks, missing or not, since which day.
RANKS = """
    UPDATE inventory_asset a SET rank = ranked.rank FROM (
        SELECT a.id, coalesce((3 - (s.missing = 'marked')::int - (s.outdated = 'marked')::int
                - (s.unused = 'marked')::int) * 200000 + (s.missing <> 'marked')::int * 100000
                + coalesce(longest.since - date '1970-01-01', 99999), %(unmarked)s) AS rank
        FROM inventory_asset a
        LEFT JOIN inventory_standing s ON s.asset_id = a.id
        LEFT JOIN (
            SELECT asset_id, min(since) AS since FROM inventory_mark
            WHERE closed IS NULL AND marking AND NOT waived GROUP BY asset_id
        ) longest ON longest.asset_id = a.id
    ) ranked
    WHERE a.id = ranked.id AND a.rank <> ranked.rank
      AND (%(assets)s::bigint[] IS NULL OR a.id = ANY(%(assets)s))
"""
ARCHIVED = """
    WITH closed AS (
        UPDATE inventory_mark m SET closed = %(day)s, closed_because = 'retired'
        FROM inventory_asset a WHERE a.id = m.asset_id AND a.archived AND m.closed IS NULL RETURNING a.id
    ), gone AS (
        DELETE FROM inventory_standing s USING inventory_asset a WHERE a.id = s.asset_id AND a.archived RETURNING a.id
    )
    SELECT id, true FROM closed UNION ALL SELECT id, false FROM gone
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """One asset and what the rules say of it."""

    known: Known
    judgement: Judgement


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """What a marking changed, and what stands now."""

    assets: int
    opened: int
    closed: int
    standing: dict[str, dict[str, int]]  # mark -> answer -> assets


@dataclass(slots=True)
class _Run:
    """What one marking has come to so far."""

    day: date
    assets: int = 0
    opened: int = 0
    closed: int = 0
    touched: set[int] = field(default_factory=set)
    answers: Mapping[Mark, Counter[str]] = field(default_factory=lambda: {mark: Counter() for mark in Mark})
    counted: Counted = field(default_factory=Counted)

    def take(self, verdicts: list[Judged]) -> None:
        """Store a portion."""
        stored = mark_rows.store(verdicts, self.day)
        self.opened += stored.opened
        self.closed += stored.closed
        self.touched |= stored.assets
        self.assets += len(verdicts)
        for one in verdicts:
            self.counted.add(one.place, one.facts, one.answers[0])
        for mark, answers in zip(Mark, zip(*(one.answers for one in verdicts), strict=True), strict=False):
            self.answers[mark].update(answer.value for answer in answers)

    def leave_archived(self) -> None:
        """Archived assets have no open mark and no standing."""
        left = rows(ARCHIVED, {"day": self.day})
        self.closed += sum(closed for _, closed in left)
        self.touched |= {asset for asset, _ in left}

    def marked(self) -> Marked:
        return Marked(
            assets=self.assets,
            opened=self.opened,
            closed=self.closed,
            standing={mark.value: dict(counter) for mark, counter in self.answers.items()},
        )


def judged(day: date, assets: Iterable[int] | None = None) -> list[Verdict]:
    """The verdicts of a day, from that day's evidence under the policy then in force. Stores nothing."""
    policies = policies_on(day)
    return [
        Verdict(known=one, judgement=judge(one.facts, policies.of(one.place), day))
        for one in known(day, policies, assets)
    ]


@transaction.atomic
def mark(day: date) -> Marked:
    """Judge every asset and place as of `day` (today) and store what changed."""
    mark_rows.begin()
    policies, marking = policies_on(day), _Run(day)
    for verdicts in portions(day, policies):
        marking.take(verdicts)
    marking.leave_archived()
    places = judge_provisions(provision_on(day), marking.counted.counts, day)
    opened, closed = store_place_marks(places, policies, day)
    marking.opened, marking.closed = marking.opened + opened, marking.closed + closed
    run(f"{RANKS}; {FOLD}; {KEEP_DAY}", {"unmarked": UNMARKED, "assets": list(marking.touched), "day": day})
    return marking.marked()
