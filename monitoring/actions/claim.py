"""Take the due probes from the database: parents first, each by one worker, never a confidential network."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from django.utils import timezone

from itops.database.statements import expendable, rows, run
from itops.organisation.models import Place
from monitoring.models import Credential, StateCode
from monitoring.probes.derive import Counted
from monitoring.probes.profile import Profile
from monitoring.probes.profiles_file import for_agent, profiles
from monitoring.probes.target import Auth, Privacy, SnmpAccess, SnmpVersion, Target

LEASE = timedelta(seconds=90)
NOT_UP = {StateCode.SILENT, StateCode.DOWN, StateCode.UNREACHABLE}


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One probe taken for one cycle, with what recording its answer needs to know."""

    target: Target
    due: datetime  # the cycle that was due; those between it and `cycle` were missed and become stated gaps
    cycle: datetime
    interval_s: int
    calendar: int | None
    path_up: bool  # what it is behind answered last time (or it is behind nothing)
    depended_on: bool  # others are behind it: confirm its silence quickly
    state: StateCode
    before: Counted | None
    content: str
    object_id: str


# A probe waits while what it is behind is itself due: parents first. Endpoints of a confidential network, or
# bound to an asset of one, are never taken, whatever else is recorded.
#
# The planner's statistics are always late here: after a large load it takes full tables for empty, and would read
# each whole for every row of the other. OFFSET 0 keeps it to the written way: due probes in the index's order until
# there are enough, everything else by its key.
DUE = """
    SELECT s.endpoint_id
    FROM monitoring_state s
    CROSS JOIN LATERAL (
        SELECT e.id, e.behind_id, e.place_id FROM inventory_endpoint e
        WHERE e.id = s.endpoint_id AND NOT e.archived AND e.address <> ''
          AND e.network_id <> ALL (ARRAY(SELECT n.id FROM inventory_network n WHERE n.kind = 'confidential'))
        OFFSET 0) e
    WHERE (s.leased_until IS NULL OR s.leased_until < %(now)s) AND {due}
      AND EXISTS (SELECT FROM monitoring_probe p WHERE p.endpoint_id = s.endpoint_id AND p.enabled OFFSET 0)
      AND e.id <> ALL (ARRAY(
        SELECT b.endpoint_id
        FROM inventory_asset a
        CROSS JOIN LATERAL (
            SELECT b.endpoint_id FROM inventory_binding b
            WHERE b.asset_id = a.id AND upper_inf(b.during) OFFSET 0) b
        WHERE a.network_id = ANY (ARRAY(SELECT n.id FROM inventory_network n WHERE n.kind = 'confidential'))))
      {where}
    {order}
    LIMIT %(limit)s
    FOR UPDATE OF s SKIP LOCKED
"""

PARENTS_FIRST = """AND NOT EXISTS (
        SELECT FROM monitoring_state up
        WHERE up.endpoint_id = e.behind_id AND up.cycle <= %(now)s
          AND EXISTS (
            SELECT FROM monitoring_probe upp WHERE upp.endpoint_id = up.endpoint_id AND upp.enabled OFFSET 0)
        OFFSET 0)"""
UNDER_PLACE = """AND EXISTS (
        SELECT FROM organisation_place pl WHERE pl.id = e.place_id AND pl.path <@ %(path)s::ltree OFFSET 0)"""
ALONG_THE_INDEXES = "SET LOCAL enable_sort = off; SET LOCAL enable_seqscan = off"

CLAIM = """
    WITH due AS MATERIALIZED ({due_query}), taken AS (
        UPDATE monitoring_state s SET leased_until = %(lease)s
        WHERE s.endpoint_id = ANY (ARRAY(SELECT endpoint_id FROM due))
        RETURNING s.*
    )
    SELECT s.endpoint_id, s.cycle::text, s.code, extract(epoch FROM %(now)s - s.texts_at)::float8,
        s.profile_version, s.counters, s.counted_at, s.uptime_s, s.content, s.object_id, e.address, e.place_id,
        p.profile, p.interval_s, p.credential_id, p.snmp_port, p.http_port, p.http_path, p.ping, up.code,
        office.calendar_id,
        EXISTS (SELECT FROM inventory_endpoint child WHERE child.behind_id = e.id OFFSET 0)
    FROM taken s
    CROSS JOIN LATERAL (SELECT * FROM monitoring_probe p WHERE p.endpoint_id = s.endpoint_id OFFSET 0) p
    CROSS JOIN LATERAL (SELECT * FROM inventory_endpoint e WHERE e.id = s.endpoint_id OFFSET 0) e
    LEFT JOIN LATERAL (
        SELECT up.code FROM monitoring_state up WHERE up.endpoint_id = e.behind_id OFFSET 0
    ) up ON true
    LEFT JOIN LATERAL (
        SELECT o.calendar_id FROM organisation_office o WHERE o.place_id = e.place_id ORDER BY o.id LIMIT 1
    ) office ON true
"""


