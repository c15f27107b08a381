"""What comes out: choices, the money that pays for them, a reason for each need; or the demands that clash."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from planning.optimiser.formulation import Demand
from planning.optimiser.funding import Line
from planning.optimiser.need import Remedy

Numbers = Mapping[str, int | str]


class Why(StrEnum):
    """Why a need is met, or is not."""

    MUST = "must"
    SAVES = "saves"  # a move that spares a purchase
    FLOOR = "floor"  # not by its worth, but for what its township gets at the least
    WORTH = "worth"
    NO_BENEFIT = "no_benefit"
    NO_PAYER = "no_payer"
    TOO_DEAR = "too_dear"
    ASSET_USED = "asset_used"
    LESS_PER_YUAN = "less_per_yuan"
    DEMANDED = "demanded"  # worth more than what holds the money, but a floor or a move demands that
    WITHIN_GAP = "within_gap"  # as good as what was chosen, within the gap that was allowed


@dataclass(frozen=True, slots=True)
class Reason:
    """Worth is in ten-thousandths of a point; `per_wan` is the worth of each 万元."""

    need: str
    chosen: bool
    code: Why
    numbers: Numbers


@dataclass(frozen=True, slots=True)
class Choice:
    """What is done about a need and when. `fen` is all that it costs within the scenario."""

    need: str
    place: str
    remedy: Remedy
    year: int
    fen: int
    worth: int


@dataclass(frozen=True, slots=True)
class Plan:
    """`worth` is what was chosen, `bound` what no plan can pass, both in ten-thousandths of a point."""

    inputs: str
    choices: tuple[Choice, ...]
    lines: tuple[Line, ...]
    reasons: tuple[Reason, ...]
    worth: int
    bound: int

    @property
    def gap_ppm(self) -> int:
        """How far at the most from the best, in millionths, rounded up."""
        return -(-(self.bound - self.worth) * 1_000_000 // self.bound) if self.bound else 0

    @property
    def fen(self) -> int:
        return sum(line.fen for line in self.lines)

    @property
    def benefit(self) -> int:
        return sum(choice.remedy.benefit for choice in self.choices)

    @property
    def saved(self) -> int:
        """Fen that moves spare, against buying for the same needs."""
        return sum(int(one.numbers["saved"]) for one in self.reasons if one.code is Why.SAVES)


@dataclass(frozen=True, slots=True)
class Clashing:
    """One demand of those that cannot be held together."""

    code: Demand
    key: str
    numbers: Numbers


@dataclass(frozen=True, slots=True)
class Clash:
    """Demands of which any one may be given up to hold the others. `short`: fen of more money that would do."""

    inputs: str
    demands: tuple[Clashing, ...]
    short: int | None
