"""What is known of each asset on a day, gathered in a handful of queries: the rules' input.

A question about a past day takes that day's evidence and observed properties, and what people had recorded by the
end of that day: what is entered later, whatever date it bears, changes no past verdict.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from inventory.actions.as_of import AsOf
from inventory.actions.looking import Cited, Voice, days_of, look
from inventory.actions.support_dates import systems_on
from inventory.marks.facts import AssetFacts, OperatingSystem, Sighting, Waiver
from inventory.marks.kind import Condition, Kind
from inventory.marks.layers import Policies
from inventory.marks.mark import Mark
from inventory.marks.operating_systems import recognise
from inventory.marks.policy import Policy
from inventory.marks.processors import processor
from inventory.marks.support_table import Systems

MOST = 20_000  # combinations of properties that are kept in mind
READ = ("description", "operating_system", "object_id", "memory_mb", "disk_gb", "processor", "line_mbps")
APART, END = "\x1f", "\x1e"


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """One asset as the rules and the marking need it."""

    asset: int
    place: int
    facts: AssetFacts
    cited: Cited | None


# Observed goes before declared, and for a past day what was observed then.
ASSETS = """
    SELECT a.id, a.place_id, a.kind, a.condition, a.in_service_on,
        coalesce(a.minimum_years, m.minimum_years) AS minimum_years,
        coalesce(n.kind = 'confidential', false) AS confidential,
        m.end_of_support, repaired.times, repaired.last,
        (m.specification ->> 'memory_mb')::bigint, (m.specification ->> 'disk_gb')::bigint,
        (m.specification ->> 'processor_year')::int, told.properties
    FROM inventory_asset a
    LEFT JOIN inventory_devicemodel m ON m.id = a.device_model_id
    LEFT JOIN inventory_network n ON n.id = a.network_id
    LEFT JOIN (
        SELECT r.asset_id, count(*) FILTER (WHERE r.on > %(day)s::date - 365) AS times, max(r.on) AS last
        FROM inventory_repair r
        WHERE r.on <= %(day)s AND (%(assets)s::bigint[] IS NULL OR r.asset_id = ANY(%(assets)s))
        GROUP BY r.asset_id
    ) repaired ON repaired.asset_id = a.id
    LEFT JOIN (
        SELECT f.asset_id, string_agg(f.name || %(apart)s || coalesce(
            nullif(CASE WHEN f.since < %(end)s THEN f.observed END, ''),
            (SELECT h.observed FROM inventory_facthistory h WHERE h.asset_id = f.asset_id AND h.name = f.name
                AND h.since < %(end)s AND h.until >= %(end)s), f.declared), %(ends)s ORDER BY f.name) AS properties
        FROM inventory_fact f
        WHERE f.name = ANY(%(read)s) AND (%(assets)s::bigint[] IS NULL OR f.asset_id = ANY(%(assets)s))
        GROUP BY f.asset_id
    ) told ON told.asset_id = a.id
    WHERE NOT a.archived AND (%(assets)s::bigint[] IS NULL OR a.id = ANY(%(assets)s))
    ORDER BY a.id
"""
SIGHTINGS = """
    SELECT s.asset_id, s.on, s.found, s.by, s.sort FROM inventory_sighting s
    WHERE s.on <= %(day)s AND (%(assets)s::bigint[] IS NULL OR s.asset_id = ANY(%(assets)s)) ORDER BY s.on, s.id
"""
WAIVERS = """
    SELECT w.asset_id, w.mark, w.rule, w.until, w.reason, w.author FROM inventory_waiver w
    WHERE w.starts <= %(day)s AND (%(assets)s::bigint[] IS NULL OR w.asset_id = ANY(%(assets)s))
