"""Scope: what an account may see, applied to the queryset that every page, export and count uses."""

from typing import TypeVar

from django.contrib.postgres.expressions import ArraySubquery
from django.core.exceptions import PermissionDenied
from django.db.models import BooleanField, F, Func, Model, QuerySet
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
    paths = granted_paths(user, permission)
    return queryset.filter(within(place, paths)) if place else queryset.filter(path__under=paths)


def within(place: str, paths: list[str] | str) -> Func:
    """The condition that a row's place lies under one of these paths.

    The places are looked up first, as an array: of a join over paths PostgreSQL believes that it leaves next to
    nothing, and with a large table it then reads all of it to sort a page.
    """
    found = ArraySubquery(Place.objects.filter(path__under=paths).values("pk"))
    return Func(
        F(place), found, template="%(expressions)s)", arg_joiner=" = ANY(", output_field=BooleanField()
    )


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
