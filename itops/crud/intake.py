"""Rows that people or programs hand in, checked as one set: they become instances, or problems cell by cell.

    taken = take(ASSETS, [{"tag": "AH-1", "kind": "Computer", "place": "仙溪镇"}], user=user)
    taken.problems or store(taken)

The API and the import both go through it. It asks the database a number of questions that grows with the columns
and not with the rows.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Model
from django.utils.translation import gettext as _

from itops.crud.constraints import broken, by_field
from itops.crud.naming import Beside, Reference
from itops.crud.own_columns import has_own
from itops.crud.own_values import OwnValues
from itops.crud.reach import outside
from itops.crud.reading import empty_value, expected, reader_of
from itops.crud.resource import Resource
from itops.crud.several import several
from itops.crud.several_taken import SeveralTaken
from itops.crud.several_taken import taken as taken_several
from itops.extras.custom_fields import FILTER_PREFIX, custom_fields
from itops.organisation.models import User

FORBIDDEN = "forbidden"
MOST_SHOWN = 200
NOT_GIVEN: Any = object()
OWN = "custom"

Row = Mapping[str, object]
Column = list[Any]


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a cell; `field` is "" for a whole row. `row` counts from 0 in what was handed in."""

    row: int
    field: str
    value: object
    code: str
    sentence: str
    expected: str = ""


@dataclass(frozen=True, slots=True)
class Taken:
    """`instances` stand beside the rows (None where a row is wrong); `names` are the columns that were given."""

    resource: Resource
    instances: Sequence[Any]
    problems: Sequence[Problem]
    names: Sequence[str]
    several: Sequence[SeveralTaken] = ()

    @property
    def good(self) -> list[Any]:
        return [one for one in self.instances if one is not None]

    @property
    def new(self) -> list[Any]:
        return [one for one in self.good if one.pk is None]

    @property
    def changed(self) -> list[Any]:
        return [one for one in self.good if one.pk is not None]


@dataclass(slots=True)
class _Batch:
    """What is at work: raw rows, the instances they are about, cleaned columns, and problems so far."""

    resource: Resource
    rows: Sequence[Row]
    existing: Sequence[Any]
    user: User
    columns: dict[str, Column] = field(default_factory=dict)
    several: list[SeveralTaken] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def say(self, row: int, name: str, refused: ValidationError, code: str = "") -> None:
        value = self.rows[row].get(name) if name else None
        if name.startswith(FILTER_PREFIX):
            value = self._own_value(row, name.removeprefix(FILTER_PREFIX))
        known = _field_of(self.resource, name)
        should_be = expected(known) if known is not None else ""
        for error in refused.error_list:
            said = " ".join(error.messages)
            self.problems.append(
                Problem(row, name, _short(value), code or error.code or "invalid", said, should_be)
            )

    def _own_value(self, row: int, key: str) -> object:
        own = self.rows[row].get(OWN)
        return own.get(key) if isinstance(own, Mapping) else None


def take(
    resource: Resource,
    rows: Sequence[Row],
    *,
    user: User,
    existing: Sequence[Any] | None = None,
    complete: bool = False,
) -> Taken:
    """
    Rows by field name. `existing` stands beside them: the instance that a row changes, or None for a new one;
    of those only the fields given are touched, and `complete` demands the required ones all the same.

    Takes stored values, labels of choices in both languages, references by id (a number), by name (text, the
    resource's natural fields) or by {"name": …}; `custom` is {key: value} of the county's own fields, `tags` a list
    or text. Nothing is written. Who may add or change where is checked too; `existing` must already be what the
    account may change.
    """
    batch = _Batch(resource, rows, existing or [None] * len(rows), user)
    _refuse_unknown(batch)
    names = [name for name in writable(resource) if any(name in row for row in rows)]
    for name in names:
        _read_column(batch, name)
    names += _read_own(batch)
    _read_several(batch)
    _demand_required(batch, complete=complete)
    instances = _instances(batch, names)
    _own_rules(batch, instances)
    _refuse_foreign(batch, instances)
    wrong = {problem.row for problem in batch.problems}
    right = {index: one for index, one in enumerate(instances) if index not in wrong}
    for index, name, refused in broken(resource.model, right):
        batch.say(index, name, refused)
    wrong = {problem.row for problem in batch.problems}
    kept = [None if index in wrong else one for index, one in enumerate(instances)]
    return Taken(resource, kept, sorted(batch.problems, key=lambda one: one.row), names, batch.several)


