"""What the rules of statistics are told about one township in one month: plain values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from inventory.marks.kind import Kind
from inventory.marks.mark import Answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What the month's evidence says of one piece: days on which it could be asked, answered, was in use or not.

    `generated` are the days among them that were made up for a demonstration; minutes are at any hour.
    """

    asked_days: int = 0
    seen_days: int = 0
    used_days: int = 0
    idle_days: int = 0
    unmeasured_days: int = 0
    asked_minutes: int = 0
    seen_minutes: int = 0
    generated_days: int = 0


NOTHING_SEEN = Seen()


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One asset on the books at the end of the month. `guards`: it protects a network (a firewall or the like)."""

    asset: int
    kind: Kind
    missing: Answer = Answer.UNKNOWN
    outdated: Answer = Answer.UNKNOWN
    under_repair: bool = False
    confidential: bool = False
    guards: bool = False
    seen: Seen = NOTHING_SEEN

    @property
    def there(self) -> bool:
        return self.missing is not Answer.MARKED


@dataclass(frozen=True, slots=True, kw_only=True)
class Desks:
    """An office and its authorised staff in post; None when nobody has recorded it."""

    office: int
    staff: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Township:
    """One township: its offices, what the standard asked of it by kind, what stood on its books."""

    place: int
    offices: Sequence[Desks] = ()
    asked: Mapping[Kind, int] = field(default_factory=dict)
    pieces: Sequence[Piece] = ()

    def of_kind(self, kind: Kind) -> list[Piece]:
        return [piece for piece in self.pieces if piece.kind is kind]

    def present(self, kind: Kind) -> int:
        """On the books and not missing."""
        return sum(piece.there for piece in self.of_kind(kind))
