"""Looking back at assets: who spoke for them, a grid of their days, and the reading that a mark cites."""

from collections import Counter
from collections.abc import Sequence, Set
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import numpy as np

from inventory.actions.as_of import AsOf
from inventory.actions.observed import FEW, moment, stretch, tables
from inventory.blocks.days import READ, Days, Speaks, arranged
from inventory.blocks.table import WITNESSES, Numbers, Table, Whole
from inventory.marks.facts import Day, Witness
from itops.database.statements import Row

CITED_FOR = 7  # days for which the last reading is worth citing
BY_SWITCH = WITNESSES.index(Witness.MAC_TABLE)
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
# Whoever was bound for an hour of a day speaks for all of it; `now` are those bound at the end of the day.
SPEAKING = """
    SELECT bound.asset_id, bound.endpoint_id, (bound.since AT TIME ZONE %(zone)s)::date,
        ((bound.until - interval '1 microsecond') AT TIME ZONE %(zone)s)::date,
        ep.id IS NOT NULL AND (bound.until IS NULL OR bound.until >= %(end)s) AS now,
        CASE WHEN ep.first_observed < %(end)s THEN (ep.first_observed AT TIME ZONE %(zone)s)::date END,
        ep.behind_id
    FROM bound LEFT JOIN inventory_endpoint ep ON ep.id = bound.endpoint_id
    WHERE (%(assets)s::bigint[] IS NULL OR bound.asset_id = ANY(%(assets)s))
      AND bound.since < %(end)s AND (bound.until IS NULL OR bound.until > %(begin)s)
    ORDER BY bound.asset_id, bound.endpoint_id
"""
ASSETS = "SELECT a.id FROM inventory_asset a WHERE NOT a.archived"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """The reading that a mark cites: whose answer (or silence), and of which cycle."""

    endpoint: int
    cycle: datetime


@dataclass(slots=True)
class Voice:
    """What is known of an asset's endpoints on the day: the present ones with what they are behind.

    `alone` is the day since which its one endpoint speaks, where no other spoke in the time looked back at.
    """

    first_observed_on: date | None = None
    endpoints: tuple[tuple[int, int | None], ...] = ()
    alone: date | None = None


@dataclass(frozen=True, slots=True)
class LastCycles:
    """The latest cycle of each of these endpoints, and by which witness."""

    endpoint: Whole
    cycle: Numbers
    witness: Whole

    @classmethod
    def of(cls, endpoints: Whole) -> "LastCycles":
        known = np.unique(endpoints)
        return cls(known, np.full(len(known), np.nan), np.zeros(len(known), np.int64))

    def put(self, table: Table) -> None:
        cycles = table.numbers["last_cycle"]
        told = np.flatnonzero(np.isin(table.endpoint, self.endpoint) & ~np.isnan(cycles))
        order = told[np.argsort(cycles[told], kind="stable")]  # the latest is written last
        places = np.searchsorted(self.endpoint, table.endpoint[order])
        self.cycle[places], self.witness[places] = cycles[order], table.witness[order]

    def told(self) -> dict[int, tuple[float, int]]:
        """By endpoint: the latest cycle of those that have one, and its witness."""
        known = ~np.isnan(self.cycle)
        told = zip(self.cycle[known].tolist(), self.witness[known].tolist(), strict=True)
        return dict(zip(self.endpoint[known].tolist(), told, strict=True))


@dataclass(frozen=True, slots=True)
class Heard:
    """Who spoke for these assets."""

    order: Sequence[int]
    voices: dict[int, Voice]
    cycles: dict[int, tuple[float, int]]  # of each endpoint the latest, and by which witness
    spoke: Set[int]  # assets for which anything spoke in the time looked back at

    def simple(self, asset: int) -> bool:
        """Nothing spoke for it, or one endpoint that does so still."""
        voice = self.voices.get(asset)
        return voice.alone is not None if voice else asset not in self.spoke

    def cited(self, asset: int) -> Cited | None:
        """Of the asset's endpoints the one with the latest cycle: the switch, where the switch saw it."""
        voice = self.voices.get(asset)
        latest: tuple[float, int | None] = (0.0, None)
        for endpoint, behind in voice.endpoints if voice else ():
            cycle, witness = self.cycles.get(endpoint, (0.0, 0))
            if cycle > latest[0]:
                latest = cycle, behind if witness == BY_SWITCH else endpoint
        cycle, cited = latest
        return Cited(endpoint=cited, cycle=moment(cycle)) if cited else None


