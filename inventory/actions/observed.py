"""What was observed, day by day: the one place that knows whether a day lies in rows or in blocks."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np

from inventory.blocks.codec import unpack
from inventory.blocks.table import BLOCK, FIELDS, WITNESSES, Stretch, Table, Whole, merged
from itops.database.statements import array, kept_rows, packed, rows

FEW = 16  # endpoints whose days are read as one table
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
CYCLE = "(extract(epoch FROM e.last_cycle) * 1000000)::bigint"
WHOLE = ("users", "calls", "pages", "content_changes", "line_share_p95")
SAID = (
    "e.endpoint_id",
    "array_position(%(witnesses)s::text[], e.witness::text) - 1",
    *({"last_cycle": CYCLE, "generated": "e.generated::int"}.get(name, f"e.{name}") for name in FIELDS),
)
COLUMNS = ", ".join(f"array_agg({one} ORDER BY e.endpoint_id, e.witness)" for one in SAID)
ROWS = f"""
    SELECT e.day, {COLUMNS} FROM inventory_evidenceday e
    WHERE e.day >= %(first)s AND e.day <= %(last)s
      AND (%(endpoints)s::bigint[] IS NULL OR e.endpoint_id = ANY(%(endpoints)s))
    GROUP BY e.day
"""
STRETCH = f"""
    SELECT e.day - %(first)s::date, {", ".join(SAID)} FROM inventory_evidenceday e
    WHERE e.day >= %(first)s AND e.day <= %(last)s AND e.endpoint_id = ANY(%(endpoints)s)
"""
ROWS_OF_BLOCK = f"""
    SELECT e.day, {COLUMNS} FROM inventory_evidenceday e
    WHERE e.day >= %(first)s AND e.day <= %(last)s AND e.endpoint_id >= %(least)s AND e.endpoint_id < %(next)s
    GROUP BY e.day
"""
BLOCKS = """
    SELECT b.day, b.data FROM inventory_evidenceblock b
    WHERE b.day >= %(first)s AND b.day <= %(last)s
      AND (%(numbers)s::bigint[] IS NULL OR b.number = ANY(%(numbers)s))
    ORDER BY b.day, b.number
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """One endpoint, one local day, one witness: a row of EvidenceDay, wherever it lies."""

    endpoint: int
    day: date
    witness: str
    open_minutes: float
    observable_minutes: float
    seen_minutes: float
    asked_minutes: float
    users: int | None
    used_minutes: float | None
    calls: int | None
    pages: int | None
    content_changes: int | None
    display_on_minutes: float | None
    line_share_p95: int | None
    last_cycle: datetime | None
    generated: bool


def tables(
    first: date,
    last: date,
    endpoints: Iterable[int] | Whole | None = None,
    names: Sequence[str] = FIELDS,
    *,
    cycles_since: date = date.max,
) -> Iterator[tuple[date, Table]]:
    """The evidence of each day, the oldest first: that of these endpoints and of some neighbours, or of all.

    A day may come in several tables; an endpoint's is in one of them. From `cycles_since` on it names cycles as well.
    """
    chosen = None if endpoints is None else _distinct(endpoints)
    if chosen is not None and not len(chosen):
        return
    packed = _packed(first, last, chosen)
    current = _current(first, last, chosen)
    for day in sorted(packed.keys() | current.keys()):
        read = (*names, "last_cycle") if day >= cycles_since else names
        blocks = (unpack(data, read) for data in packed.get(day, ()))
        if day in current:
            yield day, merged([current[day].only(read), *blocks])
        else:
            yield from ((day, table) for table in blocks)


