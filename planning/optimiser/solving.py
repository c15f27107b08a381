"""The best choice and how far it may be from the bound: LP, then whole numbers where they are in doubt."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import inf

from planning.optimiser.formulation import Formulation
from planning.optimiser.option import Option
from planning.optimiser.program import Answer

EXACT_UP_TO = 400  # options that are decided exactly whatever gap is allowed: a county's year in seconds
SMALLEST_CORE = 2_000
NOISE = 1e-6


@dataclass(frozen=True, slots=True)
class Chosen:
    """`bound`: no plan is worth more, in points. `relaxed` holds the prices that explain the choice."""

    options: tuple[Option, ...]
    bound: float
    relaxed: Answer


def choose(formulation: Formulation, gap: float) -> Chosen | None:
    """The best options within the gap; None when the demands cannot all be held."""
    program, columns = formulation.program, len(formulation.options)
    relaxed = program.relaxed()
    if relaxed is None:
        return None
    enough = relaxed.bound - gap * abs(relaxed.bound)
    core = SMALLEST_CORE
    while columns > core:
        held = settled(formulation, relaxed, core)
        found = program.best(enough=enough - NOISE, held=held)
        if found and found.value >= enough - NOISE:
            return _chosen(formulation, found, relaxed, relaxed.bound)
        core *= 4
    exactly = columns <= EXACT_UP_TO
    found = program.best(gap=0.0 if exactly else gap, enough=inf if exactly else enough)
    return _chosen(formulation, found, relaxed, min(relaxed.bound, found.bound)) if found else None


def settled(formulation: Formulation, relaxed: Answer, core: int) -> Mapping[int, float]:
    """Options held at the whole value that the LP gives them: all but the `core` that are nearest to changing.

    How near is an option that the LP leaves out: what its worth lacks at the LP's prices. One that it takes: what
    the need would lose without it.
    """
    rows = formulation.need_rows

    def firmness(column: int) -> float:
        value = relaxed.columns[column]
        if NOISE < value < 1 - NOISE:
            return -inf
        if value <= NOISE:
            return -relaxed.reduced[column]
        return relaxed.prices[rows[formulation.options[column].need.key]] + relaxed.reduced[column]

    by_firmness = sorted(range(len(formulation.options)), key=lambda column: (firmness(column), column))
    return {column: float(round(relaxed.columns[column])) for column in by_firmness[core:]}


def _chosen(formulation: Formulation, found: Answer, relaxed: Answer, bound: float) -> Chosen:
    decided = zip(formulation.options, found.columns, strict=False)  # the columns of money come after
    return Chosen(tuple(option for option, value in decided if value > 0.5), bound, relaxed)
