"""Which record a row is about: by what identifies one, an asset's number or an office's place and name."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import UniqueConstraint

from itops.crud.any_of import AnyOf
from itops.crud.batch import NOT_GIVEN
from itops.crud.naming import Reference
from itops.crud.resource import Resource
from itops.exchange.cells import Columns
from itops.organisation.models import User

Key = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Matches:
    """`keys`: beside each row what it was looked for by. `found`: the records by key; several are a doubt."""

    keys: Sequence[Key | None]
    found: Mapping[Key, Sequence[int]]

    def of(self, index: int) -> Sequence[int]:
        key = self.keys[index]
        return self.found.get(key, ()) if key is not None else ()


def identifying(resource: Resource) -> tuple[str, ...]:
    """The fields that together tell one record from another; the last resort are its owner and its name."""
    fields = {one.name: one for one in resource.model._meta.concrete_fields}
    for name in resource.natural:
        if fields[name].unique:
            return (name,)
    for constraint in resource.model._meta.constraints:
        if _identifies(constraint, resource):
            return tuple(constraint.fields)  # type: ignore[attr-defined]
    owner = (resource.place or "").partition("__")[0]
    return (owner, resource.natural[0]) if owner else (resource.natural[0],)


def _identifies(constraint: Any, resource: Resource) -> bool:
    plain = isinstance(constraint, UniqueConstraint) and constraint.condition is None
    return plain and bool(constraint.fields) and set(constraint.fields) <= set(resource.fields)


def matches(resource: Resource, columns: Columns, count: int, user: User) -> Matches:
    """Which records rows answer to that say enough; an id, where they have one, is not looked at."""
    names = identifying(resource)
    parts = [_part(resource, name, columns.get(name), count, user) for name in names]
    keys: list[Key | None] = [None if None in key or "" in key else key for key in zip(*parts, strict=True)]
    return Matches(keys, _recorded(resource, names, {key for key in keys if key is not None}))


def _part(resource: Resource, name: str, column: list[Any] | None, count: int, user: User) -> Sequence[Any]:
    """Texts as they are, references as keys; None where a row does not say."""
    field: Any = resource.model._meta.get_field(name)
    given = [None] * count if column is None else [None if one is NOT_GIVEN else one for one in column]
    if not isinstance(field, models.ForeignKey):
        return [value.strip() if value.__class__ is str else value for value in given]
    asked = [value for value in given if value not in (None, "")]
    keys, _refused = Reference.of(resource, field, user).keys(asked, lambda _name, _index: None)
    answers = iter(keys)
    return [None if value in (None, "") else next(answers) for value in given]


def _recorded(resource: Resource, names: Sequence[str], keys: set[Key]) -> Mapping[Key, list[int]]:
    if not keys:
        return {}
    wanted = (AnyOf(name, {key[place] for key in keys}) for place, name in enumerate(names))
    found: dict[Key, list[int]] = defaultdict(list)
    for pk, *values in resource.model._base_manager.filter(*wanted).order_by().values_list("pk", *names):
        if (key := tuple(values)) in keys:
            found[key].append(pk)
    return found