def stretch(
    first: date, last: date, endpoints: Whole, names: Sequence[str], *, cycles_since: date = date.max
) -> Stretch:
    """All evidence of a few endpoints from the first day to the last, with cycles from `cycles_since` on."""
    closed = [
        (day.toordinal(), _unpacked(data, endpoints, names, cycles=day >= cycles_since))
        for day, blocks in _packed(first, last, endpoints).items()
        for data in blocks
    ]
    current = _current_stretch(first, last, endpoints, (*names, "last_cycle"))
    current.table.numbers["last_cycle"][current.day < cycles_since.toordinal()] = np.nan
    return Stretch.of(closed).with_more(current) if closed else current


def _unpacked(data: bytes, endpoints: Whole, names: Sequence[str], *, cycles: bool) -> Table:
    """Cycles are the largest column, and every other column is unpacked in the time that they take."""
    if cycles:
        return unpack(data, (*names, "last_cycle"), endpoints)
    table = unpack(data, names, endpoints)
    unknown = np.full(len(table.endpoint), np.nan)
    return Table(table.endpoint, table.witness, {**table.numbers, "last_cycle": unknown})


def rows_of_block(number: int, first: date, last: date) -> dict[date, Table]:
    """What lies in rows of the endpoints of one block."""
    least, following = number * BLOCK, (number + 1) * BLOCK
    asked = {"first": first, "last": last, "least": least, "next": following, "witnesses": list(WITNESSES)}
    return {day: Table.of_columns(columns) for day, *columns in kept_rows(ROWS_OF_BLOCK, asked)}


def seen(first: date, last: date, endpoints: Iterable[int]) -> list[Seen]:
    """The same as rows, by day, endpoint and witness."""
    chosen = list(endpoints)
    return [
        _seen(day, row)
        for day, table in tables(first, last, chosen)
        for row in table.take(np.isin(table.endpoint, chosen)).rows()
    ]


def _distinct(endpoints: Iterable[int] | Whole) -> Whole:
    plain = endpoints if isinstance(endpoints, np.ndarray) else np.fromiter(endpoints, np.int64)
    return np.unique(plain)


def moment(cycle: float) -> datetime:
    """A cycle as columns keep it."""
    return EPOCH + int(cycle) * MICROSECOND


def _packed(first: date, last: date, chosen: Whole | None) -> Mapping[date, list[bytes]]:
    numbers = None if chosen is None else np.unique(chosen // BLOCK).tolist()
    found: defaultdict[date, list[bytes]] = defaultdict(list)
    for day, data in packed(BLOCKS, {"first": first, "last": last, "numbers": numbers}):
        found[day].append(data)
    return found


def _current(first: date, last: date, chosen: Whole | None) -> Mapping[date, Table]:
    asked = {
        "first": first,
        "last": last,
        "endpoints": None if chosen is None else array(chosen.tolist()),
        "witnesses": list(WITNESSES),
    }
    return {day: Table.of_columns(columns) for day, *columns in rows(ROWS, asked)}


def _current_stretch(first: date, last: date, endpoints: Whole, names: Sequence[str]) -> Stretch:
    asked = {
        "first": first,
        "last": last,
        "endpoints": array(endpoints.tolist()),
        "witnesses": list(WITNESSES),
    }
    days, *columns = list(zip(*kept_rows(STRETCH, asked), strict=True)) or [()] * (len(FIELDS) + 3)
    numbers = dict(zip(FIELDS, columns[2:], strict=True))
    return Stretch(
        first.toordinal() + np.array(days, np.int64),
        Table(
            np.array(columns[0], np.int64),
            np.array(columns[1], np.int64),
            {name: np.array(numbers[name], np.float64) for name in names},
        ),
    )


def _seen(day: date, row: tuple[Any, ...]) -> Seen:
    endpoint, witness, *numbers = row
    told = dict(zip(FIELDS, numbers, strict=True))
    whole = {name: int(told[name]) for name in WHOLE if told[name] is not None}
    cycle = told["last_cycle"]
    return Seen(
        endpoint=endpoint,
        day=day,
        witness=WITNESSES[witness],
        **told
        | whole
        | {
            "last_cycle": None if cycle is None else moment(cycle),
            "generated": bool(told["generated"]),
        },
    )
