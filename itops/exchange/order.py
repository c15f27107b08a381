"""Rows in an order in which each finds what it refers to: the whole before its parts, wherever they stand."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from itops.crud.resource import Resource
from itops.exchange.columns import Column
from itops.exchange.identity import identifying
from itops.exchange.reading.heading import Heading
from itops.exchange.reading.text import Row


def in_order(resource: Resource, heading: Heading[Column], rows: Sequence[Row]) -> Iterator[Sequence[Row]]:
    """Batches of rows; those of one batch refer to none of the same file but of batches before it."""
    identity = identifying(resource)
    own = next((one for one in heading.columns if _to_itself(resource, one)), None)
    name = next((one for one in heading.columns if (one.name,) == identity), None)
    if own is None or name is None or not any(_cell(cells, heading.columns[own]) for _, cells in rows):
        yield rows
        return
    depths = _depths(rows, heading.columns[name], heading.columns[own])
    batches: dict[int, list[Row]] = defaultdict(list)
    for row, depth in zip(rows, depths, strict=True):
        batches[depth].append(row)
    for depth in sorted(batches):
        yield batches[depth]


def _to_itself(resource: Resource, column: Column) -> bool:
    return column.refers and column.field.remote_field.model is resource.model


def _depths(rows: Sequence[Row], name: int, own: int) -> list[int]:
    """How many others of the file stand above each row; circles end at their own length."""
    above: dict[str, str] = {}
    for _row, cells in rows:
        above[_cell(cells, name)] = above.get(_cell(cells, name)) or _cell(cells, own)
    known: dict[str, int] = {}
    return [_depth(_cell(cells, name), above, known) for _, cells in rows]


def _depth(one: str, above: Mapping[str, str], known: dict[str, int]) -> int:
    chain: list[str] = []
    while one not in known and above.get(one) in above and one not in chain:
        chain.append(one)
        one = above[one]
    depth = known.setdefault(one, 0)
    for below in reversed(chain):
        if below != one:
            depth += 1
            known[below] = depth
    return known[chain[0]] if chain else depth


def _cell(cells: Sequence[Any], place: int) -> str:
    return str(cells[place]) if place < len(cells) else ""
