"""The statement that stores a batch: readings and gaps, states, flips and evidence, each once.

The rows travel by COPY into a temporary table; from there one statement stores each reading that is not yet
there and lets only those move states and evidence. Storing a batch twice therefore changes nothing.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import NamedTuple, cast

from django.db import connection

from monitoring.models import Outcome, StateCode

CONFIRM_AFTER = 2  # silent cycles in a row before "down"
GAPS_UP_TO = timedelta(days=1)


class Arrived(NamedTuple):
    """One answer as it is stored: the columns of the temporary table of this name."""

    endpoint_id: int
    due: datetime
    cycle: datetime
    next: datetime
    interval_s: int
    layout_id: int
    outcome: int
    reason: str
    vals: str | None  # an array's text
    day: date
    witness: str
    open_minutes: float
    observable_minutes: float
    seen_minutes: float
    asked_minutes: float
    users: int | None
    used_minutes: float | None
    calls: int | None
    pages: int | None
    content_changes: int | None
    display_on_minutes: float | None
    version: int | None
    counters: str | None  # an array's text
    counted_at: float | None
    uptime_s: float | None
    content: str
    object_id: str
    texts: bool


ARRIVED = """
    CREATE TEMPORARY TABLE IF NOT EXISTS arrived (
        endpoint_id bigint, due timestamptz, cycle timestamptz, next timestamptz, interval_s int,
        layout_id bigint, outcome smallint, reason text, vals real[], day date, witness text,
        open_minutes real, observable_minutes real, seen_minutes real, asked_minutes real,
        users int, used_minutes real, calls int, pages int, content_changes int, display_on_minutes real,
        version smallint, counters float8[], counted_at float8, uptime_s float8, content text,
        object_id text, texts boolean
    ) ON COMMIT DELETE ROWS
"""
COPY = f"COPY arrived ({', '.join(Arrived._fields)}) FROM STDIN"

STORE = """
    WITH fresh AS (
        INSERT INTO monitoring_reading (endpoint_id, cycle, layout_id, outcome, reason, "values")
        SELECT endpoint_id, cycle, layout_id, outcome, reason, vals FROM arrived
        ON CONFLICT DO NOTHING RETURNING endpoint_id
    ), gaps AS (
        INSERT INTO monitoring_reading (endpoint_id, cycle, outcome, reason)
        SELECT endpoint_id, missed, %(not_asked)s, ''
        FROM arrived JOIN fresh USING (endpoint_id)
        CROSS JOIN generate_series(
            greatest(due, cycle - ceil(%(gap_s)s / interval_s) * make_interval(secs => interval_s)),
            cycle - make_interval(secs => interval_s), make_interval(secs => interval_s)) AS missed
        WHERE due < cycle
        ON CONFLICT DO NOTHING
    ), before AS (
        SELECT s.endpoint_id, s.code, a.cycle, a.reason, CASE
            WHEN a.outcome = %(answered)s THEN %(up)s
            WHEN s.code = %(never)s THEN %(never)s
            WHEN a.outcome = %(unreachable_outcome)s THEN %(unreachable)s
            WHEN s.failures + 1 >= %(confirm)s THEN %(down)s
            ELSE %(silent)s END AS after
        FROM monitoring_state s JOIN arrived a USING (endpoint_id) JOIN fresh USING (endpoint_id)
    ), moved AS (
        UPDATE monitoring_state s SET
            cycle = a.next, leased_until = NULL, code = b.after, reason = a.reason, last_cycle = a.cycle,
            since = CASE WHEN s.code = b.after THEN s.since ELSE a.cycle END,
            failures = CASE WHEN a.outcome = %(silent_outcome)s THEN s.failures + 1 ELSE 0 END,
            last_answer = CASE WHEN a.outcome = %(answered)s THEN a.cycle ELSE s.last_answer END,
            texts_at = CASE WHEN a.texts THEN a.cycle ELSE s.texts_at END,
            profile_version = coalesce(a.version, s.profile_version),
            counters = coalesce(a.counters, s.counters), counted_at = coalesce(a.counted_at, s.counted_at),
            uptime_s = coalesce(a.uptime_s, s.uptime_s),
            content = CASE WHEN a.content <> '' THEN a.content ELSE s.content END,
            object_id = CASE WHEN a.object_id <> '' THEN a.object_id ELSE s.object_id END
        FROM arrived a JOIN before b USING (endpoint_id) WHERE s.endpoint_id = a.endpoint_id
    ), flips AS (
        INSERT INTO monitoring_statechange (endpoint_id, at, before, after, reason)
        SELECT endpoint_id, cycle, code, after, reason FROM before WHERE code <> after
        ON CONFLICT DO NOTHING
    ), evidence AS (
        INSERT INTO inventory_evidenceday AS e (endpoint_id, day, witness, open_minutes, observable_minutes,
            seen_minutes, asked_minutes, users, used_minutes, calls, pages, content_changes, display_on_minutes,
            last_cycle, generated)
        SELECT endpoint_id, day, witness, open_minutes, observable_minutes, seen_minutes, asked_minutes, users,
            used_minutes, calls, pages, content_changes, display_on_minutes, cycle, false
        FROM arrived JOIN fresh USING (endpoint_id)
        ON CONFLICT (endpoint_id, day, witness) DO UPDATE SET
            open_minutes = e.open_minutes + excluded.open_minutes,
            observable_minutes = e.observable_minutes + excluded.observable_minutes,
            seen_minutes = e.seen_minutes + excluded.seen_minutes,
            asked_minutes = e.asked_minutes + excluded.asked_minutes,
            users = greatest(e.users, excluded.users),
            used_minutes = coalesce(e.used_minutes + excluded.used_minutes, e.used_minutes,
                excluded.used_minutes),
            calls = coalesce(e.calls + excluded.calls, e.calls, excluded.calls),
            pages = coalesce(e.pages + excluded.pages, e.pages, excluded.pages),
            content_changes = coalesce(e.content_changes + excluded.content_changes, e.content_changes,
                excluded.content_changes),
            display_on_minutes = coalesce(e.display_on_minutes + excluded.display_on_minutes,
                e.display_on_minutes, excluded.display_on_minutes),
            last_cycle = greatest(e.last_cycle, excluded.last_cycle)
    )
    SELECT f.endpoint_id, b.code, b.after FROM fresh f JOIN before b USING (endpoint_id)
"""
PARAMETERS = {
    "answered": Outcome.ANSWERED,
    "silent_outcome": Outcome.SILENT,
    "unreachable_outcome": Outcome.UNREACHABLE,
    "not_asked": Outcome.NOT_ASKED,
    "never": StateCode.NEVER,
    "up": StateCode.UP,
    "silent": StateCode.SILENT,
    "down": StateCode.DOWN,
    "unreachable": StateCode.UNREACHABLE,
    "confirm": CONFIRM_AFTER,
    "gap_s": GAPS_UP_TO.total_seconds(),
}


def store(arrived: Iterable[Arrived]) -> list[tuple[int, int, int]]:
    """Within a transaction: store what is new; its endpoints, with their states before and after."""
    with connection.cursor() as cursor:
        cursor.execute(ARRIVED)
        cursor.execute("TRUNCATE arrived")
        with cursor.copy(COPY) as copy:
            for one in arrived:
                copy.write_row(one)
        cursor.execute(STORE, PARAMETERS)
        return cast(list[tuple[int, int, int]], cursor.fetchall())


def array(values: Iterable[float | None]) -> str:
    """Numbers as PostgreSQL writes an array: several times as fast as the driver does it."""
    return "{" + ",".join(["NULL" if value is None else repr(value) for value in values]) + "}"
