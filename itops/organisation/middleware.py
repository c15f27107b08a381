"""Who acts in a request, when their session ends, and what they must do before anything else."""

import time
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from itops.database.actor import acting
from itops.organisation.models import User
from itops.organisation.pages.entering import MUST_ENROL
from itops.organisation.pages.password import password_is_due

BEGAN, SEEN = "began", "seen"
NOTE_EVERY_S = 60
PASSWORD, ENROL = "organisation:password", "organisation:second_factor"
ALWAYS = {"organisation:sign_out", "set_language", "alive"}

Next = Callable[[HttpRequest], HttpResponse]


class ActorMiddleware:
    """Names the signed-in user to the database for every transaction of the request (DESIGN §12)."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with acting(request.user.actor if request.user.is_authenticated else ""):
            return self.get_response(request)


class SessionEndMiddleware:
    """A session ends some time after it began, and sooner when nobody uses it."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            self._judge(request)
        return self.get_response(request)

    def _judge(self, request: HttpRequest) -> None:
        now, session = int(time.time()), request.session
        began, seen = session.setdefault(BEGAN, now), session.setdefault(SEEN, now)
        too_long = now - began >= settings.ITOPS_SESSION_HOURS * 3600
        too_idle = now - seen >= settings.ITOPS_SESSION_IDLE_MINUTES * 60
        if too_long or too_idle:
            logout(request)
        elif now - seen >= NOTE_EVERY_S:
            session[SEEN] = now


class FirstThingsMiddleware:
    """A first or outdated password is changed, and a demanded second factor set up, before anything else."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_: object) -> HttpResponse | None:
        if not request.user.is_authenticated or request.resolver_match is None:
            return None
        first = _first_thing(request, request.user)
        here = request.resolver_match.view_name
        return redirect(first) if first and here != first and here not in ALWAYS else None


def _first_thing(request: HttpRequest, user: User) -> str:
    if password_is_due(user):
        return PASSWORD
    return ENROL if request.session.get(MUST_ENROL) else ""
