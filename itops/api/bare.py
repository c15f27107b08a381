"""Instances of many rows without Django's initialisation, several times as fast; what is left out loads when asked for.

Nothing listens to the making of these models; long columns (text, JSON) come only where they are wanted.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from django.db import models
from django.db.models import Model, QuerySet
from django.db.models.base import ModelState
from django.db.models.expressions import RawSQL
from django.db.models.functions import Cast


@dataclass(frozen=True, slots=True)
class _Part:
    """The rows' own columns, or those of a record joined to them under a lookup."""

    model: type[Model]
    at: str
    fields: Sequence[Any]
    names: Sequence[str]
    json: Sequence[str]
    key: str

    @classmethod
    def of(cls, model: type[Model], at: str, *, long: bool) -> "_Part":
        fields = [one for one in model._meta.concrete_fields if long or not _is_long(one)]
        json = [one.attname for one in fields if _is_json(one)]
        return cls(model, at, fields, [one.attname for one in fields], json, model._meta.pk.attname)

    def columns(self) -> list[Any]:
        before = f"{self.at}__" if self.at else ""
        return [
            Cast(f"{before}{one.name}", models.TextField()) if _is_json(one) else f"{before}{one.attname}"
            for one in self.fields
        ]

    def made(self, values: Sequence[Any]) -> Any:
        """None where nothing was joined."""
        known: dict[str, Any] = dict(zip(self.names, values, strict=True))
        if known[self.key] is None:
            return None
        for name in self.json:
            known[name] = _structure(known[name])
        state = known["_state"] = ModelState()
        state.adding, state.db = False, "default"
        instance: Any = self.model.__new__(self.model)
        instance.__dict__ = known
        return instance


def bare(found: QuerySet[Any], *, joined: Sequence[str] = (), long: bool = False) -> list[Any]:
    """The rows as instances, with what `joined` names (lookups of foreign keys) in their place."""
    steps = list(dict.fromkeys(step for one in joined for step in _steps(one)))
    parts = [
        _Part.of(found.model, "", long=long),
        *(_Part.of(_model_at(found.model, at), at, long=False) for at in steps),
    ]
    columns = [column for part in parts for column in part.columns()]
    rows = found.values_list(*columns)
    return [_assembled(parts, row) for row in rows] if steps else [parts[0].made(row) for row in rows]


def keyed(found: QuerySet[Any], keys: Iterable[int]) -> QuerySet[Any]:
    """Those with these keys, as one array: a thousand parameters take longer to write than to answer."""
    return found.filter(pk__in=these(keys))


def these(keys: Iterable[int]) -> RawSQL:
    """The keys as something to be `__in`."""
    return RawSQL("SELECT unnest(%s::bigint[])", (list(keys),))


def _assembled(parts: Sequence[_Part], row: Sequence[Any]) -> Any:
    made: dict[str, Any] = {}
    start = 0
    for part in parts:
        stop = start + len(part.fields)
        made[part.at] = part.made(row[start:stop])
        start = stop
        if part.at:
            above, _sep, name = part.at.rpartition("__")
            if made[above] is not None:
                made[above]._state.fields_cache[name] = made[part.at]
    return made[""]


def _steps(lookup: str) -> Iterator[str]:
    """ "office__place": the office, then its place."""
    names = lookup.split("__")
    yield from ("__".join(names[:depth]) for depth in range(1, len(names) + 1))


def _model_at(model: Any, lookup: str) -> Any:
    for step in lookup.split("__"):
        model = model._meta.get_field(step).related_model
    return model


def _structure(text: str | None) -> Any:
    return {} if text == "{}" else None if text is None else orjson.loads(text)


def _is_json(field: Any) -> bool:
    return isinstance(field, models.JSONField)


def _is_long(field: Any) -> bool:
    return isinstance(field, models.JSONField | models.TextField)
