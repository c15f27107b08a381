"""Tokens: hashed at rest, bounded in time, place, network and verbs, never more than their account."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from itops.organisation.actions.accounts import ensure_roles, grant
from itops.organisation.actions.tokens import allows, authenticate_token, make_token, revoke_token
from itops.organisation.models import Place, Token, User
from itops.organisation.scope import may, visible

VIEW, CHANGE = "organisation.view_place", "organisation.change_office"
HERE = "10.1.2.3"


@pytest.fixture
def staff(country: dict[str, Place], user: User) -> User:
    grant(by="test", user=user, role=ensure_roles(by="test")["it_staff"], place=country["anhua"])
    return user


def signed_in_by(key: str, address: str = HERE) -> User:
    token = authenticate_token(key, address)
    assert token is not None
    return token.user


def test_only_a_hash_is_stored(staff: User) -> None:
    _, key = make_token(user=staff, name="script")
    assert key not in str(Token.objects.values().get())


def test_one_query_brings_the_token_its_account_and_its_grants(
    staff: User, country: dict[str, Place]
) -> None:
    _, key = make_token(user=staff, name="script", place=country["anhua"])
    authenticate_token(key, HERE)
    with CaptureQueriesContext(connection) as queries:
        user = signed_in_by(key)
        assert may(user, VIEW, country["qingtangpu"])
        assert str(user)
    assert len(queries) == 1


def test_a_token_that_only_reads_changes_nothing(staff: User, country: dict[str, Place]) -> None:
    _, reads = make_token(user=staff, name="script")
    _, writes = make_token(user=staff, name="script", read_only=False)
    assert not may(signed_in_by(reads), CHANGE, country["anhua"])
    assert may(signed_in_by(writes), CHANGE, country["anhua"])


def test_a_token_for_one_place_sees_that_place_alone(staff: User, country: dict[str, Place]) -> None:
    _, key = make_token(user=staff, name="script", place=country["qingtangpu"])
    seen = visible(Place.objects.all(), signed_in_by(key), VIEW, place="")
    assert list(seen) == [country["qingtangpu"]]


def test_a_token_for_a_place_above_gives_no_more_than_its_account_has(
    staff: User, country: dict[str, Place]
) -> None:
    _, key = make_token(user=staff, name="script", place=country["city"])
    assert not may(signed_in_by(key), VIEW, country["taojiang"])
    assert may(signed_in_by(key), VIEW, country["anhua"])


def test_a_revoked_an_expired_and_an_invented_token_open_nothing(staff: User) -> None:
    token, revoked = make_token(user=staff, name="script")
    revoke_token(token, by=staff)
    _, expired = make_token(user=staff, name="script", expires=timezone.now() - timedelta(seconds=1))
    assert [authenticate_token(key, HERE) for key in (revoked, expired, "", "invented", "\udcff")] == [
        None
    ] * 5


def test_a_closed_accounts_token_opens_nothing(staff: User) -> None:
    _, key = make_token(user=staff, name="script")
    User.objects.update(is_active=False)
    assert authenticate_token(key, HERE) is None


def test_a_token_works_from_its_networks_alone(staff: User) -> None:
    _, key = make_token(user=staff, name="script", networks=["10.1.0.0/16", "fd00::/8"])
    assert authenticate_token(key, "10.2.0.1") is None
    assert authenticate_token(key, "") is None
    assert (
        signed_in_by(key, "10.1.9.9") == signed_in_by(key, "fd00::1") == signed_in_by(key, "::ffff:10.1.0.1")
    )


def test_without_networks_every_address_is_allowed() -> None:
    assert allows([], HERE)
    assert allows([], "no address")


def test_what_is_no_network_is_named(staff: User) -> None:
    with pytest.raises(ValidationError, match="300"):
        make_token(user=staff, name="script", networks=["10.1.2.300"])


def test_the_last_use_is_noted_once_a_minute(staff: User) -> None:
    token, key = make_token(user=staff, name="script")
    signed_in_by(key)
    token.refresh_from_db()
    assert (token.last_address, token.last_used is None) == (HERE, False)
    signed_in_by(key, "10.9.9.9")
    token.refresh_from_db()
    assert token.last_address == HERE
