"""The marks of assets as rows: what verdicts say against what stands, and only the difference is written."""

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any, NamedTuple

from inventory.actions.verdicts import Verdict
from inventory.changes import MARKING
from inventory.marks.bearing import steady
from inventory.marks.findings import Finding, Judgement, Lack
from inventory.marks.mark import Answer
from itops.database.statements import array, copied, rows, run


class MarkRow(NamedTuple):
    """An open mark as it is stored, but for its key and the day it opened."""

    asset_id: int
    place_id: int
    kind: str
    mark: str
    rule: str
    marking: bool
    waived: bool
    quantity: int
    numbers: dict[str, Any]
    window_from: date | None
    window_to: date | None
    since: date
    policy: str
    endpoint_id: int | None
    reading_cycle: datetime | None


class StandingRow(NamedTuple):
    """The answers of an asset as they are stored."""

    asset_id: int
    missing: str
    outdated: str
    unused: str
    unsupported: bool
    lacks: list[dict[str, Any]]
    policy: str


FIELDS = ", ".join(MarkRow._fields)
ANSWERS = ", ".join(StandingRow._fields)
OPEN = f"SELECT id, {FIELDS} FROM inventory_mark WHERE closed IS NULL AND asset_id = ANY(%(assets)s)"
STANDING = f"SELECT {ANSWERS} FROM inventory_standing WHERE asset_id = ANY(%(assets)s)"
LOCK = 0x6D61726B  # "mark": one marking at a time in the whole county
# Until the end of the transaction; what follows sees what others have stored.
ALONE = "SELECT pg_advisory_xact_lock(%(lock)s)"
BEGIN = """
    CREATE TEMPORARY TABLE IF NOT EXISTS mark_arrived
        (LIKE inventory_mark INCLUDING DEFAULTS EXCLUDING IDENTITY) ON COMMIT DELETE ROWS;
    ALTER TABLE mark_arrived ALTER COLUMN id DROP NOT NULL;
    CREATE TEMPORARY TABLE IF NOT EXISTS standing_arrived (LIKE inventory_standing) ON COMMIT DELETE ROWS
"""
COPY_MARKS = f"COPY mark_arrived (id, opened, closed_because, {FIELDS}) FROM STDIN"
COPY_STANDINGS = f"COPY standing_arrived (judged_on, {ANSWERS}) FROM STDIN"
SET_MARKS = ", ".join(f"{name} = a.{name}" for name in MarkRow._fields)
STORE = f"""
    WITH updated AS (
        UPDATE inventory_mark m SET {SET_MARKS} FROM mark_arrived a WHERE m.id = a.id
    ), opened AS (
        INSERT INTO inventory_mark (opened, closed_because, {FIELDS})
        SELECT opened, closed_because, {FIELDS} FROM mark_arrived WHERE id IS NULL
    )
    INSERT INTO inventory_standing (judged_on, {ANSWERS}) SELECT judged_on, {ANSWERS} FROM standing_arrived
    ON CONFLICT (asset_id) DO UPDATE SET judged_on = excluded.judged_on,
        {", ".join(f"{name} = excluded.{name}" for name in StandingRow._fields[1:])};
    TRUNCATE mark_arrived, standing_arrived
"""
CLOSE = """
    UPDATE inventory_mark m SET closed = %(day)s, closed_because = gone.because
    FROM unnest(%(ids)s::bigint[], %(because)s::text[]) AS gone (id, because) WHERE m.id = gone.id
"""


class Stored(NamedTuple):
    """What a portion changed, and whose answers or marks."""

    opened: int
    closed: int
    assets: set[int]


def begin(more: str = "") -> None:
    """First in the transaction of each marking, with more statements behind it."""
    run(f"{ALONE}; {BEGIN}; {MARKING}; {more}", {"lock": LOCK})


def store(verdicts: Sequence[Verdict], day: date) -> Stored:
    """Open what is new, bring up to date what stays, close what no longer holds; the same for the answers."""
    assets = array([one.asset for one in verdicts])
    standing = {(row[1], row[5]): row for row in rows(OPEN, {"assets": assets})}
    before = {
        row[0]: StandingRow._make((*row[:5], _told(row[5]), row[6]))
        for row in rows(STANDING, {"assets": assets})
    }
    found = {(row.asset_id, row.rule): row for one in verdicts for row in _rows_of(one)}
    changed = list(_changed(found, standing, day))
    answers = [row for one in verdicts if _same(row := _answers(one)) != _same(before.get(one.asset))]
    gone = {key: row for key, row in standing.items() if key not in found}
    _close(gone, verdicts, day)
    if changed or answers:
        copied(COPY_MARKS, changed)
        copied(COPY_STANDINGS, ((day, *row[:5], json.dumps(row.lacks), row.policy) for row in answers))
        run(STORE, {})
    touched = {row[3] for row in changed} | {row.asset_id for row in answers} | {key[0] for key in gone}
    return Stored(sum(row[0] is None for row in changed), len(gone), touched)


