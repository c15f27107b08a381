"""Which record a row is about: by what identifies one, an asset's number or an office's place and name."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import UniqueConstraint

from itops.crud.naming import Reference
from itops.crud.resource import Resource
from itops.organisation.models import User

Key = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Match:
    """The records found for a row: none for an addition; several are a doubt. `key` is what it was looked for by."""

    key: Key | None
    found: Sequence[int]


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


def matches(resource: Resource, rows: Sequence[Mapping[str, Any]], user: User) -> list[Match]:
    """Beside each row without an id: what it was looked for by, and the records that answer to it."""
    names = identifying(resource)
    columns = [_column(resource, name, rows, user) for name in names]
    keys: list[Key | None] = [None if None in key or "" in key else key for key in zip(*columns, strict=True)]
    recorded = _recorded(resource, names, {key for key in keys if key is not None})
    return [Match(key, recorded.get(key, ()) if key is not None else ()) for key in keys]


def _column(resource: Resource, name: str, rows: Sequence[Mapping[str, Any]], user: User) -> Sequence[Any]:
    """Texts as they are, references as keys; None where a row does not say."""
    field: Any = resource.model._meta.get_field(name)
    given = [row.get(name) for row in rows]
    if not isinstance(field, models.ForeignKey):
        return [value.strip() if isinstance(value, str) else value for value in given]
    asked = [value for value in given if value not in (None, "")]
    keys, _refused = Reference.of(resource, field, user).keys(asked, lambda _name, _index: None)
    answers = iter(keys)
    return [None if value in (None, "") else next(answers) for value in given]


def _recorded(resource: Resource, names: Sequence[str], keys: set[Key]) -> Mapping[Key, list[int]]:
    if not keys:
        return {}
    wanted = {f"{name}__in": {key[place] for key in keys} for place, name in enumerate(names)}
    found: dict[Key, list[int]] = defaultdict(list)
    for pk, *values in resource.model._base_manager.filter(**wanted).values_list("pk", *names):
        if (key := tuple(values)) in keys:
            found[key].append(pk)
    return found
