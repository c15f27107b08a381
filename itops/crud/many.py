"""The same change to many records: all of them or none, each checked as if it were edited alone."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from itops.crud.reach import outside
from itops.crud.resource import Resource
from itops.crud.several import Several, several
from itops.organisation.models import User

MOST_SAID = 20

Troubles = dict[str, list[str]]


@transaction.atomic
def change_many(
    resource: Resource, found: QuerySet[Any], values: Mapping[str, Any], ways: Mapping[str, str], *, by: User
) -> int:
    """
    Sets `values` (already cleaned by their form fields) on every record; how many there were.

    `ways` says for tags and many-to-many fields whether to add, remove or replace. Raises ValidationError by
    field, with the record that refuses named, and PermissionDenied when one would leave the account's scope.
    """
    plain = {name: value for name, value in values.items() if name not in ways}
    held = list(found.select_for_update(of=("self",)).select_related(*resource.related))
    for instance in held:
        for name, value in plain.items():
            setattr(instance, name, _stored(resource, name, value))
        if resource.derive is not None:
            resource.derive(instance)
    _refuse(_troubles(held, list(plain)))
    _stay_in_scope(resource, held, by)
    if plain:
        _write(resource, held, [*plain, *resource.derived])
    for one in several(resource):
        if one.name in ways:
            _hold(resource, one, held, {target.pk for target in values[one.name]}, ways[one.name], by)
    return len(held)


def _stored(resource: Resource, name: str, value: Any) -> Any:
    field: Any = resource.model._meta.get_field(name)
    return "" if value is None and not field.null else value


def _troubles(held: Sequence[Any], names: Sequence[str]) -> Troubles:
    """What the models' own rules say; only the first few are told."""
    troubles: Troubles = {}
    for instance in held:
        try:
            instance.clean()
        except ValidationError as refused:
            for name, said in _by_field(refused, names).items():
                troubles.setdefault(name, []).extend(f"{instance}: {one}" for one in said)
    return troubles


def _stay_in_scope(resource: Resource, held: Sequence[Any], by: User) -> None:
    if resource.place is not None and not all(resource.may(by, "change", instance) for instance in held):
        raise PermissionDenied


def _write(resource: Resource, held: Sequence[Any], names: Sequence[str]) -> None:
    """The database holds the constraints; only when one fails is it looked for record by record."""
    try:
        with transaction.atomic():
            resource.model._default_manager.bulk_update(held, names, batch_size=1000)
    except IntegrityError:
        troubles: Troubles = {}
        for instance in held:
            try:
                instance.validate_constraints()
            except ValidationError as refused:
                for name, said in _by_field(refused, names).items():
                    troubles.setdefault(name, []).extend(f"{instance}: {one}" for one in said)
        _refuse(troubles)
        raise


def _refuse(troubles: Troubles) -> None:
    if troubles:
        raise ValidationError({name: said[:MOST_SAID] for name, said in troubles.items()})


def _by_field(refused: ValidationError, names: Sequence[str]) -> Troubles:
    if not hasattr(refused, "error_dict"):
        return {NON_FIELD_ERRORS: list(refused.messages)}
    found: Troubles = {}
    for name, errors in refused.error_dict.items():
        said = [one for error in errors for one in error.messages]
        found.setdefault(name if name in names else NON_FIELD_ERRORS, []).extend(said)
    return found


def _hold(
    resource: Resource, one: Several, held: Sequence[Any], chosen: set[int], way: str, by: User
) -> None:
    """Whoever may change a record may not always tag it."""
    if one.change and outside(resource, dict(enumerate(held)), one.change, by):
        raise PermissionDenied
    before = one.held([instance.pk for instance in held])
    one.write({instance.pk: _becomes(before.get(instance.pk, frozenset()), chosen, way) for instance in held})


def _becomes(held: frozenset[int], chosen: set[int], way: str) -> frozenset[int]:
    if way == "replace":
        return frozenset(chosen)
    return held - chosen if way == "remove" else held | chosen
