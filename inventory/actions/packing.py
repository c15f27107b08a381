"""Closed days of evidence leave their rows and become blocks; what comes late is added to its block."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import transaction

from inventory.actions.observed import COLUMNS
from inventory.blocks.codec import pack, unpack
from inventory.blocks.table import BLOCK, WITNESSES, Table, merged
from itops.database.statements import rows, run

SETTLES = timedelta(hours=3)  # after midnight: answers that were under way, the day's figures of lines
AT_ONCE = 25 * BLOCK  # endpoints, so that memory stays small
LEFT = "SELECT DISTINCT day FROM inventory_evidenceday WHERE day <= %(last)s ORDER BY day"
RANGE = "SELECT min(endpoint_id), max(endpoint_id) FROM inventory_evidenceday WHERE day = %(day)s"
# Whoever adds to a row meanwhile waits, and finds it gone: what it adds becomes a row of its own, packed next time.
TAKEN = f"""
    WITH e AS (
        DELETE FROM inventory_evidenceday
        WHERE day = %(day)s AND endpoint_id >= %(first)s AND endpoint_id < %(next)s RETURNING *
    )
    SELECT {COLUMNS} FROM e HAVING count(*) > 0
"""
THERE = "SELECT number, data FROM inventory_evidenceblock WHERE day = %(day)s AND number = ANY(%(numbers)s)"
WRITE = """
    INSERT INTO inventory_evidenceblock (number, day, generated, data)
    SELECT number, %(day)s, generated, data
    FROM unnest(%(numbers)s::bigint[], %(generated)s::boolean[], %(data)s::bytea[]) AS block (number, generated, data)
    ON CONFLICT (number, day) DO UPDATE SET generated = excluded.generated, data = excluded.data
"""


def pack_closed(now: datetime) -> int:
    """Pack every day that was over `SETTLES` before this local moment; how many days had rows."""
    last = (now - SETTLES).date() - timedelta(days=1)
    days = [row[0] for row in rows(LEFT, {"last": last})]
    for day in days:
        pack_day(day)
    return len(days)


@transaction.atomic
def pack_day(day: date) -> None:
    """The rows of one day become blocks, or are added to its blocks: all of them or none."""
    [(first, last)] = rows(RANGE, {"day": day})
    starts = () if first is None else range(first // BLOCK * BLOCK, last + 1, AT_ONCE)
    for start in starts:
        asked = {"day": day, "first": start, "next": start + AT_ONCE, "witnesses": list(WITNESSES)}
        for columns in rows(TAKEN, asked):
            _add(day, Table.of_columns(columns))


def write_blocks(day: date, blocks: Iterable[tuple[int, Table]]) -> None:
    """Blocks of a day, in place of those that have the same numbers."""
    packed = [(number, bool(table.numbers["generated"].any()), pack(table)) for number, table in blocks]
    numbers, generated, data = zip(*packed, strict=True) if packed else ((), (), ())
    run(WRITE, {"day": day, "numbers": [*numbers], "generated": [*generated], "data": [*data]})


def _add(day: date, table: Table) -> None:
    fresh = table.blocks()
    there: dict[int, bytes] = dict(rows(THERE, {"day": day, "numbers": [number for number, _ in fresh]}))
    write_blocks(
        day,
        (
            (number, merged([unpack(there[number]), block]) if number in there else block)
            for number, block in fresh
        ),
    )
