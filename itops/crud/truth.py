"""Whether a constraint's condition holds for values in memory, by SQL's rules: True, False, or None for unknown."""

from collections.abc import Callable, Mapping
from functools import reduce
from operator import ge, gt, le, lt
from typing import Any

from django.db.models import F, Q

COMPARED: dict[str, Callable[[Any, Any], bool]] = {
    "exact": lambda one, other: bool(one == other),
    "gt": gt,
    "gte": ge,
    "lt": lt,
    "lte": le,
    "in": lambda one, others: one in others,
}


class NotWorkedOut(Exception):
    """The condition uses something that only the database can tell."""


def holds(condition: Any, values: Mapping[str, Any]) -> bool | None:
    """`values` are the row's, by field name. Raises NotWorkedOut."""
    if not isinstance(condition, Q):
        return _compare(condition, values)
    parts = [holds(part, values) for part in condition.children]
    if condition.connector not in (Q.AND, Q.OR):
        raise NotWorkedOut
    found = reduce(_and if condition.connector == Q.AND else _or, parts)
    return _not(found) if condition.negated else found


def _compare(condition: Any, values: Mapping[str, Any]) -> bool | None:
    if not isinstance(condition, tuple):
        raise NotWorkedOut
    name, _sep, lookup = condition[0].partition("__")
    wanted = _value(condition[1], values)
    if name not in values:
        raise NotWorkedOut
    known = values[name]
    if lookup == "isnull" or (lookup in ("", "exact") and condition[1] is None):
        return (known is None) == (wanted is not False)
    if (lookup or "exact") not in COMPARED:
        raise NotWorkedOut
    return None if known is None or wanted is None else COMPARED[lookup or "exact"](known, wanted)


def _value(given: Any, values: Mapping[str, Any]) -> Any:
    if isinstance(given, F):
        if given.name not in values:
            raise NotWorkedOut
        return values[given.name]
    if hasattr(given, "resolve_expression"):
        raise NotWorkedOut
    return given


def _and(one: bool | None, other: bool | None) -> bool | None:
    if one is False or other is False:
        return False
    return None if one is None or other is None else True


def _or(one: bool | None, other: bool | None) -> bool | None:
    if one or other:
        return True
    return None if one is None or other is None else False


def _not(one: bool | None) -> bool | None:
    return None if one is None else not one