"""


@dataclass(slots=True)
class Recorded:
    """What people recorded and what was observed, as facts without days; equal ones are made once."""

    systems: Systems
    made: dict[tuple[Any, ...], AssetFacts] = field(default_factory=dict)

    def facts(self, row: tuple[Any, ...], voice: Voice | None) -> AssetFacts:
        """Of a row of ASSETS."""
        key = (*row[2:], voice.first_observed_on if voice else "unprobed")
        found = self.made.get(key)
        if found is None:
            if len(self.made) >= MOST:
                self.made.clear()
            found = self.made[key] = _facts(row, voice, self.systems)
        return found


def known(day: date, policy: Policy | Policies, assets: Iterable[int] | None = None) -> list[Known]:
    """What was known at the end of `day` of these assets, or of all.

    Memory, disk and processor of which nobody has recorded anything are taken as the model was sold.
    """
    asked = AsOf(day, None if assets is None else list(assets))
    looked = look(asked, policy.window_days)
    columns = {asset: column for column, asset in enumerate(looked.order)}
    recorded, people = Recorded(systems_on(day)), by_people(asked)
    return [
        Known(
            asset=row[0],
            place=row[1],
            facts=replace(
                people.added(row[0], recorded.facts(row, looked.voices.get(row[0]))),
                days=days_of(looked, columns[row[0]]),
            ),
            cited=looked.cited(row[0]),
        )
        for row in asset_rows(asked)
    ]


def asset_rows(asked: AsOf) -> list[tuple[Any, ...]]:
    """One row of ASSETS each."""
    return asked.rows(ASSETS, read=list(READ), apart=APART, ends=END)


@dataclass(frozen=True, slots=True)
class ByPeople:
    """What people found and decided."""

    sightings: Mapping[int, tuple[Sighting, ...]]
    waivers: Mapping[int, tuple[Waiver, ...]]

    def added(self, asset: int, facts: AssetFacts) -> AssetFacts:
        if asset not in self.sightings and asset not in self.waivers:
            return facts
        sightings, waivers = self.sightings.get(asset, ()), self.waivers.get(asset, ())
        return replace(facts, sightings=sightings, waivers=waivers)


def by_people(asked: AsOf) -> ByPeople:
    return ByPeople(_sightings(asked), _waivers(asked))


def _facts(row: tuple[Any, ...], voice: Voice | None, systems: Systems) -> AssetFacts:
    _, _, kind, condition, in_service_on, minimum_years, confidential, end_of_support, *more = row
    repairs, maintained_on, memory_mb, disk_gb, processor_year, told = more
    properties = _properties(told)
    return AssetFacts(
        kind=Kind(kind),
        condition=Condition(condition),
        in_service_on=in_service_on,
        minimum_years=minimum_years,
        probed=voice is not None,
        confidential=confidential,
        operating_system=_operating_system(properties, systems),
        memory_mb=_whole(properties.get("memory_mb")) or memory_mb,
        disk_gb=_whole(properties.get("disk_gb")) or disk_gb,
        processor_released=_processor_released(properties) or _first_day(processor_year),
        line_mbps=_whole(properties.get("line_mbps")),
        model_end_of_support=end_of_support,
        repairs_12_months=repairs or 0,
        last_maintenance_on=maintained_on,
        first_observed_on=voice.first_observed_on if voice else None,
    )


def _properties(told: str | None) -> dict[str, str]:
    pairs = (one.partition(APART) for one in told.split(END)) if told else ()
    return {name: value for name, _, value in pairs}


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


def _sightings(asked: AsOf) -> Mapping[int, tuple[Sighting, ...]]:
    found: defaultdict[int, tuple[Sighting, ...]] = defaultdict(tuple)
    for asset, on, was_found, by, sort in asked.rows(SIGHTINGS):
        found[asset] += (Sighting(on=on, found=was_found, by=by, kind=sort),)
    return dict(found)


def _waivers(asked: AsOf) -> Mapping[int, tuple[Waiver, ...]]:
    found: defaultdict[int, tuple[Waiver, ...]] = defaultdict(tuple)
    for asset, mark, rule, until, reason, author in asked.rows(WAIVERS):
        found[asset] += (
            Waiver(mark=Mark(mark), rule=rule or None, until=until, reason=reason, author=author),
        )
    return dict(found)
