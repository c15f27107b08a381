"""Whether somebody else has changed a row since it was read: PostgreSQL's own row version (xmin) tells."""

from typing import Any

from django.db.models import Model, QuerySet
from django.db.models.expressions import RawSQL

VERSION = "row_version"


def with_version(queryset: QuerySet[Any]) -> QuerySet[Any]:
    """Each instance gets `row_version`, which any write to the row changes, by whatever way it was made."""
    table = queryset.model._meta.db_table
    versioned: QuerySet[Any] = queryset.annotate(**{VERSION: RawSQL(f'"{table}".xmin::text', ())})
    return versioned


def locked(queryset: QuerySet[Any], pk: int) -> Any:
    """The instance with its version, held until the transaction ends; None if it is not (or no longer) there."""
    return with_version(queryset).select_for_update(of=("self",)).filter(pk=pk).first()


def version_of(instance: Model) -> str:
    return str(getattr(instance, VERSION, ""))
