"""Store the answers of a batch: readings, states, flips and evidence, in one transaction and few statements.

The rows travel by COPY into a temporary table; from there one statement stores each reading that is not yet
there and lets only those move states and evidence. Recording a batch twice therefore changes nothing.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import cast
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connection, transaction

from inventory.actions.partitions import ensure_days
from itops.organisation.calendars import office_hours
from itops.organisation.hours import OfficeHours
from monitoring.actions.claim import Claim
from monitoring.actions.incidents import update_incidents
from monitoring.actions.layouts import layout_id
from monitoring.actions.observe import observe
from monitoring.models import Outcome, StateCode
from monitoring.probes.answer import Answer
from monitoring.probes.derive import derive
from monitoring.probes.use import Use, use_of

CONFIRM_AFTER = 2  # silent cycles in a row before "down"
CONFIRM_IN = timedelta(seconds=2)  # how soon something that others depend on is asked again
GAPS_UP_TO = timedelta(days=1)

ARRIVED = """
    CREATE TEMPORARY TABLE IF NOT EXISTS arrived (
        endpoint_id bigint, due timestamptz, cycle timestamptz, next timestamptz, interval_s int,
        layout_id bigint, outcome smallint, reason text, vals real[], day date, witness text,
        open_minutes real, observable_minutes real, seen_minutes real, asked_minutes real, users int, used_minutes real, calls int,
        pages int, content_changes int, display_on_minutes real, version smallint,
        counters float8[], counted_at float8, uptime_s float8, content text,
        object_id text, texts boolean
    ) ON COMMIT DELETE ROWS
"""
COLUMNS = (
    "endpoint_id, due, cycle, next, interval_s, layout_id, outcome, reason, vals, day, witness, open_minutes, "
    "observable_minutes, seen_minutes, asked_minutes, users, used_minutes, calls, pages, content_changes, "
    "display_on_minutes, version, counters, counted_at, uptime_s, content, object_id, texts"
)

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


def record(claims: Sequence[Claim], answers: Iterable[Answer]) -> int:
    """Store a batch's answers; returns how many readings were new. Each answer belongs to one of the claims."""
    by_endpoint = {claim.target.key: claim for claim in claims}
    pairs = [(by_endpoint[answer.key], answer) for answer in answers]
    if not pairs:
        return 0
    hours = office_hours()
    zone = ZoneInfo(settings.TIME_ZONE)
    ensure_days(_days(claims, zone))
    profiles = {claim.target.profile.name: claim.target.profile for claim, _ in pairs}
    layouts = {name: layout_id(profile) for name, profile in profiles.items()}
    rows = [_row(claim, answer, layouts[claim.target.profile.name], hours, zone) for claim, answer in pairs]
    with transaction.atomic():
        changed = _store(rows)
        fresh = {endpoint for endpoint, _, _ in changed}
        observe([(claim, answer) for claim, answer in pairs if claim.target.key in fresh], hours)
        update_incidents([endpoint for endpoint, before, after in changed if before != after])
    return len(fresh)


def _days(claims: Sequence[Claim], zone: ZoneInfo) -> set[date]:
    """Local days of the cycles and of the gaps before them."""
    oldest = min(max(claim.due, claim.cycle - GAPS_UP_TO) for claim in claims).astimezone(zone).date()
    newest = max(claim.cycle for claim in claims).astimezone(zone).date()
    return {oldest + timedelta(days=n) for n in range((newest - oldest).days + 1)}


def _store(rows: list[tuple[object, ...]]) -> list[tuple[int, int, int]]:
    with connection.cursor() as cursor:
        cursor.execute(ARRIVED)
        cursor.execute("TRUNCATE arrived")
        with cursor.copy(f"COPY arrived ({COLUMNS}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
        cursor.execute(STORE, PARAMETERS)
        return cast(list[tuple[int, int, int]], cursor.fetchall())


def _row(
    claim: Claim, answer: Answer, layout: int, hours: dict[int, OfficeHours], zone: ZoneInfo
) -> tuple[object, ...]:
    profile = claim.target.profile
    local = claim.cycle.astimezone(zone)
    office = hours.get(claim.calendar or 0)
    minutes = claim.interval_s / 60
    is_open = office is None or office.open_at(local)
    values, counted = derive(claim.before, answer)
    use = _use(claim, answer, values, minutes)
    outcome = _outcome(claim, answer)
    object_id = answer.texts.get("object_id", "")  # when it is news, its maker's questions come next cycle
    observable = is_open and outcome != Outcome.UNREACHABLE
    return (
        claim.target.key,
        claim.due,
        claim.cycle,
        _next_cycle(claim, outcome),
        claim.interval_s,
        layout,
        int(outcome),
        answer.reason.value,
        _floats(values) if answer.answered else None,
        local.date(),
        profile.witness,
        minutes if is_open else 0.0,
        minutes if observable else 0.0,
        minutes if answer.answered else 0.0,
        minutes if outcome != Outcome.UNREACHABLE else 0.0,
        use.users,
        use.used_minutes,
        use.calls,
        use.pages,
        use.content_changes,
        use.display_on_minutes,
        profile.version if counted else None,
        _floats(counted.values) if counted else None,
        counted.at if counted else None,
        answer.uptime_s,
        answer.content,
        object_id,
        bool(claim.target.ask_texts and answer.answered and object_id == claim.object_id),
    )


def _floats(values: Iterable[float | None]) -> list[float | None]:
    """A COPY takes no list in which some numbers are whole and some are not."""
    return [None if value is None else float(value) for value in values]


def _use(claim: Claim, answer: Answer, values: tuple[float | None, ...], minutes: float) -> Use:
    if not answer.answered:
        return Use()
    return use_of(
        answer,
        values,
        minutes=minutes,
        before=claim.before,
        content_before=claim.content,
    )


def _outcome(claim: Claim, answer: Answer) -> Outcome:
    if answer.answered:
        return Outcome.ANSWERED
    return Outcome.SILENT if claim.path_up else Outcome.UNREACHABLE


def _next_cycle(claim: Claim, outcome: Outcome) -> datetime:
    """Something that others depend on is asked again at once when it first falls silent."""
    if outcome == Outcome.SILENT and claim.depended_on and claim.state == StateCode.UP:
        return claim.cycle + CONFIRM_IN
    return claim.cycle + timedelta(seconds=claim.interval_s)
