"""Marks and lacks that say the same as before in other numbers: brought up to date many at once."""

import json
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

from inventory.marks.bearing import OF_DAYS, Told
from inventory.marks.findings import Lack
from itops.database.statements import array, copied, rows, run

ARRIVED = """
    CREATE TEMPORARY TABLE IF NOT EXISTS case_arrived
        (asset_id bigint, told int, endpoint_id bigint, cycle timestamptz) ON COMMIT DELETE ROWS;
    CREATE TEMPORARY TABLE IF NOT EXISTS told_arrived
        (told int, rule text, numbers jsonb, window_from date, since date) ON COMMIT DELETE ROWS;
    CREATE TEMPORARY TABLE IF NOT EXISTS lacks_arrived (told int, lacks jsonb) ON COMMIT DELETE ROWS;
    INSERT INTO case_arrived
    SELECT asset, told, nullif(endpoint, 0), timestamptz 'epoch' + nullif(cycle, 0) * interval '1 microsecond'
    FROM unnest(%(assets)s::bigint[], %(told)s::int[], %(endpoints)s::bigint[], %(cycles)s::bigint[])
        AS one (asset, told, endpoint, cycle)
"""
# Comes back: whose marks have held for longer than was known, which changes their rank.
MARKS = """
    WITH fresh AS MATERIALIZED (
        SELECT m.id, m.asset_id, t.numbers, t.window_from, least(m.since, t.since) AS since,
            a.endpoint_id, a.cycle, t.since < m.since AS longer
        FROM case_arrived a JOIN told_arrived t ON t.told = a.told
        JOIN inventory_mark m ON m.asset_id = a.asset_id AND m.rule = t.rule AND m.closed IS NULL
        WHERE m.numbers <> t.numbers OR t.since < m.since
    ), updated AS (
        UPDATE inventory_mark m SET numbers = f.numbers, window_from = f.window_from, window_to = %(day)s,
            since = f.since, endpoint_id = f.endpoint_id, reading_cycle = f.cycle
        FROM fresh f WHERE m.id = f.id
    )
    SELECT asset_id FROM fresh WHERE longer
"""
# Of the lacks those of fitness stay: days do not change them.
LACKS = """
    UPDATE inventory_standing s SET lacks = fresh.lacks, judged_on = %(day)s
    FROM (
        SELECT a.asset_id, l.lacks || coalesce(
            (SELECT jsonb_agg(one) FROM jsonb_array_elements(s.lacks) one WHERE one ->> 'mark' = 'outdated'), '[]'
        ) AS lacks
        FROM case_arrived a JOIN lacks_arrived l ON l.told = a.told
        JOIN inventory_standing s ON s.asset_id = a.asset_id
    ) fresh
    WHERE s.asset_id = fresh.asset_id AND s.lacks <> fresh.lacks
"""
KNOWN = "ANALYZE case_arrived; ANALYZE told_arrived; ANALYZE lacks_arrived"  # else all marks are read
EMPTY = "TRUNCATE case_arrived, told_arrived, lacks_arrived"


class Change(NamedTuple):
    """An asset, what the rules say of it now, and the reading that its marks cite: 0 and 0 where there is none."""

    asset: int
    told: Told
    endpoint: int
    cycle: int  # as columns keep it


def bring_up_to_date(changes: Sequence[Change], day: date) -> set[int]:
    """Write the numbers; whose marks turned out to be older than was known."""
    every = {id(change.told): change.told for change in changes}
    keys = {key: at for at, key in enumerate(every)}
    arrived = {
        "assets": array(one.asset for one in changes),
        "told": array(keys[id(one.told)] for one in changes),
        "endpoints": array(one.endpoint for one in changes),
        "cycles": array(one.cycle for one in changes),
    }
    run(ARRIVED, arrived)
    copied(
        "COPY told_arrived FROM STDIN",
        (row for key, told in every.items() for row in _findings(keys[key], told)),
    )
    lacks = ((keys[key], found) for key, told in every.items() if (found := _lacks(told)))
    copied("COPY lacks_arrived FROM STDIN", ((key, json.dumps(found)) for key, found in lacks))
    run(KNOWN, {})
    longer = {asset for (asset,) in rows(MARKS, {"day": day})}
    run(LACKS, {"day": day})
    run(EMPTY, {})
    return longer


def lack_row(lack: Lack) -> dict[str, Any]:
    """As a standing keeps it."""
    return {
        "mark": lack.mark.value,
        "rule": lack.rule,
        "code": lack.code.value,
        "numbers": dict(lack.numbers),
    }


def _findings(key: int, told: Told) -> Iterator[tuple[Any, ...]]:
    for one in told.judgement.findings:
        if one.mark in OF_DAYS:
            yield key, one.rule, json.dumps(dict(one.numbers)), one.window_from, one.since


def _lacks(told: Told) -> list[dict[str, Any]]:
    """None of them, and there were none: the shape is the same."""
    return [lack_row(one) for one in told.judgement.lacks if one.mark in OF_DAYS]
