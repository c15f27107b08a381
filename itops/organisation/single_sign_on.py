"""Single sign-on by OpenID Connect: discovery, authorisation code with PKCE, the ID token's signature and claims."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import requests
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.django_client import OAuth
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from joserfc.errors import JoseError

SIGNED = ("RS", "PS", "ES", "Ed")  # never "none", never a shared secret
TIMEOUT_S = 10


class NotSignedOn(Exception):
    """The service did not answer, or its answer does not prove who somebody is."""


@dataclass(frozen=True, slots=True)
class Subject:
    """Who signed in there: `subject` never changes, `name` is the claim that is compared with account names."""

    issuer: str
    subject: str
    name: str


def is_configured() -> bool:
    return bool(settings.ITOPS_OIDC_ISSUER)


def send_away(request: HttpRequest, back_to: str) -> HttpResponse:
    """To the service's own page; the browser comes back to `back_to`."""
    try:
        answer: HttpResponse = _client().authorize_redirect(request, back_to)
    except (requests.RequestException, AuthlibBaseError, ValueError, RuntimeError) as trouble:
        raise NotSignedOn(str(trouble)) from trouble
    return answer


def come_back(request: HttpRequest) -> Subject:
    """Who it is, proved by an ID token that the service signed for this program and this attempt."""
    client = _client()
    wanted = {
        "iss": {"essential": True, "value": settings.ITOPS_OIDC_ISSUER},
        "aud": {"essential": True, "value": settings.ITOPS_OIDC_CLIENT_ID},
    }
    try:
        _only_signed(client.load_server_metadata())
        claims = client.authorize_access_token(request, claims_options=wanted).get("userinfo") or {}
    except (requests.RequestException, AuthlibBaseError, JoseError, ValueError, RuntimeError) as trouble:
        raise NotSignedOn(str(trouble)) from trouble
    return Subject(settings.ITOPS_OIDC_ISSUER, _subject(claims), _name(claims))


def _subject(claims: dict[str, Any]) -> str:
    if not claims.get("sub"):
        raise NotSignedOn("no subject")
    return str(claims["sub"])


def _name(claims: dict[str, Any]) -> str:
    """An e-mail address counts only where the service has verified it."""
    claim = settings.ITOPS_OIDC_CLAIM
    if claim == "email" and claims.get("email_verified") is not True:
        return ""
    return str(claims.get(claim) or "")


def _only_signed(metadata: dict[str, Any]) -> None:
    offered = metadata.get("id_token_signing_alg_values_supported") or ["RS256"]
    metadata["id_token_signing_alg_values_supported"] = [name for name in offered if name.startswith(SIGNED)]


def _client() -> Any:
    return _registered(
        settings.ITOPS_OIDC_ISSUER, settings.ITOPS_OIDC_CLIENT_ID, settings.ITOPS_OIDC_CLIENT_SECRET
    )


@lru_cache(maxsize=1)
def _registered(issuer: str, client_id: str, secret: str) -> Any:
    """Kept, so that discovery is asked for once."""
    return OAuth().register(
        "oidc",
        client_id=client_id,
        client_secret=secret or None,
        server_metadata_url=f"{issuer.rstrip('/')}/.well-known/openid-configuration",
        client_kwargs={
            "scope": "openid profile email",
            "code_challenge_method": "S256",
            "default_timeout": TIMEOUT_S,
        },
    )
