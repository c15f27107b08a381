"""PostgreSQL's ltree as a model field: a path of ids, and "lies under" as a lookup."""

from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Field, Lookup
from django.db.models.sql.compiler import SQLCompiler


class LtreeField(Field[str, str]):
    """A path such as "1.12.340"; needs the extension ltree and a GiST index for `under`."""

    def db_type(self, connection: BaseDatabaseWrapper) -> str:
        return "ltree"


@LtreeField.register_lookup
class Under(Lookup[Any]):
    """`path__under=["1.12", …]`: the path equals one of these or lies below it."""

    lookup_name = "under"

    def get_prep_lookup(self) -> list[str]:
        return [self.rhs] if isinstance(self.rhs, str) else list(self.rhs)

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, list[Any]]:
        left, left_params = self.process_lhs(compiler, connection)
        return f"{left} <@ ANY(%s::ltree[])", [*left_params, self.rhs]
