"""Rows handed in as columns, read field by field: stored values, labels of choices, references by id or by name.

What repeats itself in a column is read once, and a column of references costs a query or two, however many rows.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django_stubs_ext import StrOrPromise

from itops.crud.naming import Beside, Reference
from itops.crud.own_values import OwnValues
from itops.crud.reading import empty_value, expected, reader_of
from itops.crud.resource import Resource
from itops.crud.several_taken import SeveralTaken
from itops.extras.custom_fields import FILTER_PREFIX, custom_fields
from itops.organisation.models import User

MOST_SHOWN = 200
NOT_GIVEN: Any = object()
OWN = "custom"

Column = list[Any]


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a cell; `field` is "" for a whole row. `row` counts from 0 in what was handed in."""

    row: int
    field: str
    value: object
    code: str
    error: ValidationError
    expected: StrOrPromise = ""

    @property
    def sentence(self) -> str:
        """In the language of who reads it."""
        return " ".join(self.error.messages)


@dataclass(slots=True)
class Batch:
    """
    What is at work: columns as they were given, the records that their rows are about (None for a new one), columns
    as they were read, and problems so far. A cell that was not given is NOT_GIVEN. Rows that are `fixed` may only say
    what is recorded.
    """

    resource: Resource
    given: Mapping[str, Column]
    existing: Sequence[Any]
    user: User
    fixed: frozenset[int] = frozenset()
    columns: dict[str, Column] = field(default_factory=dict)
    several: list[SeveralTaken] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def wrong(self) -> set[int]:
        return {problem.row for problem in self.problems}

    def say(self, row: int, name: str, refused: ValidationError, value: object = NOT_GIVEN) -> None:
        known = field_of(self.resource, name)
        should_be = expected(known) if known is not None else ""
        shown = _short(self._given(row, name) if value is NOT_GIVEN else value)
        for error in refused.error_list:
            self.problems.append(Problem(row, name, shown, error.code or "invalid", error, should_be))

    def _given(self, row: int, name: str) -> object:
        own = name.startswith(FILTER_PREFIX)
        column = self.given.get(OWN if own else name)
        value = None if column is None or column[row] is NOT_GIVEN else column[row]
        if own:
            return value.get(name.removeprefix(FILTER_PREFIX)) if isinstance(value, Mapping) else None
        return value


def field_of(resource: Resource, name: str) -> Any:
    return {one.name: one for one in resource.model._meta.concrete_fields}.get(name)


def read_column(batch: Batch, name: str) -> None:
    known = field_of(batch.resource, name)
    if isinstance(known, models.ForeignKey):
        _read_references(batch, known, batch.given[name])
        return
    column = _read(reader_of(known), batch.given[name])
    _tell_refused(batch, name, column)
    batch.columns[name] = column


def read_own(batch: Batch) -> None:
    """The county's own fields; new records begin with their defaults."""
    own = OwnValues(custom_fields(batch.resource.model), batch.user)
    given = batch.given.get(OWN) or [NOT_GIVEN] * len(batch.existing)
    untold = own.taken({}, None)
    column: Column = []
    for index, (raw, existing) in enumerate(zip(given, batch.existing, strict=True)):
        before = None if existing is None else getattr(existing, OWN)
        if raw is NOT_GIVEN and before is not None:
            column.append(NOT_GIVEN)
            continue
        values, refused = untold if raw is NOT_GIVEN else own.taken(raw, before)
        column.append(dict(values))
        for name, error in refused:
            batch.say(index, name, error)
    batch.columns[OWN] = column


def _short(value: object) -> object:
    return f"{value[:MOST_SHOWN]}…" if isinstance(value, str) and len(value) > MOST_SHOWN else value


def _read(reader: Callable[[Any], Any], raws: Column) -> Column:
    """Each different value is read once; a refusal comes back as a value."""
    if all(raw.__class__ is str for raw in raws):  # as files have it
        texts = {raw: _tried(reader, raw) for raw in set(raws)}
        return [texts[raw] for raw in raws]
    remembering = _remembering(reader)
    return [NOT_GIVEN if raw is NOT_GIVEN else remembering(raw) for raw in raws]


def _remembering(reader: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Told apart by class as well, for 1 and true are alike. Lists and objects are not remembered."""
    known: dict[Any, Any] = {}

    def read(raw: Any) -> Any:
        try:
            return known[raw.__class__, raw]
        except KeyError:
            value = known[raw.__class__, raw] = _tried(reader, raw)
            return value
        except TypeError:
            return _tried(reader, raw)

    return read


def _tried(reader: Callable[[Any], Any], raw: Any) -> Any:
    try:
        return reader(raw)
    except ValidationError as refused:
        return refused


def _read_references(batch: Batch, key: "models.ForeignKey[Any, Any]", raws: Column) -> None:
    """A reference that stays as it is may be to something archived or out of reach."""
    column: Column = [NOT_GIVEN] * len(raws)
    asked = _asked(batch, key, raws, column)
    if asked:
        indexes = list(asked)
        beside: Beside = partial(_beside, batch)
        reference = Reference.of(batch.resource, key, batch.user)
        keys, refused = reference.keys(list(asked.values()), lambda name, place: beside(name, indexes[place]))
        for place, index in enumerate(indexes):
            column[index] = keys[place]
        for place, why in refused.items():
            column[indexes[place]] = why
    _tell_refused(batch, key.name, column)
    batch.columns[key.name] = column


def _asked(batch: Batch, key: "models.ForeignKey[Any, Any]", raws: Column, column: Column) -> dict[int, Any]:
    """What has to be looked up, by the row's index; everything else is put into the column at once."""
    if all(raw.__class__ is str for raw in raws) and all(map(str.strip, set(raws))):  # as files have it
        return dict(enumerate(raws))
    asked: dict[int, Any] = {}
    empty = partial(_tried, lambda _raw: empty_value(key)(), None)
    for index, raw in enumerate(raws):
        if raw is NOT_GIVEN:
            continue
        if raw is None or (raw.__class__ is str and not raw.strip()):
            column[index] = empty()
        elif raw.__class__ is int and raw == getattr(batch.existing[index], key.attname, None):
            column[index] = raw
        else:
            asked[index] = raw
    return asked


def _tell_refused(batch: Batch, name: str, column: Column) -> None:
    for index, value in enumerate(column):
        if value.__class__ is ValidationError:
            batch.say(index, name, value)
            column[index] = NOT_GIVEN


def _beside(batch: Batch, name: str, index: int) -> Any:
    """What the row itself, or the record it changes, refers to by the key of this name."""
    value = batch.columns[name][index] if name in batch.columns else NOT_GIVEN
    if value is NOT_GIVEN and batch.existing[index] is not None:
        return getattr(batch.existing[index], f"{name}_id", None)
    return None if value is NOT_GIVEN else value
