"""Who spoke for which asset on which days, and what all of them together saw of it: a grid of days and assets."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from operator import attrgetter
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from inventory.blocks.table import WITNESSES, Numbers, Stretch, Table, Whole

Grid = npt.NDArray[np.float32]
Flags = npt.NDArray[np.bool_]
Index = npt.NDArray[np.int64] | slice

# What a day of an asset says, and the column it comes from; of several witnesses the one who saw most counts.
NAMES = {
    "open_minutes": "open_minutes",
    "observable_minutes": "observable_minutes",
    "seen_minutes": "seen_minutes",
    "asked_minutes": "asked_minutes",
    "users": "users",
    "calls": "calls",
    "call_minutes": "used_minutes",
    "busy_minutes": "used_minutes",
    "pages": "pages",
    "content_changes": "content_changes",
    "display_on_minutes": "display_on_minutes",
    "line_share_p95": "line_share_p95",
}
READ = (*dict.fromkeys(NAMES.values()), "generated")
NEVER = date.max.toordinal()


class Speaks(NamedTuple):
    """An endpoint speaks for an asset from the first day to the last."""

    asset: int
    endpoint: int
    first: date
    last: date | None


@dataclass(frozen=True, slots=True)
class Layer:
    """Each asset and each endpoint at most once, in the order of endpoints."""

    endpoint: Whole
    slot: Whole
    first: Whole
    last: Whole

    @classmethod
    def of(cls, pairs: Sequence[Speaks], slots: Mapping[int, int]) -> "Layer":
        lasts = [one.last.toordinal() if one.last else NEVER for one in pairs]
        return cls(
            np.array([one.endpoint for one in pairs], np.int64),
            np.array([slots[one.asset] for one in pairs], np.int64),
            np.array([one.first.toordinal() for one in pairs], np.int64),
            np.array(lasts, np.int64),
        )

    def met(self, endpoints: Whole, day: int) -> tuple[Index, Index] | None:
        """Which of these endpoints speak that day, and the slots of those for whom they do."""
        if not len(endpoints):
            return None
        start, end = np.searchsorted(self.endpoint, (endpoints[0], endpoints[-1] + 1)).tolist()
        mine, slot = self.endpoint[start:end], self.slot[start:end]
        speaks = (self.first[start:end] <= day) & (day <= self.last[start:end])
        if len(mine) == len(endpoints) and speaks.all() and np.array_equal(mine, endpoints):
            straight = slot[-1] - slot[0] == len(slot) - 1
            return slice(None), slice(int(slot[0]), int(slot[-1]) + 1) if straight else slot
        places = np.minimum(np.searchsorted(endpoints, mine), len(endpoints) - 1)
        speaks &= endpoints[places] == mine
        return (places[speaks], slot[speaks]) if speaks.any() else None

    def met_by_day(self, endpoints: Whole, days: Whole) -> tuple[Whole, Whole]:
        """The same for rows of several days, in any order."""
        places = np.minimum(np.searchsorted(self.endpoint, endpoints), len(self.endpoint) - 1)
        speaks = (
            (self.endpoint[places] == endpoints) & (self.first[places] <= days) & (days <= self.last[places])
        )
        return np.flatnonzero(speaks), self.slot[places[speaks]]


@dataclass(frozen=True, slots=True)
class Days:
    """`present[day, asset]`, and numbers of the same shape; NaN is "nobody could measure it"."""

    start: date
    present: Flags
    generated: Flags  # all that was seen of it that day is demonstration data
    saw: npt.NDArray[np.uint8]  # a bit for each of WITNESSES that saw something
    numbers: Mapping[str, Grid]

    @classmethod
    def empty(cls, start: date, length: int, assets: int) -> "Days":
        shape = (length, assets)
        grids = {column: np.full(shape, np.nan, np.float32) for column in READ[:-1]}
        return cls(
            start,
            np.zeros(shape, np.bool_),
            np.ones(shape, np.bool_),
            np.zeros(shape, np.uint8),
            {name: grids[column] for name, column in NAMES.items()},
        )

    def put(self, day: date, table: Table, layers: Iterable[Layer]) -> None:
        """What a table says of the day."""
        row = (day - self.start).days
        parts = list(_by_witness(table))
        for layer in layers:
            for witness, part in parts:
                if met := layer.met(part.endpoint, day.toordinal()):
                    self._add(row, witness, part.numbers, *met)

    def put_stretch(self, stretch: Stretch, layers: Iterable[Layer]) -> None:
        """What the evidence of several days says."""
        table = stretch.table
        for layer in layers:
            mine, slots = layer.met_by_day(table.endpoint, stretch.day)
            for witness in np.unique(table.witness[mine]).tolist():
                of_it = table.witness[mine] == witness
                chosen = mine[of_it]
                rows = stretch.day[chosen] - self.start.toordinal()
                self._add(rows, witness, table.numbers, chosen, slots[of_it])

    def _add(
        self, row: int | Whole, witness: int, numbers: Mapping[str, Numbers], chosen: Index, slots: Index
    ) -> None:
        again = bool(self.present[row, slots].any())
        for name, grid in self.numbers.items():
            if name == "busy_minutes":
                continue  # the same grid as that of calls
            column = numbers[NAMES[name]]
            if column.strides == (0,) and np.isnan(column[0]):
                continue
            said = column[chosen]
            grid[row, slots] = np.fmax(grid[row, slots], said) if again else said
        self.present[row, slots] = True
        self.generated[row, slots] &= numbers["generated"][chosen] > 0
        self.saw[row, slots] |= (numbers["seen_minutes"][chosen] > 0).astype(np.uint8) << witness


def arranged(assets: Sequence[int], pairs: Sequence[Speaks]) -> tuple[list[int], list[Layer]]:
    """The assets in an order in which most blocks are read straight through, and the pairs in layers for it."""
    left = sorted(pairs, key=_BY_ENDPOINT)
    layers: list[list[Speaks]] = []
    while left:
        layer, left = _first_of_each(left)
        layers.append(layer)
    first = [one.asset for one in layers[0]] if layers else []
    order = [*first, *sorted(set(assets).difference(first))]
    slots = dict(zip(order, range(len(order)), strict=True))
    return order, [Layer.of(layer, slots) for layer in layers]


def _first_of_each(pairs: Sequence[Speaks]) -> tuple[list[Speaks], list[Speaks]]:
    """Those whose asset and endpoint come up for the first time, and the others."""
    assets, endpoints = set[int](), set[int]()
    layer, left = [], []
    for one in pairs:
        if one.asset in assets or one.endpoint in endpoints:
            left.append(one)
        else:
            assets.add(one.asset)
            endpoints.add(one.endpoint)
            layer.append(one)
    return layer, left


_BY_ENDPOINT = attrgetter("endpoint", "asset")


def _by_witness(table: Table) -> Iterator[tuple[int, Table]]:
    if not len(table.witness):
        return
    least, most = int(table.witness.min()), int(table.witness.max())
    if least == most:
        yield least, table
        return
    for witness in range(least, min(most + 1, len(WITNESSES))):
        chosen = np.flatnonzero(table.witness == witness)
        if len(chosen):
            yield witness, table.take(chosen)
