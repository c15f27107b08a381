"""Scope: what an account may see, applied to the queryset that every page, export and count uses."""

from typing import TypeVar

from django.core.exceptions import PermissionDenied
from django.db.models import BooleanField, F, Func, Model, QuerySet
from django.http import HttpRequest

from itops.database.conditions import among
from itops.database.kept import Given
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
    """Rows whose place (a lookup from the model; "" when the model is Place) lies in the user's scope.

    Asked for by keys wherever they came with the account's grants: then PostgreSQL knows how much they leave.
    """
    paths = granted_paths(user, permission)
    if not place:
        return queryset.filter(path__under=paths)
    if not all(path in user.places for path in paths):
        return queryset.filter(within(place, paths))
    return queryset.filter(**{f"{place}__in": sorted({key for path in paths for key in user.places[path]})})


def places_in_scope(user: User, permission: str) -> list[int]:
    """Keys of all places under which the account holds the permission."""
    paths = granted_paths(user, permission)
    if all(path in user.places for path in paths):
        return sorted({key for path in paths for key in user.places[path]})
    return list(Place.objects.filter(path__under=paths).order_by("pk").values_list("pk", flat=True))


def visible_when_asked(queryset: QuerySet[M], place: str = "place", given: str = "scope") -> QuerySet[M]:
    """The same in a kept query: whose scope it is, is given with `in_scope` when it is asked."""
    below = Place.objects.filter(lies_under_given(Given(given, "ltree[]"))).order_by().values("pk")
    return queryset.filter(among(place or "pk", below))


def lies_under_given(paths: Given) -> Func:
    """The condition that a Place lies under a path ("ltree") or one of several ("ltree[]")."""
    any_of = "ANY(%(expressions)s)" if paths.kind.endswith("[]") else "%(expressions)s"
    right = Func(paths, template=any_of)
    return Func(F("path"), right, template="%(expressions)s", arg_joiner=" <@ ", output_field=BooleanField())


Scope = dict[str, list[str]]
"""What a kept query that was made with `visible_when_asked` is given."""

EVERYWHERE: Scope = {"scope": [""]}  # the path above all paths


def in_scope(user: User, permission: str) -> Scope:
    """For a kept query that was made with `visible_when_asked`."""
    return {"scope": granted_paths(user, permission)}


def within(place: str, paths: list[str]) -> Func:
    """The condition that a row's place lies under one of these paths."""
    return among(place, Place.objects.filter(path__under=paths).order_by().values("pk"))


def may(user: User, permission: str, place: Place) -> bool:
    return any(lies_under(place.path, path) for path in granted_paths(user, permission))


def demand(user: User, permission: str, place: Place) -> None:
    """Raise PermissionDenied unless the user holds the permission over the place."""
    if not may(user, permission, place):
        raise PermissionDenied


def demand_somewhere(user: User, permission: str) -> None:
    """Raise PermissionDenied where the user holds the permission over no place at all."""
    if not granted_paths(user, permission):
        raise PermissionDenied
