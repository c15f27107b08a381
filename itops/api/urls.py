"""Addresses of the interface: a plain list, made of the roof's list of resources."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.transaction import non_atomic_requests
from django.urls import URLPattern, path

from itops.api.columns import Interface
from itops.api.views import ManyView, OneView, Schema, Section, Start, Status
from itops.crud.resource import Resource


def urls(resources: Sequence[Resource]) -> list[URLPattern]:
    """`include((urls(RESOURCES), "api"))`"""
    interface = Interface.of(resources)
    return [
        path("", _view(Start, interface), name="root"),
        path("status/", _view(Status, interface), name="status"),
        path("schema/", _view(Schema, interface), name="schema"),
        *_records(interface),
        path("<slug:namespace>/", _view(Section, interface), name="section"),
    ]


def _records(interface: Interface) -> Iterator[URLPattern]:
    for endpoint in interface.endpoints:
        name = endpoint.resource.key
        yield path(f"{endpoint.name}/", _view(ManyView, interface, endpoint=endpoint), name=name)
        yield path(
            f"{endpoint.name}/<int:pk>/", _view(OneView, interface, endpoint=endpoint), name=f"{name}.one"
        )


def _view(view: Any, interface: Interface, **more: Any) -> Any:
    """Reading needs no transaction; the verbs that write open their own."""
    return non_atomic_requests(view.as_view(interface=interface, **more))
