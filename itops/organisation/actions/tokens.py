"""Tokens: made and revoked by their account, asked on every call of a program."""

import hashlib
import ipaddress
import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from itops.database.actor import acting
from itops.organisation.models import Place, Token, User
from itops.organisation.models.account import grants_of_account
from itops.organisation.roles import narrowed

HINT = 8
LAST_USE_COUNTS_AFTER = timedelta(minutes=1)
# A call does not wait for another that is noting the same token's use.
USED = """
    UPDATE organisation_token SET last_used = %s, last_address = %s
     WHERE id = (SELECT id FROM organisation_token WHERE id = %s FOR NO KEY UPDATE SKIP LOCKED)
"""


def make_token(
    *,
    user: User,
    name: str,
    expires: datetime | None = None,
    read_only: bool = True,
    place: Place | None = None,
    networks: Iterable[str] = (),
) -> tuple[Token, str]:
    """A new token of the account's own and its key, which is not kept: it can be shown this once."""
    key = secrets.token_urlsafe(32)
    token = Token(
        user=user,
        name=name,
        hash=_hash(key),
        hint=key[:HINT],
        expires=expires,
        read_only=read_only,
        place=place,
        networks=read_networks(networks),
    )
    token.full_clean(exclude=["hash"])
    with acting(user.actor), transaction.atomic():
        token.save()
    return token, key


def revoke_token(token: Token, *, by: User) -> None:
    """It opens nothing from now on; the row stays as a record."""
    with acting(by.actor), transaction.atomic():
        Token.objects.filter(pk=token.pk, revoked=None).update(revoked=timezone.now())


def authenticate_token(text: str, address: str) -> Token | None:
    """The token of this key with its account, whose `held` is narrowed to what the token may do.

    None where the key is unknown, revoked or expired, its account closed, or the address not allowed.
    """
    token = (
        Token.objects.select_related("user__person", "place")
        .annotate(granted=grants_of_account())
        .filter(hash=_hash(text), revoked=None, user__is_active=True)
        .first()
    )
    if token is None or not token.works or not allows(token.networks, address):
        return None
    _narrow(token)
    _note_use(token, address)
    return token


def allows(networks: Iterable[str], address: str) -> bool:
    """Whether the address lies in one of the networks; without networks every address does."""
    allowed = [ipaddress.ip_network(network) for network in networks]
    try:
        asks = ipaddress.ip_address(address)
    except ValueError:
        return not allowed
    mapped = getattr(asks, "ipv4_mapped", None) or asks
    return not allowed or any(mapped in network for network in allowed)


def read_networks(texts: Iterable[str]) -> list[str]:
    """Networks in CIDR form; an address alone is a network of one. ValidationError names what is none."""
    return [_network(text.strip()) for text in texts if text.strip()]


def _network(text: str) -> str:
    try:
        return str(ipaddress.ip_network(text))
    except ValueError as wrong:
        words = _("“%(text)s” is no network. Write for example 10.1.0.0/16.") % {"text": text}
        raise ValidationError({"networks": words}) from wrong


def _narrow(token: Token) -> None:
    token.user.__dict__["granted"] = token.granted  # type: ignore[attr-defined]
    token.user.held = narrowed(
        token.user.held, read_only=token.read_only, within=token.place.path if token.place else None
    )


def _note_use(token: Token, address: str) -> None:
    now = timezone.now()
    if token.last_used is None or now - token.last_used > LAST_USE_COUNTS_AFTER:
        with connection.cursor() as cursor:
            cursor.execute(USED, [now, address or None, token.pk])


def _hash(key: str) -> str:
    """Plain SHA-256 is enough for a key of 256 random bits."""
    return hashlib.sha256(key.encode(errors="surrogateescape")).hexdigest()