def claim(limit: int, *, now: datetime | None = None) -> list[Claim]:
    """Take up to `limit` due probes for LEASE; a worker that dies loses them when the lease ends."""
    return _claim({"limit": limit}, now)


def claim_named(endpoints: Sequence[int], *, now: datetime | None = None) -> list[Claim]:
    """Take these endpoints' probes, due or not, whatever they are behind (a person asked)."""
    named = "s.endpoint_id = ANY(%(endpoints)s)"
    return _claim({"limit": len(endpoints), "endpoints": list(endpoints)}, now, due=named, where="", order="")


def claim_place(place: Place, limit: int, *, now: datetime | None = None) -> list[Claim]:
    """Take the due probes of a place and what lies under it."""
    return _claim({"limit": limit, "path": place.path}, now, where=f"{PARENTS_FIRST} {UNDER_PLACE}")


class _Row(NamedTuple):
    endpoint: int
    due: str  # Python reads it ten times as fast as the driver
    code: int
    texts_age_s: float | None
    version: int | None
    counters: list[float | None] | None
    counted_at: float | None
    uptime_s: float | None
    content: str
    object_id: str
    address: str
    place: int
    profile: str
    interval_s: int
    credential: int | None
    snmp_port: int
    http_port: int | None
    http_path: str
    ping: bool
    parent_code: int | None
    calendar: int | None
    depended_on: bool


def _claim(
    params: dict[str, object],
    now: datetime | None,
    *,
    due: str = "s.cycle <= %(now)s",
    where: str = PARENTS_FIRST,
    order: str = "ORDER BY s.cycle",
) -> list[Claim]:
    at = now or timezone.now()
    query = CLAIM.format(due_query=DUE.format(due=due, where=where, order=order))
    with expendable():  # a lease that is lost is a probe that is due
        run(ALONG_THE_INDEXES, {})
        taken = [_Row._make(row) for row in rows(query, params | {"now": at, "lease": at + LEASE})]
    accesses = _accesses({row.credential for row in taken if row.credential})
    known = profiles()
    return [_claimed(row, known[row.profile], accesses, at) for row in taken]


def _claimed(row: _Row, profile: Profile, accesses: dict[int, SnmpAccess], now: datetime) -> Claim:
    due = datetime.fromisoformat(row.due)
    ask_texts = row.texts_age_s is None or row.texts_age_s >= profile.texts_every_s
    return Claim(
        target=Target(
            key=row.endpoint,
            address=row.address,
            profile=for_agent(profile, row.object_id) if ask_texts else profile,
            snmp=accesses[row.credential] if row.credential else None,
            snmp_port=row.snmp_port,
            http_port=row.http_port,
            http_path=row.http_path,
            line=row.place,
            ping=row.ping,
            ask_texts=ask_texts,
            down=row.code in NOT_UP or row.parent_code not in {None, StateCode.UP},
        ),
        due=min(due, now),
        cycle=current_cycle(due, row.interval_s, now),
        interval_s=row.interval_s,
        calendar=row.calendar,
        path_up=row.parent_code in {None, StateCode.UP},
        depended_on=row.depended_on,
        state=StateCode(row.code),
        before=_counted(row, profile),
        content=row.content,
        object_id=row.object_id,
    )


def current_cycle(due: datetime, interval_s: int, now: datetime) -> datetime:
    """The latest cycle of the schedule that is not in the future; `now` when asked before it is due."""
    if due > now:
        return now
    missed = int((now - due).total_seconds() // interval_s)
    return due + timedelta(seconds=missed * interval_s)


def _counted(row: _Row, profile: Profile) -> Counted | None:
    if row.version != profile.version or row.counters is None or row.counted_at is None:
        return None
    return Counted(values=tuple(row.counters), at=row.counted_at, uptime_s=row.uptime_s)


def _accesses(ids: set[int]) -> dict[int, SnmpAccess]:
    return {credential.pk: access(credential) for credential in Credential.objects.filter(pk__in=ids)}


def access(credential: Credential) -> SnmpAccess:
    """The credential as the engine takes it, its secrets opened."""
    return SnmpAccess(
        version=SnmpVersion(credential.version),
        community=credential.community,
        user=credential.user,
        auth=Auth(credential.auth),
        auth_password=credential.auth_password,
        privacy=Privacy(credential.privacy),
        privacy_password=credential.privacy_password,
    )
