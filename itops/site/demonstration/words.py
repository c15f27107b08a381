"""The demonstration field: what an invented county owns, and how each thing behaves. Pure data.

Only names and codes of places are real. Days are told as "so many days ago", seen from the day of loading, so
that the plan itself is the same on every day and in every process.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from inventory.marks.kind import Condition, Kind
from inventory.marks.mark import Mark

COUNTY_CODE = "430923"
SEAT = "东坪镇"  # where the county bureau sits
COMMUNITY = "anhua-demo"
HISTORY_DAYS = 90
SAYS_IT_IS_INVENTED = "演示数据，纯属虚构"


class Behaviour(StrEnum):
    """What one thing does, and with it which mark is to be seen on it."""

    HEALTHY = "healthy"
    UNSUPPORTED_SYSTEM = "unsupported_system"
    EDITION_UNKNOWN = "edition_unknown"  # one build, editions that end on different days
    DOMESTIC_SYSTEM = "domestic_system"  # end of support not known to anybody
    BELOW_NEED = "below_need"
    SILENT_FOUND = "silent_found"  # silent for months, yet a person saw it: unused
    SILENT_NOT_FOUND = "silent_not_found"  # silent for months, seen by nobody: missing, unconfirmed
    NOT_FOUND = "not_found"  # looked for in the stock-take, in vain
    NO_USERS = "no_users"
    MAC_ONLY = "mac_only"  # answers nothing; the switch has its MAC address
    NO_CALLS = "no_calls"
    CONTENT_UNCHANGED = "content_unchanged"
    PANEL_OFF = "panel_off"
    IDLE_LINE = "idle_line"
    SATURATED_LINE = "saturated_line"
    CUT_LINE = "cut_line"
    NO_PAGES = "no_pages"
    NO_LOAD = "no_load"
    MOVED = "moved"  # its serial number answers in another township
    REPLACED = "replaced"  # its address answers with another serial number
    SERIAL_TWICE = "serial_twice"  # says the serial number of another one that also answers
    NEVER_OBSERVED = "never_observed"
    REPAIRED_OFTEN = "repaired_often"
    IN_STORAGE = "in_storage"
    UNDER_REPAIR = "under_repair"
    UNHEARD = "unheard"  # has no address: people alone can see it
    CONFIDENTIAL = "confidential"


SILENT_DAYS = {  # since how many days nothing answers there
    Behaviour.SILENT_FOUND: 120,
    Behaviour.SILENT_NOT_FOUND: 120,
    Behaviour.NOT_FOUND: 150,
    Behaviour.MOVED: 12,
    Behaviour.IN_STORAGE: 60,
    Behaviour.UNDER_REPAIR: 9,
}
CONDITIONS = {
    Behaviour.IN_STORAGE: Condition.IN_STORAGE,
    Behaviour.UNDER_REPAIR: Condition.UNDER_REPAIR,
}
WITHOUT_ADDRESS = frozenset({Behaviour.UNHEARD, Behaviour.CONFIDENTIAL})


@dataclass(frozen=True, slots=True, kw_only=True)
class System:
    """An operating system: `name` as people record it; Windows by build, Linux by kernel."""

    name: str
    build: int = 0
    kernel: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """One line of data/models.csv; `yuan` 0 and `minimum_years` None where that makes no sense."""

    kind: str
    maker: str
    maker_en: str
    name: str
    speaks: str
    first_year: int
    last_year: int
    minimum_years: int | None
    yuan: int
    processor: str
    family: int
    memory_mb: int
    disk_gb: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedPerson:
    name: str
    post: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedSighting:
    days_ago: int
    found: bool
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedRepair:
    days_ago: int
    what: str
    cost_fen: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedWaiver:
    mark: Mark
    rule: str
    reason: str
    from_days_ago: int
    for_days: int  # from the day of loading


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedEndpoint:
    """Something at a loopback address. What it says of itself may differ from the books.

    `behind` is the address of what must be up; `watched_days` how many past days evidence is made for;
    `silent_days` since when nothing answers (0: it answers today, unless its line is cut).
    """

    address: str
    place: str
    kind: Kind
    profile: str
    speaks: str  # manner of the agent (mibs.py, players.py); "" for none
    behaviour: Behaviour
    behind: str = ""
    mac: str = ""
    name: str = ""
    maker: str = ""
    model: str = ""
    serial: str = ""
    system: System | None = None
    processor: str = ""
    family: int = 0
    memory_mb: int = 0
    capacity_bps: int | None = None
    watched_days: int = HISTORY_DAYS
    silent_days: int = 0
    cut: bool = False

    @property
    def connected(self) -> bool:
        """On the network today, whether or not it answers questions."""
        return not (self.silent_days or self.cut or self.behaviour is Behaviour.NEVER_OBSERVED)

    @property
    def answers(self) -> bool:
        return self.connected and bool(self.speaks)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedAsset:
    """One thing on the books. `whole` is the tag of the room it is part of; `person` counts from 0."""

    tag: str
    kind: Kind
    name: str
    place: str
    bureau: bool  # stands in the county bureau's office instead of the township's
    location: str
    behaviour: Behaviour
    network: str
    model: Model
    serial: str
    bought_on: date
    cost_fen: int
    person: int
    whole: str = ""
    declared: tuple[tuple[str, str], ...] = ()
    endpoint: PlannedEndpoint | None = None
    sightings: tuple[PlannedSighting, ...] = ()
    repairs: tuple[PlannedRepair, ...] = ()
    waiver: PlannedWaiver | None = None

    @property
    def condition(self) -> Condition:
        return CONDITIONS.get(self.behaviour, Condition.IN_USE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Township:
    """One place; `number` is the third octet of its addresses, counted in official order from 1."""

    number: int
    code: str
    name: str
    staff: int
    watched_days: int
    stocktake_days_ago: int | None
    people: tuple[PlannedPerson, ...]
    assets: tuple[PlannedAsset, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class County:
    """The whole county. `strangers` answer although no asset is bound to them."""

    townships: tuple[Township, ...]
    bureau: tuple[PlannedPerson, ...]
    bureau_staff: int
    strangers: tuple[PlannedEndpoint, ...] = field(default=())

    def assets(self) -> Iterator[PlannedAsset]:
        return (asset for township in self.townships for asset in township.assets)

    def endpoints(self) -> Iterator[PlannedEndpoint]:
        """All, parents before what is behind them."""
        bound = (asset.endpoint for asset in self.assets() if asset.endpoint)
        yield from sorted((*bound, *self.strangers), key=lambda endpoint: _octets(endpoint.address))


def _octets(address: str) -> tuple[int, ...]:
    return tuple(int(part) for part in address.split("."))
