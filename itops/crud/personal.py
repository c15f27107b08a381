"""Looks at personal data are written down, whichever page, file or interface showed it."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest

from itops.crud.resource import Resource
from itops.organisation.actions.access_records import record_export, record_view
from itops.organisation.models import Person
from itops.organisation.scope import granted_paths, signed_in

VIEW_PERSON = "organisation.view_person"


def note_many(resource: Resource, request: HttpRequest, count: int) -> None:
    """A list showed so many."""
    if resource.personal:
        record_view(request, what=resource.personal.many, count=count)


def note_one(resource: Resource, request: HttpRequest, instance: Any) -> None:
    """A page showed this one."""
    if resource.personal:
        place = resource.place_of(instance)
        record_view(request, what=resource.personal.one, of_whom=str(instance), place=place)


def note_export(resource: Resource, request: HttpRequest, found: QuerySet[Any]) -> None:
    """These left as a file, and with them the persons whom they name."""
    if resource.personal:
        record_export(request, what=resource.personal.many, count=found.count())
    elif granted_paths(signed_in(request), VIEW_PERSON):
        for name in (one for one in resource.fields if _is_person(resource, one)):
            persons = found.order_by().exclude(**{name: None}).values(name).distinct()
            record_export(request, what="people", count=persons.count())


def _is_person(resource: Resource, name: str) -> bool:
    return resource.model._meta.get_field(name).related_model is Person
