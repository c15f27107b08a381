"""Rows of a model made by one statement: what is not said takes the field's default."""

from collections.abc import Mapping

from django.db import connection, models

from itops.database.statements import run


def insert(
    model: type[models.Model], columns: Mapping[str, str], source: str, numbers: Mapping[str, object]
) -> int:
    """INSERT … SELECT: `columns` are expressions over `source`, which names a row's number `n` or a table."""
    others = {
        field.column: field.get_db_prep_save(field.get_default(), connection)
        for field in model._meta.concrete_fields
        if field.column not in columns and not field.primary_key and not field.generated
    }
    told = ", ".join([*columns.values(), *(f"%(default_{name})s" for name in others)])
    names = ", ".join(f'"{name}"' for name in [*columns, *others])
    defaults = {f"default_{name}": value for name, value in others.items()}
    statement = f'INSERT INTO "{model._meta.db_table}" ({names}) SELECT {told} FROM {source}'
    return run(statement, {**numbers, **defaults})
