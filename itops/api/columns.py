"""What the interface shows of a resource: its columns, worked out once from the model's fields."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db import models
from django.http import HttpRequest
from django.urls import reverse

from itops.crud.forms import label_of
from itops.crud.intake import required, writable
from itops.crud.resource import Resource
from itops.crud.several import Several, several


class Sort(StrEnum):
    """What a column holds, which decides what it can be asked for."""

    TEXT = "text"
    NUMBER = "number"
    DECIMAL = "decimal"  # as text, so that no digit is lost on the way
    YES_NO = "yes_no"
    DAY = "day"
    MOMENT = "moment"
    CLOCK = "clock"
    CHOICE = "choice"
    REFERENCE = "reference"
    STRUCTURE = "structure"


SORTS: tuple[tuple[type[Any], Sort], ...] = (
    (models.ForeignKey, Sort.REFERENCE),
    (models.BooleanField, Sort.YES_NO),
    (models.DateTimeField, Sort.MOMENT),
    (models.DateField, Sort.DAY),
    (models.TimeField, Sort.CLOCK),
    (models.IntegerField, Sort.NUMBER),
    (models.AutoField, Sort.NUMBER),
    (models.DecimalField, Sort.DECIMAL),
    (models.FloatField, Sort.NUMBER),
    (models.JSONField, Sort.STRUCTURE),
)


@dataclass(frozen=True, slots=True)
class Column:
    """One field of the records."""

    name: str
    sort: Sort
    field: Any

    @classmethod
    def of(cls, field: Any) -> "Column":
        if field.choices:
            return cls(field.name, Sort.CHOICE, field)
        sort = next((sort for kind, sort in SORTS if isinstance(field, kind)), Sort.TEXT)
        return cls("id" if field.primary_key else field.name, sort, field)


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A resource with its columns, `id` first; `custom` among them where the model has the county's own fields.

    `several` are its tags and many-to-many fields, which are no columns.
    """

    resource: Resource
    columns: Mapping[str, Column]
    writable: Sequence[str]
    required: Sequence[str]
    several: Sequence[Several] = ()

    @classmethod
    def of(cls, resource: Resource) -> "Endpoint":
        fields = {field.name: field for field in resource.model._meta.concrete_fields}
        names = [name for name in (*resource.fields, "archived", "custom") if name in fields]
        pk = resource.model._meta.pk
        columns = [Column.of(pk), *(Column.of(fields[name]) for name in dict.fromkeys(names))]
        known = {one.name: one for one in columns}
        return cls(resource, known, writable(resource), required(resource), several(resource))

    @property
    def name(self) -> str:
        return f"{self.resource.namespace}/{self.resource.path}"

    @property
    def verbs(self) -> frozenset[str]:
        """Those by which it is written."""
        if self.resource.read_only:
            return frozenset(("POST", "PUT", "PATCH") if self.resource.after_writing else ())
        return frozenset(("POST", "PUT", "PATCH", "DELETE"))

    @property
    def references(self) -> list[Column]:
        return [column for column in self.columns.values() if column.sort is Sort.REFERENCE]


@dataclass(frozen=True, slots=True)
class Interface:
    """All endpoints; by it a reference finds the address of what it leads to."""

    endpoints: Sequence[Endpoint]

    @classmethod
    def of(cls, resources: Sequence[Resource]) -> "Interface":
        return cls([Endpoint.of(resource) for resource in resources])

    def address(self, label: str) -> str:
        """Where records of the model live under the root: "inventory/assets/"; "" for what has no endpoint."""
        return next((f"{one.name}/" for one in self.endpoints if one.resource.key == label), "")

    def target_address(self, column: Column) -> str:
        return self.address(label_of(column.field))


def root(request: HttpRequest) -> str:
    """The absolute address of the interface, to which endpoints' names are added."""
    return request.build_absolute_uri(reverse("api:root"))
