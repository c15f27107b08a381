"""Scope follows the tree of ids: names and codes repeat and decide nothing."""

import pytest
from django.core.exceptions import PermissionDenied

from itops.database.kept import Kept
from itops.organisation.actions.accounts import ensure_roles, grant, revoke
from itops.organisation.actions.places import change_place
from itops.organisation.models import Place, User
from itops.organisation.scope import (
    EVERYWHERE,
    demand,
    granted_paths,
    in_scope,
    may,
    visible,
    visible_when_asked,
)

VIEW, CHANGE = "organisation.view_place", "organisation.change_place"


PLACES: Kept[int] = Kept(
    lambda: visible_when_asked(Place.objects.all(), place="pk").values_list("pk", flat=True)
)


def seen(user: User, permission: str = VIEW) -> set[int]:
    """By either way to ask; both must say the same."""
    found = {place.pk for place in visible(Place.objects.all(), user, permission, place="")}
    assert set(PLACES.all(**in_scope(user, permission))) == found
    return found


def give(user: User, role: str, place: Place) -> None:
    grant(by="test", user=user, role=ensure_roles(by="test")[role], place=place)


def test_without_a_grant_nothing_is_seen(country: dict[str, Place], user: User) -> None:
    assert granted_paths(user, VIEW) == []
    assert seen(user) == set()


def test_a_county_contains_its_own_townships_and_not_the_namesake_next_door(
    country: dict[str, Place], user: User
) -> None:
    give(user, "it_staff", country["anhua"])
    assert seen(user) == {country[key].pk for key in ("anhua", "qingtangpu", "anhua_chengguan")}
    assert may(user, VIEW, country["anhua_chengguan"])
    assert not may(user, VIEW, country["taojiang_chengguan"])
    assert not may(user, VIEW, country["city"])


def test_a_role_gives_its_own_permissions_only(country: dict[str, Place], user: User) -> None:
    give(user, "it_staff", country["anhua"])
    assert seen(user, CHANGE) == set()
    with pytest.raises(PermissionDenied):
        demand(user, CHANGE, country["qingtangpu"])


def test_grants_add_up(country: dict[str, Place], user: User) -> None:
    give(user, "auditor", country["anhua"])
    give(user, "county_administrator", country["taojiang_chengguan"])
    assert seen(user, CHANGE) == {country["taojiang_chengguan"].pk}
    assert country["qingtangpu"].pk in seen(user)


def test_a_path_that_begins_with_the_same_digits_is_another_place(
    country: dict[str, Place], user: User
) -> None:
    give(user, "auditor", country["anhua"])
    other = Place(path=f"{country['anhua'].path}7")
    assert not may(user, VIEW, other)


def test_a_closed_account_sees_nothing(country: dict[str, Place], user: User) -> None:
    give(user, "county_administrator", country["anhua"])
    User.objects.update(is_active=False)
    assert seen(user) == set()


def test_a_revoked_role_is_gone(country: dict[str, Place], user: User) -> None:
    give(user, "auditor", country["anhua"])
    revoke(by="test", user=user, role=ensure_roles(by="test")["auditor"], place=country["anhua"])
    assert seen(user) == set()


def test_scope_follows_a_place_that_moves(country: dict[str, Place], user: User) -> None:
    give(user, "auditor", country["anhua"])
    moved = country["taojiang_chengguan"]
    change_place(moved, by="test", on=moved.versions.get().starts, parent=country["anhua"])
    assert moved.pk in seen(user)


def test_everywhere_is_every_place(country: dict[str, Place]) -> None:
    assert set(PLACES.all(**EVERYWHERE)) == set(Place.objects.values_list("pk", flat=True))