def _rows_of(one: Verdict) -> Iterator[MarkRow]:
    for finding in one.judgement.findings:
        yield MarkRow(
            asset_id=one.asset,
            place_id=one.place,
            kind=one.facts.kind.value,
            mark=finding.mark.value,
            rule=finding.rule,
            marking=finding.marking,
            waived=one.judgement.waiver(finding) is not None,
            quantity=1,
            numbers=dict(finding.numbers),
            window_from=finding.window_from,
            window_to=finding.window_to,
            since=finding.since,
            policy=one.policy,
            endpoint_id=one.cited.endpoint if one.cited else None,
            reading_cycle=one.cited.cycle if one.cited else None,
        )


def _changed(
    found: dict[tuple[int, str], MarkRow], standing: dict[tuple[int, str], tuple[Any, ...]], day: date
) -> Iterator[tuple[Any, ...]]:
    """Rows for COPY: with the key of what they change, or with none."""
    for key, fresh in found.items():
        stored = standing.get(key)
        if stored is None:
            yield None, day, "", *_plain(fresh)
            continue
        before = MarkRow._make((*stored[1:9], _told(stored[9]), *stored[10:]))
        since = min(fresh.since, before.since)  # the window moves on; a mark keeps the day it began
        if _said(fresh, since) != _said(before, before.since):
            yield stored[0], day, "", *_plain(fresh._replace(since=since))


def _said(row: MarkRow, since: date) -> tuple[Any, ...]:
    """What a mark says; what was counted over its window, and its reading, stay those of the day it was written."""
    numbers = steady(row.mark, row.numbers)
    return row.place_id, row.kind, row.marking, row.waived, numbers, row.policy, since


@lru_cache(maxsize=20_000)
def _told(text: str) -> Any:
    """JSON that was stored; many assets say the same, and nobody changes it."""
    return json.loads(text)


def _plain(row: MarkRow) -> tuple[Any, ...]:
    return row._replace(numbers=json.dumps(row.numbers))  # type: ignore[arg-type]


def _answers(one: Verdict) -> StandingRow:
    judgement = one.judgement
    missing, outdated, unused = one.answers
    return StandingRow(
        asset_id=one.asset,
        missing=missing.value,
        outdated=outdated.value,
        unused=unused.value,
        unsupported=any(_is_unsupported(judgement, finding) for finding in judgement.findings),
        lacks=[_lack_row(lack) for lack in judgement.lacks],
        policy=one.policy,
    )


def _same(row: StandingRow | None) -> tuple[Any, ...] | None:
    """What answers say, as `_said` takes it of marks."""
    lacks = [{**one, "numbers": steady(one["mark"], one["numbers"])} for one in row.lacks] if row else []
    return row and (*row[:5], lacks, row.policy)


def _lack_row(lack: Lack) -> dict[str, Any]:
    return {
        "mark": lack.mark.value,
        "rule": lack.rule,
        "code": lack.code.value,
        "numbers": dict(lack.numbers),
    }


def _is_unsupported(judgement: Judgement, finding: Finding) -> bool:
    marks_it = finding.marking and judgement.waiver(finding) is None
    return marks_it and finding.rule.endswith((".unsupported_os", ".unsupported_model"))


def _close(gone: dict[tuple[int, str], tuple[Any, ...]], verdicts: Iterable[Verdict], day: date) -> None:
    if not gone:
        return
    judgements = {one.asset: one.judgement for one in verdicts}
    because = [_why_closed(judgements[asset], rule) for asset, rule in gone]
    run(CLOSE, {"day": day, "ids": array([row[0] for row in gone.values()]), "because": because})


def _why_closed(judgement: Judgement, rule: str) -> str:
    if not (judgement.passes or judgement.lacks or judgement.findings):
        return "retired"
    lacking = any(lack.rule == rule for lack in judgement.lacks)
    return (Answer.UNKNOWN if lacking else Answer.CLEAR).value
