"""What is known of each asset on a day, gathered in a handful of queries: the rules' input.

A question about a past day takes that day's evidence and observed properties, and what people had recorded by the
end of that day: what is entered later, whatever date it bears, changes no past verdict.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone

from inventory.actions.support_dates import systems_on
from inventory.marks.facts import AssetFacts, Day, OperatingSystem, Sighting, Waiver, Witness
from inventory.marks.kind import Condition, Kind
from inventory.marks.layers import Policies
from inventory.marks.mark import Mark
from inventory.marks.operating_systems import recognise
from inventory.marks.policy import Policy
from inventory.marks.processors import processor
from inventory.marks.support_table import Systems
from itops.audit.past import standing_at
from itops.database.statements import Row, rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """The reading that a mark cites: whose answer (or silence), and of which cycle."""

    endpoint: int
    cycle: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """One asset as the rules and the marking need it."""

    asset: int
    place: int
    facts: AssetFacts
    cited: Cited | None


ASSETS = """
    SELECT a.id, a.place_id, a.kind, a.condition, a.in_service_on,
        coalesce(a.minimum_years, m.minimum_years) AS minimum_years,
        coalesce(n.kind = 'confidential', false) AS confidential,
        m.end_of_support,
        (SELECT count(*) FROM inventory_repair r
            WHERE r.asset_id = a.id AND r.on > %(day)s - 365 AND r.on <= %(day)s) AS repairs,
        (SELECT max(r.on) FROM inventory_repair r WHERE r.asset_id = a.id AND r.on <= %(day)s) AS maintained_on,
        (m.specification ->> 'memory_mb')::bigint, (m.specification ->> 'disk_gb')::bigint,
        (m.specification ->> 'processor_year')::int
    FROM inventory_asset a
    LEFT JOIN inventory_devicemodel m ON m.id = a.device_model_id
    LEFT JOIN inventory_network n ON n.id = a.network_id
    WHERE NOT a.archived AND (%(assets)s::bigint[] IS NULL OR a.id = ANY(%(assets)s))
"""
# An asset's witnesses are its own endpoints; a conference room's are its video endpoints'.
BOUND = """
    bound AS (
        SELECT asset_id, endpoint_id, lower(during) AS since, upper(during) AS until FROM inventory_binding
        UNION ALL
        SELECT a.whole_id, b.endpoint_id, lower(b.during), upper(b.during)
        FROM inventory_binding b JOIN inventory_asset a ON a.id = b.asset_id
        WHERE a.whole_id IS NOT NULL AND a.kind = 'video_endpoint'
    )
"""
DAYS = """
    SELECT bound.asset_id, e.day, max(e.open_minutes), max(e.observable_minutes), max(e.seen_minutes),
        max(e.users), max(e.calls), max(e.used_minutes), max(e.pages), max(e.content_changes),
        max(e.line_share_p95), max(e.display_on_minutes), max(e.asked_minutes),
        coalesce(array_agg(DISTINCT e.witness) FILTER (WHERE e.seen_minutes > 0), '{}'), bool_and(e.generated)
    FROM bound
    JOIN inventory_evidenceday e ON e.endpoint_id = bound.endpoint_id
    WHERE e.day > %(start)s AND e.day <= %(day)s
      AND (%(assets)s::bigint[] IS NULL OR bound.asset_id = ANY(%(assets)s))
      AND bound.since < (e.day + 1)::timestamp AT TIME ZONE %(zone)s
      AND (bound.until IS NULL OR bound.until > e.day::timestamp AT TIME ZONE %(zone)s)
    GROUP BY bound.asset_id, e.day
    ORDER BY bound.asset_id, e.day
