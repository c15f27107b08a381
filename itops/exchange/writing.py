"""Many rows into their table at once: new ones by COPY, changed ones by one UPDATE. The record's triggers see both."""

import json
from collections.abc import Sequence
from operator import itemgetter
from typing import Any

from django.db import connection, models
from django.db.models import Model
from psycopg import sql

from itops.crud.any_of import plain_type


def add(instances: Sequence[Model], *, with_keys: bool = False) -> None:
    """COPY of everything; the keys are given by the database, beforehand where they must be known afterwards."""
    if not instances:
        return
    model = type(instances[0])
    if with_keys:
        _give_keys(model, instances)
    fields = [one for one in model._meta.concrete_fields if with_keys or not one.primary_key]
    statement = sql.SQL("COPY {table} ({columns}) FROM STDIN").format(
        table=sql.Identifier(model._meta.db_table),
        columns=sql.SQL(", ").join(sql.Identifier(str(one.column)) for one in fields),
    )
    values_of = itemgetter(*(one.attname for one in fields))
    json_at = [place for place, one in enumerate(fields) if isinstance(one, models.JSONField)]
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for instance in instances:
            values = list(values_of(instance.__dict__))
            for place in json_at:
                values[place] = _as_json(values[place])
            copy.write_row(values)


def _give_keys(model: type[Model], instances: Sequence[Model]) -> None:
    key: Any = model._meta.pk
    statement = "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)"
    with connection.cursor() as cursor:
        cursor.execute(statement, [model._meta.db_table, key.column, len(instances)])
        for instance, (pk,) in zip(instances, cursor.fetchall(), strict=True):
            instance.pk = pk


def change(instances: Sequence[Model], names: Sequence[str]) -> None:
    """These fields of these rows, in one statement."""
    if not instances or not names:
        return
    model = type(instances[0])
    key: Any = model._meta.pk
    fields: list[Any] = [model._meta.get_field(name) for name in names]
    statement = sql.SQL(
        "UPDATE {table} AS t SET {sets} FROM unnest({arrays}) AS v({columns}) WHERE t.{key} = v.{key}"
    )
    columns = [key.column, *(one.column for one in fields)]
    composed = statement.format(
        table=sql.Identifier(model._meta.db_table),
        sets=sql.SQL(", ").join(
            sql.SQL("{column} = v.{column}").format(column=sql.Identifier(one.column)) for one in fields
        ),
        arrays=sql.SQL(", ").join(sql.SQL(f"%s::{plain_type(one)}[]") for one in [key, *fields]),
        columns=sql.SQL(", ").join(sql.Identifier(column) for column in columns),
        key=sql.Identifier(key.column),
    )
    with connection.cursor() as cursor:
        cursor.execute(composed, [_values(instances, one) for one in [key, *fields]])


def _values(instances: Sequence[Model], field: Any) -> list[Any]:
    values = [instance.__dict__[field.attname] for instance in instances]
    return [_as_json(value) for value in values] if isinstance(field, models.JSONField) else values


def _as_json(value: Any) -> str | None:
    if value == {}:  # nearly always
        return "{}"
    return None if value is None else json.dumps(value, ensure_ascii=False)
