"""The addresses of import and export, for the roof to include."""

from collections.abc import Callable, Mapping
from functools import partial, update_wrapper

from django.http import HttpResponseBase
from django.urls import URLPattern, path
from django.views.decorators.http import require_POST

from itops.crud.resource import Resource
from itops.exchange.pages import exporting, importing
from itops.exchange.roof import Exchange


def urls(exchange: Exchange, mounts: Mapping[str, str]) -> list[URLPattern]:
    """Under each resource's list its import, export and templates; then the runs.

    `mounts` says by namespace where the roof puts the lists of an app, unless at the root.
    """
    return [
        *(
            pattern
            for resource in exchange.resources.values()
            for pattern in _of(exchange, resource, mounts.get(resource.namespace, "") + resource.path)
        ),
        path("imports/<int:pk>/", _bound(importing.run_page, exchange), name="run"),
        path("imports/<int:pk>/write/", require_POST(_bound(importing.write, exchange)), name="write"),
        path("imports/<int:pk>/errors.csv", _bound(importing.problems_file, exchange), name="problems"),
    ]


def _of(exchange: Exchange, resource: Resource, at: str) -> list[URLPattern]:
    begin, export, template = (
        _bound(importing.begin_page, exchange, resource),
        _bound(exporting.export, resource),
        _bound(exporting.template, resource),
    )
    name = resource.name
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