"""
ENDPOINTS = """
    SELECT bound.asset_id, min(ep.first_observed) FILTER (WHERE ep.first_observed < %(end)s),
        (array_agg(CASE WHEN last.witness = 'mac_table' THEN ep.behind_id ELSE ep.id END
            ORDER BY last.last_cycle DESC NULLS LAST))[1],
        max(last.last_cycle)
    FROM bound
    JOIN inventory_endpoint ep ON ep.id = bound.endpoint_id
    LEFT JOIN LATERAL (
        SELECT e.last_cycle, e.witness FROM inventory_evidenceday e
        WHERE e.endpoint_id = ep.id AND e.day <= %(day)s AND e.day > %(day)s - 7 AND e.last_cycle IS NOT NULL
        ORDER BY e.day DESC, e.last_cycle DESC LIMIT 1
    ) last ON true
    WHERE bound.since < %(end)s AND (bound.until IS NULL OR bound.until >= %(end)s)
      AND (%(assets)s::bigint[] IS NULL OR bound.asset_id = ANY(%(assets)s))
    GROUP BY bound.asset_id
"""
FACTS = """
    SELECT f.asset_id, f.name, coalesce(nullif(CASE WHEN f.since < %(end)s THEN f.observed END, ''),
        (SELECT h.observed FROM inventory_facthistory h WHERE h.asset_id = f.asset_id AND h.name = f.name
            AND h.since < %(end)s AND h.until >= %(end)s), f.declared)
    FROM inventory_fact f WHERE (%(assets)s::bigint[] IS NULL OR f.asset_id = ANY(%(assets)s))
"""
SIGHTINGS = """
    SELECT s.asset_id, s.on, s.found, s.by, s.sort FROM inventory_sighting s
    WHERE s.on <= %(day)s AND (%(assets)s::bigint[] IS NULL OR s.asset_id = ANY(%(assets)s)) ORDER BY s.on, s.id
"""
WAIVERS = """
    SELECT w.asset_id, w.mark, w.rule, w.until, w.reason, w.author FROM inventory_waiver w
    WHERE w.starts <= %(day)s AND (%(assets)s::bigint[] IS NULL OR w.asset_id = ANY(%(assets)s))
