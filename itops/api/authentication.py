"""Who calls: `Authorization: Token KEY`, or a browser's session with its CSRF token."""

from django.conf import settings
from django.utils.translation import gettext as _
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import APIException, AuthenticationFailed, Throttled
from rest_framework.request import Request

from itops.organisation.actions.lockout import is_locked, note_failure
from itops.organisation.actions.tokens import HINT, authenticate_token
from itops.organisation.address import client_address
from itops.organisation.models import Token, User

WORDS = (b"token", b"bearer")


class TokenAuthentication(BaseAuthentication):  # type: ignore[misc]
    """Wrong keys are counted by address, apart from wrong passwords; a right one is let in whatever the count says."""

    def authenticate(self, request: Request) -> tuple[User, Token] | None:
        word, _space, key = get_authorization_header(request).partition(b" ")
        if word.lower() not in WORDS:
            return None
        token = authenticate_token(key.decode("latin-1").strip(), client_address(request))
        if token is None:
            raise _refusal(key, client_address(request))
        return token.user, token

    def authenticate_header(self, request: Request) -> str:
        return "Token"


def _refusal(key: bytes, address: str) -> APIException:
    caller = f"api {address}"
    name = f"token {key[:HINT].decode('latin-1')}"
    if is_locked(name, caller):
        return Throttled(wait=settings.ITOPS_LOCK_MINUTES * 60)
    note_failure(name, caller)
    return AuthenticationFailed(_("No such token, or it may not be used from here."))
