"""Looks at personal data are written down, whichever page, file or interface showed it."""

from typing import Any

from django.http import HttpRequest

from itops.crud.resource import Resource
from itops.organisation.actions.access_records import record_export, record_view


def note_many(resource: Resource, request: HttpRequest, count: int) -> None:
    """A list showed so many."""
    if resource.personal:
        record_view(request, what=resource.personal.many, count=count)


def note_one(resource: Resource, request: HttpRequest, instance: Any) -> None:
    """A page showed this one."""
    if resource.personal:
        place = resource.place_of(instance)
        record_view(request, what=resource.personal.one, of_whom=str(instance), place=place)


def note_export(resource: Resource, request: HttpRequest, count: int) -> None:
    """So many left as a file."""
    if resource.personal:
        record_export(request, what=resource.personal.many, count=count)
