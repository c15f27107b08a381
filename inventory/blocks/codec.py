"""A table's columns as bytes and back, exactly: whole numbers in as few bytes as hold them, the rest as they are."""

import struct
import zlib
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.lib.stride_tricks import as_strided

from inventory.blocks.table import FIELDS, Numbers, Table, Whole

FORMAT = 2
HEAD = struct.Struct("<BIqB")  # format, rows, first endpoint, columns
COLUMN = struct.Struct(
    "<BBddI"
)  # which, form, what is added to its numbers, what they are multiplied with, bytes
BEFORE = struct.Struct("<BBdI")  # format 1 multiplied with nothing
PLACES = {name: place for place, name in enumerate(FIELDS)}
ENDPOINT, WITNESS = len(FIELDS), len(FIELDS) + 1  # after the numbers
CONSTANT, RAW = 0, 9
WIDTHS: dict[int, np.dtype[Any]] = {width: np.dtype(f"<u{width}") for width in (1, 2, 4, 8)}
FLOATS: dict[int, np.dtype[Any]] = {RAW: np.dtype("<f4"), RAW + 1: np.dtype("<f8")}
EXACT = float(2**53)
LEVEL = 1
Part = tuple[int, float, float, bytes]


class Unreadable(ValueError):
    """These bytes are no block, or one of a later format."""


def pack(table: Table) -> bytes:
    """The whole table."""
    steps = np.diff(table.endpoint, prepend=table.endpoint[:1]).astype(np.float64)
    columns = [(place, table.numbers[name]) for place, name in enumerate(FIELDS)]
    columns += [(ENDPOINT, steps), (WITNESS, table.witness.astype(np.float64))]
    packed = [(place, *_packed(column)) for place, column in columns]
    first = int(table.endpoint[0]) if len(table.endpoint) else 0
    head = HEAD.pack(FORMAT, len(table.endpoint), first, len(packed))
    index = b"".join(COLUMN.pack(*column[:4], len(column[4])) for column in packed)
    return head + index + b"".join(body for *_, body in packed)


def unpack(block: bytes, names: Iterable[str] = FIELDS, endpoints: Whole | None = None) -> Table:
    """The rows (of these endpoints) with the numbers that are asked for; the others are not looked at."""
    try:
        form, count, first, columns = HEAD.unpack_from(block)
        if form not in (1, FORMAT):
            raise Unreadable(f"a block of format {form}; this program reads formats up to {FORMAT}")
        parts = _parts(block, BEFORE if form == 1 else COLUMN, columns)
        endpoint = _endpoints(first, count, parts[ENDPOINT])
        rows = (
            slice(None) if endpoints is None else _rows_of(endpoints.tobytes(), first, count, parts[ENDPOINT])
        )
        return Table(
            endpoint[rows],
            _unpacked(*parts[WITNESS], count, rows).astype(np.int64),
            {name: _unpacked(*parts[PLACES[name]], count, rows) for name in names},
        )
    except (struct.error, zlib.error, KeyError, IndexError) as error:
        raise Unreadable(f"no block of evidence: {error}") from error


def _parts(block: bytes, index: struct.Struct, columns: int) -> dict[int, Part]:
    """By the column's place: its form, what is added to its numbers, what they are multiplied with, its bytes."""
    start, found = HEAD.size + columns * index.size, {}
    for place, form, base, *step, length in index.iter_unpack(block[HEAD.size : start]):
        found[place] = (form, base, step[0] if step else 1.0, block[start : start + length])
        start += length
    return found


@lru_cache(maxsize=64)
def _rows_of(endpoints: bytes, first: int, count: int, part: Part) -> Whole:
    """Where these (int64, rising) stand in a column of endpoints, day after day."""
    few, endpoint = np.frombuffer(endpoints, np.int64), _endpoints(first, count, part)
    starts, ends = np.searchsorted(endpoint, few), np.searchsorted(endpoint, few, "right")
    pairs = zip(starts.tolist(), ends.tolist(), strict=True)
    return np.array([row for start, end in pairs for row in range(start, end)], np.int64)


def _packed(column: Numbers) -> tuple[int, float, float, bytes]:
    """Its form, what is added to its numbers, what they are multiplied with before that, and their bytes."""
    known = column[~np.isnan(column)]
    least, most = (float(known.min()), float(known.max())) if len(known) else (np.nan, np.nan)
    if not len(known) or (len(known) == len(column) and least == most):
        return CONSTANT, least, 1.0, b""
    if not np.array_equal(known, np.floor(known)) or max(abs(least), abs(most)) >= EXACT:
        return _raw(column)
    step = float(max(np.gcd.reduce((known - least).astype(np.int64)), 1))  # minutes come in whole cycles
    width = next(width for width in WIDTHS if (most - least) / step < _nothing(width))
    whole = np.where(np.isnan(column), _nothing(width), (np.nan_to_num(column) - least) / step)
    return width, least, step, zlib.compress(whole.astype(WIDTHS[width]).tobytes(), LEVEL)


def _raw(column: Numbers) -> tuple[int, float, float, bytes]:
    short = column.astype(FLOATS[RAW])
    form = RAW if np.array_equal(short.astype(np.float64), column, equal_nan=True) else RAW + 1
    return form, 0.0, 1.0, zlib.compress(column.astype(FLOATS[form]).tobytes(), LEVEL)


def _unpacked(
    form: int, base: float, step: float, body: bytes, count: int, rows: slice | Whole = slice(None)
) -> Numbers:
    if form == CONSTANT:
        if not isinstance(rows, slice):
            return _same(base if base == base else None, len(rows))
        return as_strided(np.array([base]), (count,), (0,), writeable=False)
    kind = FLOATS.get(form) or WIDTHS[form]
    stored: Any = np.frombuffer(_decompressed(body, kind.itemsize, rows), kind)[rows]
    if form == 1:
        meant: Numbers = _bytes_meant(base, step)[stored]
        return meant
    column: Numbers = stored.astype(np.float64)
    if form in FLOATS:
        return column
    empty = column == _nothing(form)
    column *= step
    column += base
    column[empty] = np.nan
    return column


def _decompressed(body: bytes, width: int, rows: slice | Whole) -> bytes:
    """As much of it as reaches to the last of these rows."""
    if isinstance(rows, slice):
        return zlib.decompress(body)
    return zlib.decompressobj().decompress(body, (int(rows[-1]) + 1) * width) if len(rows) else b""


@lru_cache(maxsize=64)
def _endpoints(first: int, count: int, part: Part) -> Whole:
    """They are the same from day to day, so they are worked out once for many."""
    endpoint = first + np.cumsum(_unpacked(*part, count), dtype=np.int64)
    endpoint.setflags(write=False)
    return endpoint


@lru_cache(maxsize=1000)
def _same(value: float | None, count: int) -> Numbers:
    found = np.full(count, np.nan if value is None else value)
    found.setflags(write=False)
    return found


@lru_cache(maxsize=1000)
def _bytes_meant(base: float, step: float) -> Numbers:
    """What each byte stands for."""
    meant = base + step * np.arange(256.0)
    meant[255] = np.nan
    return meant


def _nothing(width: int) -> float:
    """What stands for "not offered" among whole numbers of so many bytes."""
    return min(2.0 ** (8 * width) - 1, 2 * EXACT)
