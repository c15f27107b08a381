"""The records that rows are about, held until the transaction ends; and the rows that may not be about them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from itops.crud.resource import Resource
from itops.exchange.cells import Cells, Values
from itops.exchange.columns import ID
from itops.exchange.identity import Key, Match, identifying, matches
from itops.exchange.reading.text import Row
from itops.exchange.said import Problem, Wrong, of_cell
from itops.organisation.models import User


@dataclass(frozen=True, slots=True)
class Existing:
    """Beside each row: the record it is about (None: an addition), and what is wrong with that."""

    instances: Sequence[Any]
    problems: Sequence[list[Problem]]


def existing(
    resource: Resource,
    cells: Cells,
    chunk: Sequence[Row],
    values: Sequence[Values],
    user: User,
    earlier: dict[Key, int],
) -> Existing:
    """Takes the ids out of `values`; `earlier` are the rows of this file by what they are about."""
    ids = [one.pop(ID, "") for one in values]
    found = matches(resource, values, user)
    numbers = [_number(text) for text in ids]
    wanted = {pk for number, match in zip(numbers, found, strict=True) for pk in (number, *match.found) if pk}
    held = _held(resource, wanted, user)
    rows = [
        _Row(row, text, number, match)
        for (row, _cells), text, number, match in zip(chunk, ids, numbers, found, strict=True)
    ]
    heading = cells.headed(ID), cells.headed(identifying(resource)[-1])
    problems = [list(filter(None, [_wrong(one, heading, held, earlier)])) for one in rows]
    instances = [
        None if wrong else held.get(one.pk) if one.pk else None
        for one, wrong in zip(rows, problems, strict=True)
    ]
    return Existing(instances, problems)


@dataclass(frozen=True, slots=True)
class _Row:
    """What a row says about which record it means."""

    row: int
    text: str
    number: int | None
    match: Match

    @property
    def pk(self) -> int | None:
        return self.number if self.text else next(iter(self.match.found), None)


def _held(resource: Resource, keys: set[int], user: User) -> Mapping[int, Any]:
    """Locked in the order of their keys, so that two imports wait for each other instead of for ever."""
    if not keys:
        return {}
    changeable = resource.visible(user, "change").filter(pk__in=keys)
    return {one.pk: one for one in changeable.select_for_update(of=("self",)).order_by("pk")}


def _wrong(
    one: _Row, heading: tuple[str, str], held: Mapping[int, Any], earlier: dict[Key, int]
) -> Problem | None:
    if one.text and (one.number is None or one.number not in held):
        return of_cell(Wrong.NO_SUCH_ID, one.row, heading[0], one.text)
    named = str(one.match.key[-1]) if one.match.key else ""
    if not one.text and len(one.match.found) > 1:
        return of_cell(Wrong.SEVERAL, one.row, heading[1], named)
    if one.pk and one.pk not in held:
        return of_cell(Wrong.OUT_OF_REACH, one.row, heading[1], named)
    about: Key | None = (one.pk,) if one.pk else one.match.key
    first = earlier.setdefault(about, one.row) if about else one.row
    if first != one.row:
        return of_cell(Wrong.REPEATED, one.row, heading[0 if one.text else 1], one.text or named, str(first))
    return None


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None