@dataclass(frozen=True, slots=True)
class Looked(Heard):
    """A grid of days up to the day asked about; `order` says whose column is which."""

    days: Days


def look(asked: AsOf, length: int) -> Looked:
    """The last `length` days of the assets asked about, or of all."""
    start = asked.day - timedelta(days=length - 1)
    speaking = asked.rows(SPEAKING, BOUND, begin=asked.starts(start))
    order, layers = arranged(_assets(asked), [Speaks._make(row[:4]) for row in speaking])
    voices = _voices(speaking)
    days = Days.empty(start, length, len(order))
    endpoints = np.unique(np.array([row[1] for row in speaking], np.int64))
    cycles = LastCycles.of(endpoints)
    lately = asked.day - timedelta(days=CITED_FOR - 1)
    if 0 < len(endpoints) <= FEW:
        told = stretch(start, asked.day, endpoints, READ, cycles_since=lately)
        days.put_stretch(told, layers)
        cycles.put(told.table)
    else:
        for day, table in tables(start, asked.day, endpoints, READ, cycles_since=lately):
            days.put(day, table, layers)
            if "last_cycle" in table.numbers:
                cycles.put(table)
    return Looked(order, voices, cycles.told(), {row[0] for row in speaking}, days)


def latest_cycles(day: date, endpoints: Whole) -> dict[int, tuple[float, int]]:
    """The latest cycle of each of these endpoints: most have one on the day itself, so others are seldom read."""
    found: dict[int, tuple[float, int]] = {}
    for back in range(CITED_FOR):
        if not len(endpoints):
            break
        cycles, on = LastCycles.of(endpoints), day - timedelta(days=back)
        for _, table in tables(on, on, endpoints, ("last_cycle",)):
            cycles.put(table)
        found |= cycles.told()
        endpoints = cycles.endpoint[np.isnan(cycles.cycle)]
    return found


def days_of(looked: Looked, column: int) -> tuple[Day, ...]:
    """One asset's days, one by one."""
    days = looked.days
    rows = np.flatnonzero(days.present[:, column])
    told = {name: grid[rows, column].tolist() for name, grid in days.numbers.items()}
    found = []
    for place, row in enumerate(rows.tolist()):
        numbers: dict[str, Any] = {
            name: None if one[place] != one[place] else one[place] for name, one in told.items()
        }
        whole = {name: int(numbers[name]) for name in COUNTED if numbers[name] is not None}
        found.append(
            Day(
                day=days.start + timedelta(days=row),
                witnesses=WITNESSED[int(days.saw[row, column])],
                generated=bool(days.generated[row, column]),
                **numbers | whole,
            )
        )
    return tuple(found)


COUNTED = ("users", "calls", "pages", "content_changes", "line_share_p95")
WITNESSED = [
    frozenset(Witness(name) for bit, name in enumerate(WITNESSES) if saw >> bit & 1)
    for saw in range(1 << len(WITNESSES))
]


def _assets(asked: AsOf) -> Sequence[int]:
    return asked.assets if asked.assets is not None else [row[0] for row in asked.rows(ASSETS)]


def _voices(speaking: Sequence[Row]) -> dict[int, Voice]:
    found: dict[int, Voice] = {}
    spoke = Counter(row[0] for row in speaking)
    for asset, endpoint, since, until, now, first, behind in speaking:
        if now:
            voice = found.setdefault(asset, Voice())
            voice.endpoints += ((endpoint, behind),)
            voice.alone = since if spoke[asset] == 1 and until is None else None
            if first and (voice.first_observed_on is None or first < voice.first_observed_on):
                voice.first_observed_on = first
    return found
