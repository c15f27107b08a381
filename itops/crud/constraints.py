"""The constraints of a model asked of a whole batch: what collides inside it or with what is recorded, row by row."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import BaseConstraint, CheckConstraint, Model, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _

from itops.crud.any_of import AnyOf
from itops.crud.truth import NotWorkedOut, holds
from itops.wording import enumerated

Broken = tuple[int, str, ValidationError]
"""Index of the row, field ("" for the row as a whole), what is said."""
Rows = Mapping[int, Any]


def broken(model: type[Model], rows: Rows, unrecorded: str = "") -> Iterator[Broken]:
    """
    `rows` are instances by index; those with a key replace what is recorded under it.

    Of the field `unrecorded` it is known already that no record has what new rows say.
    """
    for field in model._meta.fields:
        if field.unique and not field.primary_key:
            known = field.name == unrecorded
            yield from _collisions(
                model, rows, [field.name], None, _twice(model, [field.name]), only_changed=known
            )
    for constraint in model._meta.constraints:
        yield from _of(constraint, model, rows)


def _of(constraint: BaseConstraint, model: type[Model], rows: Rows) -> Iterator[Broken]:
    try:
        if isinstance(constraint, CheckConstraint):
            yield from _checked(constraint, rows)
        elif isinstance(constraint, UniqueConstraint) and _plain(constraint):
            names = list(constraint.fields)
            yield from _collisions(model, rows, names, constraint.condition, _refusal(constraint, model))
        else:
            raise NotWorkedOut
    except NotWorkedOut:
        yield from _one_by_one(constraint, model, rows)


def _plain(constraint: UniqueConstraint) -> bool:
    return bool(constraint.fields) and not constraint.expressions and constraint.nulls_distinct is not False


def _checked(constraint: CheckConstraint, rows: Rows) -> Iterator[Broken]:
    refused = [
        index for index, instance in rows.items() if holds(constraint.condition, _values(instance)) is False
    ]
    said = ValidationError(constraint.get_violation_error_message(), code="invalid")
    yield from ((index, "", said) for index in refused)


def _values(instance: Any) -> Mapping[str, Any]:
    known = instance.__dict__
    return {field.name: known.get(field.attname) for field in instance._meta.concrete_fields}


def _collisions(
    model: type[Model],
    rows: Rows,
    names: Sequence[str],
    condition: Q | None,
    said: ValidationError,
    *,
    only_changed: bool = False,
) -> Iterator[Broken]:
    """
    Rows that are alike in these fields; a lone field is named as the one to blame.

    With `only_changed` what is recorded is asked for rows with a key alone.
    """
    attnames = [str(getattr(model._meta.get_field(name), "attname", name)) for name in names]
    columns = [[one.__dict__.get(name) for one in rows.values()] for name in attnames]
    keys = dict(zip(rows, zip(*columns, strict=True), strict=True))
    if condition is not None:
        keys = {index: key for index, key in keys.items() if holds(condition, _values(rows[index])) is True}
    alike: dict[tuple[Any, ...], list[int]] = {}
    for index, key in keys.items():
        if None not in key:
            alike.setdefault(key, []).append(index)
    asked = {keys[index] for index in keys if rows[index].pk is not None} if only_changed else set(alike)
    taken = _recorded(model, names, asked & alike.keys(), condition, rows)
    if not taken and len(alike) == len(rows):
        return
    blamed = names[0] if len(names) == 1 else ""
    for key, indexes in alike.items():
        yield from ((index, blamed, said) for index in (indexes if key in taken else indexes[1:]))


def _recorded(
    model: type[Model],
    names: Sequence[str],
    asked: Collection[tuple[Any, ...]],
    condition: Q | None,
    rows: Rows,
) -> set[tuple[Any, ...]]:
    """Those of the keys that rows outside the batch have already."""
    if not asked:
        return set()
    wanted = Q(*(AnyOf(name, {key[place] for key in asked}) for place, name in enumerate(names)))
    others = model._base_manager.filter(wanted).order_by()
    if condition is not None:
        others = others.filter(condition)
    own = {instance.pk for instance in rows.values() if instance.pk is not None}
    found = others.values_list("pk", *names)
    return {tuple(key) for pk, *key in found if pk not in own and tuple(key) in asked}


def _refusal(constraint: UniqueConstraint, model: type[Model]) -> ValidationError:
    """What the constraint says itself, if it does."""
    said = constraint.violation_error_message
    if said is None or said == constraint.default_violation_error_message:
        return _twice(model, list(constraint.fields))
    return ValidationError(said, code="unique_together")


def _twice(model: type[Model], names: Sequence[str]) -> ValidationError:
    if len(names) == 1:
        return ValidationError(_("Another record has this value already."), code="unique")
    said = _("Another record with the same %(names)s exists already.")
    called = enumerated([getattr(model._meta.get_field(name), "verbose_name", name) for name in names])
    return ValidationError(said, params={"names": called}, code="unique_together")


def _one_by_one(constraint: BaseConstraint, model: type[Model], rows: Rows) -> Iterator[Broken]:
    """What only the database can tell (exclusions, expressions): a question for each row."""
    ask: Callable[..., None] = constraint.validate  # type: ignore[attr-defined]  # every constraint has it
    for index, instance in rows.items():
        try:
            ask(model, instance)
        except ValidationError as refused:
            yield index, "", refused


def by_field(refused: ValidationError) -> Iterator[tuple[str, ValidationError]]:
    """The parts of what a model's own rules say; "" for those about the whole row."""
    if not hasattr(refused, "error_dict"):
        yield "", refused
        return
    for name, errors in refused.error_dict.items():
        yield from (("" if name == NON_FIELD_ERRORS else name, error) for error in errors)
