"""Whether somebody else has changed a row since it was read: a fingerprint of the columns that people write.

PostgreSQL's own row version (xmin) changes with any write; marking ranks assets every night, and whoever had a form
open then would be told of a change that nobody made. Columns that only the program writes (not editable) are left out.
"""

from typing import Any

from django.db.models import Field, Model, QuerySet
from django.db.models.expressions import RawSQL

VERSION = "row_version"
OWN = "custom"  # not in forms of its own accord, but people write it


def with_version(queryset: QuerySet[Any]) -> QuerySet[Any]:
    """Each instance gets `row_version`, which changes with what people write, by whatever way it was written."""
    table = queryset.model._meta.db_table
    columns = ", ".join(f'"{table}"."{field.column}"' for field in _written_by_people(queryset.model))
    versioned: QuerySet[Any] = queryset.annotate(**{VERSION: RawSQL(f"md5(ROW({columns})::text)", ())})
    return versioned


def locked(queryset: QuerySet[Any], pk: int) -> Any:
    """The instance with its version, held until the transaction ends; None if it is not (or no longer) there."""
    return with_version(queryset).select_for_update(of=("self",)).filter(pk=pk).first()


def version_of(instance: Model) -> str:
    return str(getattr(instance, VERSION, ""))


def _written_by_people(model: type[Model]) -> "list[Field[Any, Any]]":
    return [one for one in model._meta.concrete_fields if one.editable or one.name == OWN]