"""
AS_IT_STOOD = standing_at(
    (
        "inventory.asset",
        "inventory.devicemodel",
        "inventory.network",
        "inventory.fact",
        "inventory.sighting",
        "inventory.waiver",
        "inventory.repair",
        "inventory.endpoint",
        "inventory.binding",
    ),
    opening="inventory.asset",
)


def known(day: date, policy: Policy | Policies, assets: Iterable[int] | None = None) -> list[Known]:
    """What was known at the end of `day` of these assets, or of all.

    Memory, disk and processor of which nobody has recorded anything are taken as the model was sold.
    """
    zone = ZoneInfo(settings.TIME_ZONE)
    parameters = {
        "day": day,
        "start": day - timedelta(days=policy.window_days),
        "end": datetime.combine(day + timedelta(days=1), time(), tzinfo=zone),
        "zone": settings.TIME_ZONE,
        "assets": None if assets is None else list(assets),
        "past": day < timezone.localdate(),
    }
    days = _days(parameters)
    endpoints = {row[0]: row[1:] for row in _rows(ENDPOINTS, parameters, BOUND)}
    properties = _properties(parameters)
    systems = systems_on(day)
    sightings = _sightings(parameters)
    waivers = _waivers(parameters)
    return [
        _known(
            row,
            days.get(row[0], ()),
            endpoints.get(row[0]),
            properties[row[0]],
            sightings[row[0]],
            waivers[row[0]],
            zone,
            systems,
        )
        for row in _rows(ASSETS, parameters)
    ]


def _rows(question: str, parameters: Mapping[str, object], *queries: str) -> list[Row]:
    """From the tables as they are; for a past day from the tables as they then stood."""
    before = [*([AS_IT_STOOD] if parameters["past"] else []), *queries]
    return rows(f"WITH {', '.join(before)} {question}" if before else question, parameters)


def _known(
    row: tuple[Any, ...],
    days: tuple[Day, ...],
    endpoint: tuple[Any, ...] | None,
    properties: Mapping[str, str],
    sightings: tuple[Sighting, ...],
    waivers: tuple[Waiver, ...],
    zone: ZoneInfo,
    systems: Systems,
) -> Known:
    asset, place, kind, condition, in_service_on, minimum_years, confidential = row[:7]
    end_of_support, repairs, maintained_on, *sold_with = row[7:]
    memory_mb, disk_gb, processor_year = sold_with
    first_observed, cited, cycle = endpoint or (None, None, None)
    return Known(
        asset=asset,
        place=place,
        cited=Cited(endpoint=cited, cycle=cycle) if cited and cycle else None,
        facts=AssetFacts(
            kind=Kind(kind),
            condition=Condition(condition),
            in_service_on=in_service_on,
            minimum_years=minimum_years,
            probed=endpoint is not None,
            confidential=confidential,
            operating_system=_operating_system(properties, systems),
            memory_mb=_whole(properties.get("memory_mb")) or memory_mb,
            disk_gb=_whole(properties.get("disk_gb")) or disk_gb,
            processor_released=_processor_released(properties) or _first_day(processor_year),
            line_mbps=_whole(properties.get("line_mbps")),
            model_end_of_support=end_of_support,
            repairs_12_months=repairs,
            last_maintenance_on=maintained_on,
            sightings=sightings,
            waivers=waivers,
            days=days,
            first_observed_on=first_observed.astimezone(zone).date() if first_observed else None,
        ),
    )


def _operating_system(properties: Mapping[str, str], systems: Systems) -> OperatingSystem | None:
    described = properties.get("description") or properties.get("operating_system", "")
    return recognise(described, properties.get("object_id", ""), systems=systems) if described else None


def _processor_released(properties: Mapping[str, str]) -> date | None:
    for name in ("processor", "description"):
        if found := processor(properties.get(name, "")):
            return found.released
    return None


def _first_day(year: int | None) -> date | None:
    return date(year, 1, 1) if year else None


def _whole(text: str | None) -> int | None:
    return int(float(text)) if text and text.replace(".", "", 1).isdigit() else None


def _days(parameters: Mapping[str, object]) -> dict[int, tuple[Day, ...]]:
    found: dict[int, list[Day]] = defaultdict(list)
    for row in _rows(DAYS, parameters, BOUND):
        (
            asset,
            day,
            is_open,
            observable,
            seen,
            users,
            calls,
            used,
            pages,
            changes,
            share,
            display,
            asked,
            who,
            generated,
        ) = row
        found[asset].append(
            Day(
                day=day,
                open_minutes=is_open,
                observable_minutes=observable,
                seen_minutes=seen,
                asked_minutes=asked,
                users=users,
                calls=calls,
                call_minutes=used,
                pages=pages,
                content_changes=changes,
                busy_minutes=used,
                line_share_p95=share,
                display_on_minutes=display,
                witnesses=WITNESSES[tuple(who)],
                generated=generated,
            )
        )
    return {asset: tuple(one) for asset, one in found.items()}


class _Witnesses(dict[tuple[str, ...], frozenset[Witness]]):
    """Each combination of witnesses is made once: a million days share a handful."""

    def __missing__(self, who: tuple[str, ...]) -> frozenset[Witness]:
        self[who] = frozenset(Witness(one) for one in who)
        return self[who]


WITNESSES = _Witnesses()


def _properties(parameters: Mapping[str, object]) -> defaultdict[int, dict[str, str]]:
    found: defaultdict[int, dict[str, str]] = defaultdict(dict)
    for asset, name, value in _rows(FACTS, parameters):
        found[asset][name] = value or ""
    return found


def _sightings(parameters: Mapping[str, object]) -> defaultdict[int, tuple[Sighting, ...]]:
    found: defaultdict[int, tuple[Sighting, ...]] = defaultdict(tuple)
    for asset, on, was_found, by, sort in _rows(SIGHTINGS, parameters):
        found[asset] += (Sighting(on=on, found=was_found, by=by, kind=sort),)
    return found


def _waivers(parameters: Mapping[str, object]) -> defaultdict[int, tuple[Waiver, ...]]:
    found: defaultdict[int, tuple[Waiver, ...]] = defaultdict(tuple)
    for asset, mark, rule, until, reason, author in _rows(WAIVERS, parameters):
        found[asset] += (
            Waiver(mark=Mark(mark), rule=rule or None, until=until, reason=reason, author=author),
        )
    return found
