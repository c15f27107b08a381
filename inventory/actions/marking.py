"""Judge what is known and store the verdicts: marks open, change and close; each asset has its standing.

Only today is stored. A past day can be judged again (`judged`), which changes nothing.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from itertools import islice

import numpy as np
from django.db import transaction
from django.utils import timezone

from inventory.actions import casebooks, mark_rows
from inventory.actions.knowledge import Known, known
from inventory.actions.place_marks import store_place_marks
from inventory.actions.policies import policies_on
from inventory.actions.provision import provision_on
from inventory.actions.rejudging import Rejudging
from inventory.actions.shortfalls import counted, judge_provisions
from inventory.actions.support_dates import systems_on
from inventory.actions.verdicts import Court, portions
from inventory.actions.verdicts import Verdict as Judged
from inventory.changes import MARKED
from inventory.counts import FOLD, FOLD_DIFFERENCES, KEEP_DAY
from inventory.marks.findings import Judgement
from inventory.marks.judge import judge
from inventory.marks.layers import Policies
from inventory.marks.mark import Mark
from inventory.marks.policy import Policy
from inventory.marks.window import Window, look_back
from inventory.models.asset import UNMARKED
from itops.database.statements import Row, array, rows, run

AT_ONCE = 25  # books whose assets are judged afresh together
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
            WHERE closed IS NULL AND marking AND NOT waived
              AND (%(assets)s::bigint[] IS NULL OR asset_id = ANY(%(assets)s)) GROUP BY asset_id
        ) longest ON longest.asset_id = a.id
    ) ranked
    WHERE a.id = ranked.id AND a.rank <> ranked.rank
      AND (%(assets)s::bigint[] IS NULL OR a.id = ANY(%(assets)s))
"""
ARCHIVED = """
    WITH gone AS (
        SELECT id FROM inventory_asset WHERE archived AND (%(assets)s::bigint[] IS NULL OR id = ANY(%(assets)s))
    ), closed AS (
        UPDATE inventory_mark m SET closed = %(day)s, closed_because = 'retired'
        FROM gone WHERE gone.id = m.asset_id AND m.closed IS NULL RETURNING gone.id
    ), left_out AS (
        DELETE FROM inventory_standing s USING gone WHERE gone.id = s.asset_id RETURNING gone.id
    )
    SELECT id, true FROM closed UNION ALL SELECT id, false FROM left_out
"""
COUNTED = """
    SELECT place_id, kind, retired, missing, outdated, unused, sum(pieces)::bigint
    FROM inventory_assetcount GROUP BY 1, 2, 3, 4, 5, 6 HAVING sum(pieces) <> 0
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """One asset, what the rules say of it, the days they looked back at, and the policy they went by."""

    known: Known
    judgement: Judgement
    window: Window
    policy: Policy


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
    policies: Policies
    basis: str | None  # None: nothing of it is remembered
    opened: int = 0
    closed: int = 0
    touched: set[int] = field(default_factory=set)

    def take(self, verdicts: list[Judged], books: Iterable[casebooks.Book] = ()) -> None:
        """Store a portion; `books` are those that they have left."""
        stored = mark_rows.store(verdicts, self.day)
        self.opened += stored.opened
        self.closed += stored.closed
        self.touched |= stored.assets
        if self.basis:
            casebooks.remember(verdicts, self.policies, self.day, self.basis, books)

    def leave_archived(self, assets: Iterable[int] | None) -> None:
        """Archived assets have no open mark and no standing."""
        left = rows(ARCHIVED, {"day": self.day, "assets": None if assets is None else array(assets)})
        self.closed += sum(closed for _, closed in left)
        self.touched |= {asset for asset, _ in left}

    def counts(self, fold: str) -> list[Row]:
        """Ranks and counts follow; of the counts those of assets."""
        touched = {"unmarked": UNMARKED, "assets": array(self.touched), "day": self.day}
        return rows(f"{RANKS}; {fold}; {KEEP_DAY}; {MARKED}; {COUNTED}", touched)

    def marked(self, counts: list[Row]) -> Marked:
        standing: dict[str, Counter[str]] = {mark.value: Counter() for mark in Mark}
        for *_, missing, outdated, unused, pieces in counts:
            for mark, answer in zip(Mark, (missing, outdated, unused), strict=True):
                standing[mark.value][answer] += pieces
        return Marked(
            assets=sum(row[-1] for row in counts),
            opened=self.opened,
            closed=self.closed,
            standing={mark: dict(answers) for mark, answers in standing.items()},
        )


def judged(day: date, assets: Iterable[int] | None = None) -> list[Verdict]:
    """The verdicts of a day, from that day's evidence under the policy then in force. Stores nothing."""
    policies = policies_on(day)
    return [_judged(one, policies.of(one.place), day) for one in known(day, policies, assets)]


def _judged(one: Known, policy: Policy, day: date) -> Verdict:
    window = look_back(one.facts.days, one.facts.kind, day, policy)
    return Verdict(known=one, judgement=judge(one.facts, policy, day, window), window=window, policy=policy)


@transaction.atomic
def mark(day: date, *, anew: bool = False) -> Marked:
    """Judge every asset and place as of `day` (today) and store what changed.

    Of what is known of an asset only what changed is looked at; `anew` looks at everything again.
    """
    past = day < timezone.localdate()  # judged by what was known then, which no casebook knows
    mark_rows.begin(casebooks.FORGET if anew or past else "")
    policies, systems = policies_on(day), systems_on(day)
    marking = _Run(day, policies, None if past else casebooks.basis(policies, systems))
    court = Court.of(day, policies, systems)
    afresh = None if anew or past else _again(marking, court)
    for verdicts in portions(court, afresh):
        marking.take(verdicts)
    marking.leave_archived(afresh)
    counts = marking.counts(FOLD if afresh is None else FOLD_DIFFERENCES)
    opened, closed = store_place_marks(
        judge_provisions(provision_on(day), counted(counts), day), policies, day
    )
    marking.opened, marking.closed = marking.opened + opened, marking.closed + closed
    return marking.marked(counts)


@transaction.atomic
def count_anew() -> None:
    """Count all assets by what they are and stand in, while nobody marks."""
    run(f"{mark_rows.ALONE}; {FOLD}", {"lock": mark_rows.LOCK})


def _again(marking: _Run, court: Court) -> set[int] | None:
    """Judge again those of whom only days have changed; who is left to be judged afresh. None is all of them."""
    basis = marking.basis or ""
    if not casebooks.standing(marking.day, basis):
        casebooks.forget()
        return None
    afresh = casebooks.taken()
    again = Rejudging(marking.day, marking.policies, basis, np.array(sorted(afresh), np.int64))
    every = casebooks.books()
    while some := list(islice(every, AT_ONCE)):
        found = again.books(some)
        marking.take(court.again(found.heard(marking.day), found.windows(marking.day)), some)
    return afresh
