"""What the rules are told about one asset: plain values, nothing that asks a database or a clock."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Literal

from inventory.marks.kind import Condition, Kind
from inventory.marks.mark import Mark


class Witness(StrEnum):
    """Who says so. All but `person` are the network's: a person's find is a Sighting."""

    PING = "ping"
    SNMP = "snmp"
    MAC_TABLE = "mac_table"
    HTTP = "http"
    TCP = "tcp"
    REPORT = "report"
    PERSON = "person"


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """What was observed of the asset on one local day. None means that nobody could measure it.

    `open_minutes` are 0 on days off; `asked_minutes` count at any hour when the way there was up.
    `busy_minutes` are minutes above the kind's threshold of activity (traffic of a line or a video endpoint,
    load of a UPS). `line_share_p95` is in basis points of the line's capacity.
    """

    day: date
    open_minutes: float = 0
    observable_minutes: float = 0
    seen_minutes: float = 0
    asked_minutes: float = 0
    users: int | None = None
    calls: int | None = None
    call_minutes: float | None = None
    pages: int | None = None
    content_changes: int | None = None
    busy_minutes: float | None = None
    line_share_p95: int | None = None
    display_on_minutes: float | None = None
    witnesses: frozenset[Witness] = frozenset()
    generated: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """A person looked for the asset on a day and found it, or did not."""

    on: date
    found: bool
    by: str
    kind: Literal["stocktake", "inspection", "report"] = "inspection"


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiver:
    """A person decided that a mark (or one rule of it) does not count up to and including `until`."""

    mark: Mark
    rule: str | None = None
    until: date
    reason: str
    author: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OperatingSystem:
    """What runs on it and when its maker's support ends. The end's own day is still supported.

    `edition_unknown`: one build belongs to editions that end on different days; then `earliest_end` and
    `latest_end` say between which. `ended` is for those known to have ended without a known day.
    """

    name: str
    cycle: str = ""
    end_of_support: date | None = None
    ended: bool | None = None
    edition_unknown: bool = False
    earliest_end: date | None = None
    latest_end: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AssetFacts:
    """One asset on the day it is judged. `days` are in ascending order, each day at most once.

    `needs` are this asset's own specification needs and go before the policy's: `memory_mb`, `disk_gb`,
    `processor_year`, `line_mbps`.
    """

    kind: Kind
    condition: Condition = Condition.IN_USE
    in_service_on: date | None = None
    minimum_years: int | None = None
    probed: bool = False
    confidential: bool = False
    operating_system: OperatingSystem | None = None
    memory_mb: int | None = None
    disk_gb: int | None = None
    processor_released: date | None = None
    line_mbps: int | None = None
    model_end_of_support: date | None = None
    needs: Mapping[str, int] = field(default_factory=dict)
    repairs_12_months: int = 0
    last_maintenance_on: date | None = None
    sightings: tuple[Sighting, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    days: tuple[Day, ...] = ()
    first_observed_on: date | None = None
