"""The addresses of import and export, for the roof to include."""

from collections.abc import Callable
from functools import partial, update_wrapper

from django.http import HttpResponseBase
from django.urls import URLPattern, path
from django.views.decorators.http import require_POST

from itops.crud.resource import Resource
from itops.exchange.pages import exporting, importing
from itops.exchange.roof import Exchange


def urls(exchange: Exchange) -> list[URLPattern]:
    """Under each resource's path its import, export and templates; then the runs."""
    return [
        *(pattern for resource in exchange.resources.values() for pattern in _of(exchange, resource)),
        path("imports/<int:pk>/", _bound(importing.run_page, exchange), name="run"),
        path("imports/<int:pk>/write/", require_POST(_bound(importing.write, exchange)), name="write"),
        path("imports/<int:pk>/errors.csv", _bound(importing.problems_file, exchange), name="problems"),
    ]


def _of(exchange: Exchange, resource: Resource) -> list[URLPattern]:
    begin, export, template = (
        _bound(importing.begin_page, exchange, resource),
        _bound(exporting.export, resource),
        _bound(exporting.template, resource),
    )
    at, name = resource.path, resource.name
    return [
        path(f"{at}/import/", begin, name=f"{name}_import"),
        *(
            pattern
            for kind in ("csv", "xlsx")
            for pattern in (
                path(f"{at}/export/{kind}/", export, {"kind": kind}, name=f"{name}_export_{kind}"),
                path(
                    f"{at}/import/template.{kind}", template, {"kind": kind}, name=f"{name}_template_{kind}"
                ),
            )
        ),
    ]


def _bound(page: Callable[..., HttpResponseBase], *first: object) -> Callable[..., HttpResponseBase]:
    return update_wrapper(partial(page, *first), page)
