"""The addresses of a resource: a plain list, which an app's urls.py writes down."""

from collections.abc import Callable
from functools import partial, update_wrapper

from django.http import HttpResponse
from django.urls import URLPattern, path
from django.views.decorators.http import require_POST

from itops.crud.pages import archiving, bulk, detail, editing, listing, saved_views, suggesting
from itops.crud.resource import Resource

PAGES: tuple[tuple[str, str, Callable[..., HttpResponse]], ...] = (
    ("list", "", listing.page),
    ("add", "add/", editing.add),
    ("suggest", "suggest/", suggesting.page),
    ("bulk", "bulk/", bulk.page),
    ("save_view", "views/", saved_views.save),
    ("drop_view", "views/<int:view>/remove/", saved_views.drop),
    ("", "<int:pk>/", detail.page),
    ("edit", "<int:pk>/edit/", editing.edit),
    ("clone", "<int:pk>/clone/", editing.clone),
    ("archive", "<int:pk>/archive/", archiving.archive),
    ("unarchive", "<int:pk>/unarchive/", archiving.unarchive),
    ("delete", "<int:pk>/delete/", archiving.delete),
)

ONLY_READ = {"list", "suggest", "save_view", "drop_view", ""}
POST_ONLY = {"bulk", "save_view", "drop_view", "unarchive"}


def urls(resource: Resource) -> list[URLPattern]:
    """Every page under the resource's path; `overrides` replace the kernel's own by name."""
    return [
        path(
            f"{resource.path}/{route}",
            resource.overrides.get(name) or bound(name, page, resource),
            name=f"{resource.name}{'_' if name else ''}{name}",
        )
        for name, route, page in PAGES
        if _has(resource, name)
    ]


def _has(resource: Resource, name: str) -> bool:
    if resource.read_only and name not in {*ONLY_READ, *resource.overrides}:
        return False
    return resource.archives or name not in {"archive", "unarchive"}


def bound(name: str, page: Callable[..., HttpResponse], resource: Resource) -> Callable[..., HttpResponse]:
    """A page of the kernel for this resource."""
    of_resource = update_wrapper(partial(page, resource), page)
    return require_POST(of_resource) if name in POST_ONLY else of_resource