def store(taken: Taken, batch_size: int = 2000) -> list[Any]:
    """Writes what was right; all in the caller's transaction. Instances in the rows' order."""
    manager = taken.resource.model._default_manager
    new, changed = taken.new, taken.changed  # told apart by their keys, which the new ones are about to get
    manager.bulk_create(new, batch_size=batch_size)
    if changed and taken.names:
        manager.bulk_update(changed, derived_too(taken), batch_size=batch_size)
    for one in taken.several:
        one.store(taken.instances)
    return taken.good


def derived_too(taken: Taken) -> list[str]:
    """The fields to write of what is changed: those given and those that follow from them."""
    return [*taken.names, *taken.resource.derived]


def writable(resource: Resource) -> list[str]:
    """The fields that may be handed in."""
    known = {one.name for one in resource.model._meta.concrete_fields if one.editable}
    names = [name for name in resource.fields if name in known]
    return [*names, "archived"] if resource.archives and "archived" not in names else names


def required(resource: Resource) -> list[str]:
    """Those of them without which nothing can be added."""
    return [name for name in writable(resource) if _is_required(resource.model._meta.get_field(name))]


def _is_required(one: Any) -> bool:
    return not (one.null or one.has_default() or (one.blank and one.empty_strings_allowed))


def _field_of(resource: Resource, name: str) -> Any:
    return {one.name: one for one in resource.model._meta.concrete_fields}.get(name)


def _short(value: object) -> object:
    return f"{value[:MOST_SHOWN]}…" if isinstance(value, str) and len(value) > MOST_SHOWN else value


def _refuse_unknown(batch: _Batch) -> None:
    known = {*writable(batch.resource), *([OWN] if has_own(batch.resource.model) else [])}
    known |= {one.name for one in several(batch.resource)}
    for index, row in enumerate(batch.rows):
        if not row.keys() <= known:
            for name in sorted(map(str, row.keys() - known)):
                batch.say(index, name, ValidationError(_("There is no such field."), code="unknown_field"))


def _read_column(batch: _Batch, name: str) -> None:
    raws = [row.get(name, NOT_GIVEN) for row in batch.rows]
    known = _field_of(batch.resource, name)
    if isinstance(known, models.ForeignKey):
        _read_references(batch, known, raws)
        return
    reader = _remembering(reader_of(known))
    column: Column = []
    for index, raw in enumerate(raws):
        value = NOT_GIVEN if raw is NOT_GIVEN else reader(raw)
        if value.__class__ is ValidationError:
            batch.say(index, name, value)
            value = NOT_GIVEN
        column.append(value)
    batch.columns[name] = column


def _read_own(batch: _Batch) -> list[str]:
    """The county's own fields; new records begin with their defaults. The column's name if it was given."""
    if not has_own(batch.resource.model):
        return []
    own = OwnValues(custom_fields(batch.resource.model), batch.user)
    column: Column = []
    for index, row in enumerate(batch.rows):
        before = getattr(batch.existing[index], OWN, None)
        if OWN not in row and before is not None:
            column.append(NOT_GIVEN)
            continue
        values, refused = own.taken(row.get(OWN, {}), before)
        column.append(values)
        for name, error in refused:
            batch.say(index, name, error)
    batch.columns[OWN] = column
    return [OWN] if any(OWN in row for row in batch.rows) else []


def _read_several(batch: _Batch) -> None:
    """Tags and many-to-many fields, of the rows that say them."""
    for one in several(batch.resource):
        raws = {index: row[one.name] for index, row in enumerate(batch.rows) if one.name in row}
        if raws:
            keys = {index: getattr(batch.existing[index], "pk", None) for index in raws}
            found, refused = taken_several(one, raws, keys)
            batch.several.append(found)
            for index, error in refused:
                batch.say(index, one.name, error)


