"""Rows that people or programs hand in, checked as one set: they become instances, or problems cell by cell.

    taken = take(ASSETS, [{"tag": "AH-1", "kind": "Computer", "place": "仙溪镇"}], user=user)
    taken.problems or store(taken)

The API and the import both go through it. It asks the database a number of questions that grows with the columns
and not with the rows.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import repeat
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.db.models.base import ModelState
from django.utils.translation import gettext_lazy as _

from itops.crud.batch import NOT_GIVEN, OWN, Batch, Column, Problem, field_of, read_column, read_own
from itops.crud.constraints import broken, by_field
from itops.crud.own_columns import has_own
from itops.crud.reach import outside
from itops.crud.resource import Resource
from itops.crud.several import several
from itops.crud.several_taken import SeveralTaken
from itops.crud.several_taken import taken as taken_several
from itops.organisation.models import User

FORBIDDEN = "forbidden"

Row = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Taken:
    """`instances` stand beside the rows (None where a row is wrong); `names` are the fields that were given."""

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
    resource's natural fields) or by {"name": …}; `custom` is {key: value} of the county's own fields. Nothing is
    written. Who may add or change where is checked too; `existing` must already be what the account may change.
    """
    known = _known(resource)
    given = {
        name: [row.get(name, NOT_GIVEN) for row in rows] for name in known if any(name in row for row in rows)
    }
    batch = Batch(resource, given, existing or [None] * len(rows), user)
    _refuse_unknown(batch, rows, set(known))
    return _taken(batch, complete=complete)


def take_columns(
    resource: Resource,
    columns: Mapping[str, Column],
    *,
    user: User,
    existing: Sequence[Any],
    unrecorded: str = "",
    doubtful: Collection[int] = (),
    fixed: Collection[int] = (),
) -> Taken:
    """
    The same for what comes in columns already: lists by field name, as long as `existing`, NOT_GIVEN in gaps.

    By the field `unrecorded` new rows have been looked for among the records, and none was found. Of rows that are
    `doubtful` it is not known which record they mean: their cells alone are judged. Records of rows that are `fixed`
    the account may look at but not change: such rows may only say what is recorded.
    """
    batch = Batch(resource, columns, existing, user, frozenset(fixed))
    return _taken(batch, unrecorded=unrecorded, doubtful=doubtful)


def _taken(
    batch: Batch, *, complete: bool = False, unrecorded: str = "", doubtful: Collection[int] = ()
) -> Taken:
    names = [name for name in writable(batch.resource) if name in batch.given]
    for name in names:
        read_column(batch, name)
    if has_own(batch.resource.model):
        read_own(batch)
        names += [OWN] if OWN in batch.given else []
    _read_several(batch)
    _demand_required(batch, complete=complete)
    idle = _idle(batch, names)
    instances = _instances(batch, names)
    _refuse_changes(batch, batch.fixed - idle)
    _own_rules(batch, instances, spared={*idle, *doubtful})
    _refuse_foreign(batch, instances)
    wrong = batch.wrong
    right = {index: one for index, one in enumerate(instances) if index not in wrong}
    for index, name, refused in broken(batch.resource.model, right, unrecorded):
        batch.say(index, name, refused)
    wrong = batch.wrong
    kept = [None if index in wrong else one for index, one in enumerate(instances)]
    return Taken(batch.resource, kept, sorted(batch.problems, key=lambda one: one.row), names, batch.several)


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


def _known(resource: Resource) -> list[str]:
    return [
        *writable(resource),
        *([OWN] if has_own(resource.model) else []),
        *(one.name for one in several(resource)),
    ]


def _refuse_unknown(batch: Batch, rows: Sequence[Row], known: set[str]) -> None:
    said = ValidationError(_("There is no such field."), code="unknown_field")
    for index, row in enumerate(rows):
        if not row.keys() <= known:
            for name in sorted(map(str, row.keys() - known)):
                batch.say(index, name, said, value=row.get(name))


def _demand_required(batch: Batch, *, complete: bool) -> None:
    missing = ValidationError(_("This field is required."), code="required")
    for name in required(batch.resource):
        column = batch.given.get(name)
        for index, existing in enumerate(batch.existing):
            absent = column is None or column[index] is NOT_GIVEN
            if absent and (complete or existing is None):
                batch.say(index, name, missing)


def _instances(batch: Batch, names: Sequence[str]) -> list[Any]:
    """New ones in one go, by position; of existing ones what was given is set."""
    new = [index for index, one in enumerate(batch.existing) if one is None]
    made = dict(zip(new, _new(batch, new), strict=True))
    attnames = [(str(field_of(batch.resource, name).attname), batch.columns[name]) for name in names]
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


