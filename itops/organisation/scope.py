"""Scope: what an account may see, applied to the queryset that every page, export and count uses."""

from typing import TypeVar

from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import HttpRequest

from itops.organisation.models import Place, User
from itops.organisation.roles import lies_under

M = TypeVar("M", bound=Model)


def signed_in(request: HttpRequest) -> User:
    """The account behind a request; LoginRequiredMiddleware lets no other reach a page."""
    if not request.user.is_authenticated:
        raise PermissionDenied
    return request.user


def granted_paths(user: User, permission: str) -> list[str]:
    """Paths of the places under which the user holds a permission such as "inventory.view_asset"."""
    return user.held.get(permission, [])


def visible(queryset: QuerySet[M], user: User, permission: str, place: str = "place") -> QuerySet[M]:
    """Rows whose place (a lookup from the model; "" when the model is Place) lies in the user's scope."""
    field = f"{place}__path__under" if place else "path__under"
    return queryset.filter(**{field: granted_paths(user, permission)})


def visible_by_keys(queryset: QuerySet[M], user: User, permission: str, place: str = "place") -> QuerySet[M]:
    """The same rows, for long tables in an order: a condition on paths passes for rare, and all would be sorted."""
    keys = Place.objects.filter(path__under=granted_paths(user, permission)).order_by()
    return queryset.filter(**{f"{place}__in": list(keys.values_list("pk", flat=True))})


def may(user: User, permission: str, place: Place) -> bool:
    return any(lies_under(place.path, path) for path in granted_paths(user, permission))


def demand(user: User, permission: str, place: Place) -> None:
    """Raise PermissionDenied unless the user holds the permission over the place."""
    if not may(user, permission, place):
        raise PermissionDenied