def _remembering(reader: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Columns repeat themselves; a refusal comes back as a value. Lists and objects are not remembered."""
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


def _read_references(batch: _Batch, key: "models.ForeignKey[Any, Any]", raws: Column) -> None:
    """A reference that stays as it is may be to something archived or out of reach."""
    column: Column = [NOT_GIVEN] * len(raws)
    asked: dict[int, Any] = {}
    empty = partial(_tried, lambda _raw: empty_value(key)(), None)
    for index, raw in enumerate(raws):
        if raw is NOT_GIVEN:
            continue
        current = getattr(batch.existing[index], key.attname, None)
        if raw is None or (isinstance(raw, str) and not raw.strip()):
            column[index] = empty()
        elif current is not None and raw.__class__ is int and raw == current:
            column[index] = current
        else:
            asked[index] = raw
    if asked:
        indexes = list(asked)
        beside: Beside = partial(_beside, batch)
        reference = Reference.of(batch.resource, key, batch.user)
        keys, refused = reference.keys(list(asked.values()), lambda name, place: beside(name, indexes[place]))
        for place, index in enumerate(indexes):
            column[index] = refused.get(place, keys[place])
    _tell_refused(batch, key.name, column)
    batch.columns[key.name] = column


def _tell_refused(batch: _Batch, name: str, column: Column) -> None:
    for index, value in enumerate(column):
        if value.__class__ is ValidationError:
            batch.say(index, name, value)
            column[index] = NOT_GIVEN


def _beside(batch: _Batch, name: str, index: int) -> Any:
    """What the row itself, or the record it changes, refers to by the key of this name."""
    value = batch.columns[name][index] if name in batch.columns else NOT_GIVEN
    if value is NOT_GIVEN and batch.existing[index] is not None:
        return getattr(batch.existing[index], f"{name}_id", None)
    return None if value is NOT_GIVEN else value


def _demand_required(batch: _Batch, *, complete: bool) -> None:
    missing = ValidationError(_("This field is required."), code="required")
    for name in required(batch.resource):
        for index, row in enumerate(batch.rows):
            if name not in row and (complete or batch.existing[index] is None):
                batch.say(index, name, missing)


def _instances(batch: _Batch, names: Sequence[str]) -> list[Any]:
    """New ones in one go, by position; of existing ones what was given is set."""
    new = [index for index, one in enumerate(batch.existing) if one is None]
    made = dict(zip(new, _new(batch, new), strict=True))
    attnames = [(str(_field_of(batch.resource, name).attname), batch.columns[name]) for name in names]
    found = []
    for index, one in enumerate(batch.existing):
        if one is None:
            found.append(made[index])
            continue
        for attname, column in attnames:
            if column[index] is not NOT_GIVEN:
                setattr(one, attname, column[index])
        found.append(one)
    return found


def _new(batch: _Batch, indexes: Sequence[int]) -> Iterator[Any]:
    if not indexes:
        return iter(())
    model = batch.resource.model
    columns: list[Iterable[Any]] = []
    for one in model._meta.concrete_fields:
        given = batch.columns.get(one.name)
        columns.append(_filled(one, given, indexes))
    return (model(*values) for values in zip(*columns, strict=True))


def _filled(one: Any, given: Column | None, indexes: Sequence[int]) -> Iterable[Any]:
    if given is None:
        return [one.get_default() for _index in indexes]
    return [one.get_default() if given[index] is NOT_GIVEN else given[index] for index in indexes]


def _own_rules(batch: _Batch, instances: Sequence[Any]) -> None:
    """What follows from other fields, and the model's clean(), where it has one."""
    derive, cleans = batch.resource.derive, batch.resource.model.clean is not Model.clean
    if derive is None and not cleans:
        return
    wrong = {problem.row for problem in batch.problems}
    for index, instance in enumerate(instances):
        if index in wrong:
            continue
        if derive is not None:
            derive(instance)
        try:
            if cleans:
                instance.clean()
        except ValidationError as refused:
            for name, error in by_field(refused):
                batch.say(index, name, error)


def _refuse_foreign(batch: _Batch, instances: Sequence[Any]) -> None:
    """Nothing is added to a place, or moved into one, where the account may not do that; nothing tagged either."""
    resource = batch.resource
    step = (resource.place or "").partition("__")[0]
    for action, indexes in _by_action(batch).items():
        _refuse_outside(batch, step, resource.permission(action), {i: instances[i] for i in indexes})
    wrong = {problem.row for problem in batch.problems}
    for one in filter(lambda one: one.several.change, batch.several):
        changing = {index: instances[index] for index in one.changing if index not in wrong}
        _refuse_outside(batch, one.several.name, one.several.change, changing)


def _refuse_outside(batch: _Batch, name: str, permission: str, instances: Mapping[int, Any]) -> None:
    said = ValidationError(_("You may not do this there."), code=FORBIDDEN)
    for index in outside(batch.resource, instances, permission, batch.user) if instances else ():
        batch.say(index, name, said)


def _by_action(batch: _Batch) -> Mapping[str, list[int]]:
    wrong = {(problem.row) for problem in batch.problems}
    found: dict[str, list[int]] = defaultdict(list)
    for index, one in enumerate(batch.existing):
        if index not in wrong:
            found["add" if one is None else "change"].append(index)
    return found