def _new(batch: Batch, indexes: Sequence[int]) -> Iterator[Any]:
    if not indexes:
        return iter(())
    model = batch.resource.model
    columns: list[Iterable[Any]] = []
    for one in model._meta.concrete_fields:
        given = batch.columns.get(one.name)
        columns.append(_filled(one, given, indexes))
    attnames = [str(one.attname) for one in model._meta.concrete_fields]
    return (_made(model, dict(zip(attnames, values, strict=True))) for values in zip(*columns, strict=True))


def _made(model: type[Model], values: dict[str, Any]) -> Any:
    """Put together as unpickling does it: the constructor would set field by field what is whole already."""
    one = model.__new__(model)
    values["_state"] = ModelState()
    one.__dict__ = values
    return one


def _filled(one: Any, given: Column | None, indexes: Sequence[int]) -> Iterable[Any]:
    if given is None:
        if callable(one.default):  # another for each
            return [one.get_default() for _index in indexes]
        return repeat(one.get_default(), len(indexes))
    if len(indexes) == len(given) and NOT_GIVEN not in given:
        return given
    return [one.get_default() if given[index] is NOT_GIVEN else given[index] for index in indexes]


def _idle(batch: Batch, names: Sequence[str]) -> set[int]:
    """Rows that say nothing but what is recorded: no rule of the model forbids that a thing stays as it is."""
    if not _has_rules(batch) and not batch.fixed:
        return set()
    attnames = [(str(field_of(batch.resource, name).attname), batch.columns[name]) for name in names]
    changing = {index for one in batch.several for index in one.changing}
    return {
        index
        for index, one in enumerate(batch.existing)
        if one is not None
        and index not in changing
        and all(column[index] in (NOT_GIVEN, getattr(one, attname)) for attname, column in attnames)
    }


def _has_rules(batch: Batch) -> bool:
    return batch.resource.model.clean is not Model.clean


def _own_rules(batch: Batch, instances: Sequence[Any], *, spared: Collection[int]) -> None:
    """What follows from other fields, and the model's clean(), where it has one; not of the `spared` rows."""
    derive, cleans = batch.resource.derive, _has_rules(batch)
    if derive is None and not cleans:
        return
    wrong = batch.wrong
    for index, instance in enumerate(instances):
        if index in wrong or index in batch.fixed:
            continue
        if derive is not None:
            derive(instance)
        try:
            if cleans and index not in spared:
                instance.clean()
        except ValidationError as refused:
            for name, error in by_field(refused):
                batch.say(index, name, error)


def _refuse_changes(batch: Batch, indexes: Collection[int]) -> None:
    said = ValidationError(_("You may look at this record, but not change it."), code=FORBIDDEN)
    for index in indexes:
        batch.say(index, "", said)


def _refuse_foreign(batch: Batch, instances: Sequence[Any]) -> None:
    """Nothing is added to a place, or moved into one, where the account may not do that; nothing tagged either."""
    resource = batch.resource
    step = (resource.place or "").partition("__")[0]
    for action, indexes in _by_action(batch).items():
        _refuse_outside(batch, step, resource.permission(action), {i: instances[i] for i in indexes})
    wrong = batch.wrong
    for one in filter(lambda one: one.several.change, batch.several):
        changing = {index: instances[index] for index in one.changing if index not in wrong}
        _refuse_outside(batch, one.several.name, one.several.change, changing)


def _refuse_outside(batch: Batch, name: str, permission: str, instances: Mapping[int, Any]) -> None:
    said = ValidationError(_("You may not do this there."), code=FORBIDDEN)
    for index in outside(batch.resource, instances, permission, batch.user) if instances else ():
        batch.say(index, name, said)


def _read_several(batch: Batch) -> None:
    """Tags and many-to-many fields, of the rows that say them."""
    for one in several(batch.resource):
        column = batch.given.get(one.name, ())
        raws = {index: raw for index, raw in enumerate(column) if raw is not NOT_GIVEN}
        if raws:
            keys = {index: getattr(batch.existing[index], "pk", None) for index in raws}
            found, refused = taken_several(one, raws, keys)
            batch.several.append(found)
            for index, error in refused:
                batch.say(index, one.name, error)


def _by_action(batch: Batch) -> Mapping[str, list[int]]:
    wrong = batch.wrong
    found: dict[str, list[int]] = defaultdict(list)
    for index, one in enumerate(batch.existing):
        if index not in wrong and index not in batch.fixed:
            found["add" if one is None else "change"].append(index)
    return found
