"""Links that work once: they sign an account in, or open the set-up of an installation without accounts."""

import hashlib
import secrets
from datetime import timedelta

from django.utils import timezone

from itops.organisation.models import SignInLink, User

MINUTES = 30
ADMINISTRATOR = "county_administrator"


def make_sign_in_link(user: User, minutes: int = MINUTES) -> str:
    """The token of a new link; only its hash is kept."""
    return _make(user, minutes)


def make_entrance_link(minutes: int = MINUTES) -> str:
    """The token that starting the program prints: the first administrator's, or the set-up's."""
    return _make(_first_administrator(), minutes)


def use_link(token: str) -> SignInLink | None:
    """The link, if it is unused, in time, and its account (or the lack of any) still stands.

    One conditional UPDATE decides, so that of two uses at once only one succeeds.
    """
    now = timezone.now()
    usable = SignInLink.objects.filter(hash=_hash(token), used=None, expires__gt=now)
    if not usable.update(used=now):
        return None
    link = SignInLink.objects.select_related("user").get(hash=_hash(token))
    return link if _stands(link) else None


def _stands(link: SignInLink) -> bool:
    return link.user.is_active if link.user else not User.objects.exists()


def _make(user: User | None, minutes: int) -> str:
    token = secrets.token_urlsafe(32)
    expires = timezone.now() + timedelta(minutes=minutes)
    SignInLink.objects.create(user=user, hash=_hash(token), expires=expires)
    return token


def _hash(token: str) -> str:
    """Plain SHA-256 is enough for a token of 256 random bits."""
    return hashlib.sha256(token.encode()).hexdigest()


def _first_administrator() -> User | None:
    active = User.objects.filter(is_active=True).order_by("pk")
    return active.filter(grants__role__code=ADMINISTRATOR).first() or active.first()
