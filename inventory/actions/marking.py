"""Judge what is known and store the verdicts: marks open, change and close; each asset has its standing.

Only today is stored. A past day can be judged again (`judged`), which changes nothing.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import connection, transaction

from inventory.actions.knowledge import Known, known
from inventory.actions.looking import Cited
from inventory.actions.policies import policies_on
from inventory.actions.shortfalls import PlaceKnown, judged_places
from inventory.counts import FOLD, KEEP_DAY
from inventory.marks import mark as marks
from inventory.marks.findings import Finding, Judgement
from inventory.marks.judge import judge
from inventory.marks.layers import Policies
from inventory.marks.policy import Policy
from inventory.models import Mark, Standing
from inventory.models.asset import UNMARKED
from itops.database.statements import run

LOCK = 0x6D61726B  # "mark": one marking at a time in the whole county
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
"""
CHANGING = (
    "marking",
    "waived",
    "quantity",
    "numbers",
    "window_from",
    "window_to",
    "since",
    "policy",
    "endpoint_id",
    "reading_cycle",
)


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


@dataclass(frozen=True, slots=True)
class _Key:
    asset: int | None
    place: int
    kind: str
    rule: str


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
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    policies = policies_on(day)
    verdicts = judged(day)
    found = {**_of_assets(verdicts, policies, day), **_of_places(judged_places(verdicts, day), policies, day)}
    opened, closed = _store(found, verdicts, day)
    _store_standings(verdicts, policies, day)
    run(RANKS, {"unmarked": UNMARKED})
    run(FOLD, {})
    run(KEEP_DAY, {"day": day})
    return Marked(assets=len(verdicts), opened=opened, closed=closed, standing=_count(verdicts))


def _of_assets(verdicts: Sequence[Verdict], policies: Policies, day: date) -> dict[_Key, Mark]:
    found = {}
    for verdict in verdicts:
        one = verdict.known
        for finding in verdict.judgement.findings:
            key = _Key(one.asset, one.place, one.facts.kind.value, finding.rule)
            waived = verdict.judgement.waiver(finding) is not None
            found[key] = _mark(key, finding, policies.of(one.place), day, cited=one.cited, waived=waived)
    return found


def _of_places(places: Iterable[PlaceKnown], policies: Policies, day: date) -> dict[_Key, Mark]:
    found = {}
    for place in places:
        for shortfall in place.judgement.shortfalls:
            if shortfall.finding:
                key = _Key(None, place.place, shortfall.kind.value, shortfall.finding.rule)
                found[key] = _mark(
                    key, shortfall.finding, policies.of(place.place), day, quantity=shortfall.gap
                )
    return found


def _mark(
    key: _Key,
    finding: Finding,
    policy: Policy,
    day: date,
    *,
    cited: Cited | None = None,
    waived: bool = False,
    quantity: int = 1,
) -> Mark:
    return Mark(
        asset_id=key.asset,
        place_id=key.place,
        kind=key.kind,
        mark=finding.mark.value,
        rule=finding.rule,
        marking=finding.marking,
        waived=waived,
        quantity=quantity,
        numbers=dict(finding.numbers),
        window_from=finding.window_from,
        window_to=finding.window_to,
        since=finding.since,
        policy=policy.version,
        opened=day,
        endpoint_id=cited.endpoint if cited else None,
        reading_cycle=cited.cycle if cited else None,
    )


def _store(found: dict[_Key, Mark], verdicts: Sequence[Verdict], day: date) -> tuple[int, int]:
    """Open what is new, bring up to date what stays, close what no longer holds."""
    standing = {_Key(m.asset_id, m.place_id, m.kind, m.rule): m for m in Mark.objects.filter(closed=None)}
    new = [mark for key, mark in found.items() if key not in standing]
    kept = list(_changed(found, standing))
    gone = [mark for key, mark in standing.items() if key not in found]
    unknown = {v.known.asset: v.judgement for v in verdicts}
    for mark in gone:
        mark.closed, mark.closed_because = day, _why_closed(mark, unknown)
    Mark.objects.bulk_update(gone, ["closed", "closed_because"], batch_size=2000)
    Mark.objects.bulk_update(kept, [name.removesuffix("_id") for name in CHANGING], batch_size=2000)
    Mark.objects.bulk_create(new, batch_size=5000)
    return len(new), len(gone)


def _changed(found: dict[_Key, Mark], standing: dict[_Key, Mark]) -> Iterator[Mark]:
    for key, fresh in found.items():
        stored = standing.get(key)
        if stored:
            fresh.since = min(fresh.since, stored.since)  # the window moves on; a mark keeps the day it began
        if stored and any(getattr(stored, name) != getattr(fresh, name) for name in CHANGING):
            for name in CHANGING:
                setattr(stored, name, getattr(fresh, name))
            yield stored


def _why_closed(mark: Mark, judgements: dict[int, Judgement]) -> str:
    if mark.asset_id is None:
        return marks.Answer.CLEAR.value
    judgement = judgements.get(mark.asset_id)
    if judgement is None or not (judgement.passes or judgement.lacks or judgement.findings):
        return "retired"
    lacking = any(lack.rule == mark.rule for lack in judgement.lacks)
    return (marks.Answer.UNKNOWN if lacking else marks.Answer.CLEAR).value


def _store_standings(verdicts: Sequence[Verdict], policies: Policies, day: date) -> None:
    Standing.objects.bulk_create(
        (_standing(verdict, policies.of(verdict.known.place), day) for verdict in verdicts),
        update_conflicts=True,
        unique_fields=["asset"],
        update_fields=["missing", "outdated", "unused", "unsupported", "lacks", "judged_on", "policy"],
        batch_size=5000,
    )
    Standing.objects.filter(judged_on__lt=day).delete()  # archived assets have no standing


def _standing(verdict: Verdict, policy: Policy, day: date) -> Standing:
    judgement = verdict.judgement
    return Standing(
        asset_id=verdict.known.asset,
        missing=judgement.answer(marks.Mark.MISSING).value,
        outdated=judgement.answer(marks.Mark.OUTDATED).value,
        unused=judgement.answer(marks.Mark.UNUSED).value,
        unsupported=any(_is_unsupported(judgement, one) for one in judgement.findings),
        lacks=[
            {
                "mark": lack.mark.value,
                "rule": lack.rule,
                "code": lack.code.value,
                "numbers": dict(lack.numbers),
            }
            for lack in judgement.lacks
        ],
        judged_on=day,
        policy=policy.version,
    )


def _is_unsupported(judgement: Judgement, finding: Finding) -> bool:
    marks_it = finding.marking and judgement.waiver(finding) is None
    return marks_it and finding.rule.endswith((".unsupported_os", ".unsupported_model"))


def _count(verdicts: Sequence[Verdict]) -> dict[str, dict[str, int]]:
    return {
        mark.value: dict(Counter(verdict.judgement.answer(mark).value for verdict in verdicts))
        for mark in marks.Mark
    }
