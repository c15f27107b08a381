"""What the rules are told: counts, marked assets, requests, and what each remedy costs for each kind."""

from dataclasses import dataclass
from enum import StrEnum

from inventory.marks.kind import Kind


class Cause(StrEnum):
    """Why a thing is not used."""

    NOT_NEEDED = "not_needed"
    BROKEN = "broken"
    NO_LINE = "no_line"
    NOBODY_TRAINED = "nobody_trained"
    NOBODY_POSTED = "nobody_posted"
    HAND_ENTRY = "hand_entry"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stock:
    """How many of a kind a place should have and has, without those marked missing. None: no standard is known.

    `benefit`: points for each one that is lacking. `missing` names the assets that are marked missing there.
    """

    place: str
    kind: Kind
    standard: int | None
    have: int
    benefit: int
    missing: tuple[str, ...] = ()

    @property
    def gap(self) -> int:
        return max((self.standard or 0) - self.have, 0)

    @property
    def surplus(self) -> int:
        """How many it could give away and still be at its standard."""
        return 0 if self.standard is None else max(self.have - self.standard, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """An asset that is marked outdated, unused or both, or that people say is to spare.

    `years` and `minimum_years` None: not known. `cause` says why it is unused. `upgradable`: nothing but the end of
    its system's support makes it outdated.
    """

    asset: str
    place: str
    kind: Kind
    benefit: int
    outdated: bool = False
    unused: bool = False
    cause: Cause = Cause.UNKNOWN
    repairable: bool = False
    upgradable: bool = False
    beyond_repair: bool = False
    years: int | None = None
    minimum_years: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A township's request: for its asset, or for so many more of a kind."""

    key: str
    place: str
    kind: Kind
    benefit: int
    asset: str = ""
    quantity: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What remedies for a kind cost, in fen; None where nobody knows or the kind has no such remedy."""

    category: str
    price: int | None = None
    price_cap: int | None = None
    upkeep: int = 0
    repair: int | None = None
    upgrade: int | None = None
    freight: int | None = None
    train: int | None = None
    connect: int | None = None
