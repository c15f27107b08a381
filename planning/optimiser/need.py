"""What is needed, and the ways to meet it, of which at most one is chosen."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Way(StrEnum):
    """What is done about a need."""

    MOVE = "move"
    REPAIR = "repair"
    UPGRADE = "upgrade"
    TRAIN = "train"
    CONNECT = "connect"
    BUY = "buy"
    WRITE_OFF = "write_off"


@dataclass(frozen=True, slots=True, kw_only=True)
class Remedy:
    """One way to meet a need, what it costs in fen, and what it is good for in points.

    `recurring` is due each year from the one in which it is chosen, under `recurring_category` where that is another
    one. `asset` is the spare thing that a move takes: it can be moved once.
    """

    way: Way
    category: str
    purchase: int
    benefit: int
    recurring: int = 0
    recurring_category: str = ""
    asset: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """Something lacking in a place. `since` and `severity` are what rules of thumb go by, not the optimiser."""

    key: str
    place: str
    remedies: tuple[Remedy, ...]
    must: bool = False
    since: date | None = None
    severity: int = 0
