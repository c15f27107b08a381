"""The records that rows are about, held until the transaction ends; and the rows that may not be about them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from itops.crud.any_of import AnyOf
from itops.crud.resource import Resource
from itops.exchange.cells import Cells, Columns
from itops.exchange.columns import ID
from itops.exchange.identity import Key, identifying, matches
from itops.exchange.reading.text import Row
from itops.exchange.said import Problem, Wrong, of_cell
from itops.organisation.models import User


@dataclass(frozen=True, slots=True)
class Existing:
    """
    Beside each row the record it is about (None: an addition); what is wrong with that, by the row's index.

    `fixed` are the rows whose record the account sees but may not change. `looked_up` is the field by which alone
    records were looked for, "" where there are several.
    """

    instances: Sequence[Any]
    problems: Mapping[int, Problem]
    fixed: Collection[int]
    looked_up: str


def existing(
    resource: Resource,
    cells: Cells,
    chunk: Sequence[Row],
    columns: Columns,
    user: User,
    earlier: dict[Key, int],
) -> Existing:
    """Takes the ids out of `columns`; `earlier` are the rows of this file by what they are about."""
    count = len(chunk)
    ids = [str(text) for text in columns.pop(ID, [""] * count)]
    found = matches(resource, columns, count, user)
    numbers = [_number(text) if text else None for text in ids]
    wanted = {pk for pk in numbers if pk} | {pk for keys in found.found.values() for pk in keys}
    held = _held(resource, wanted, user)
    seen = _seen(resource, wanted - held.keys(), user)
    within_sight = {**held, **seen}
    headings = cells.headed(ID), cells.headed(identifying(resource)[-1])
    instances: list[Any] = [None] * count
    problems: dict[int, Problem] = {}
    fixed: set[int] = set()
    for index, (row, _cells) in enumerate(chunk):
        meant = _Meant(row, ids[index], numbers[index], found.keys[index], found.of(index))
        if wrong := _wrong(meant, headings, within_sight, earlier):
            problems[index] = wrong
        elif meant.pk is not None:
            instances[index] = within_sight[meant.pk]
            fixed |= {index} if meant.pk in seen else set()
    names = identifying(resource)
    return Existing(instances, problems, fixed, names[0] if len(names) == 1 else "")


class _Meant(NamedTuple):
    """What a row says about which record it means."""

    row: int
    text: str
    number: int | None
    key: Key | None
    found: Sequence[int]

    @property
    def pk(self) -> int | None:
        if self.text:
            return self.number
        return self.found[0] if self.found else None


def _held(resource: Resource, keys: set[int], user: User) -> Mapping[int, Any]:
    """Locked in the order of their keys, so that two imports wait for each other instead of for ever."""
    if not keys:
        return {}
    changeable = resource.visible(user, "change").filter(AnyOf("pk", keys))
    return {one.pk: one for one in changeable.select_for_update(of=("self",)).order_by("pk")}


def _seen(resource: Resource, keys: set[int], user: User) -> Mapping[int, Any]:
    """What an export holds too, and whoever hands it in again has not touched."""
    if not keys:
        return {}
    return {one.pk: one for one in resource.visible(user, "view").filter(AnyOf("pk", keys))}


def _wrong(
    one: _Meant, headings: tuple[str, str], known: Mapping[int, Any], earlier: dict[Key, int]
) -> Problem | None:
    if one.text and (one.number is None or one.number not in known):
        return of_cell(Wrong.NO_SUCH_ID, one.row, headings[0], one.text)
    pk = one.pk
    about: Key | None = one.key if pk is None else (pk,)
    if about is None or (one.text == "" and len(one.found) > 1) or (pk is not None and pk not in known):
        return _doubt(one, headings[1], known)
    first = earlier.setdefault(about, one.row)
    if first == one.row:
        return None
    said = one.text or _named(one)
    return of_cell(Wrong.REPEATED, one.row, headings[0 if one.text else 1], said, str(first))


def _doubt(one: _Meant, heading: str, known: Mapping[int, Any]) -> Problem | None:
    if not one.text and len(one.found) > 1:
        return of_cell(Wrong.SEVERAL, one.row, heading, _named(one))
    if one.pk is not None and one.pk not in known:
        return of_cell(Wrong.OUT_OF_REACH, one.row, heading, _named(one))
    return None


def _named(one: _Meant) -> str:
    return str(one.key[-1]) if one.key else ""


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None
