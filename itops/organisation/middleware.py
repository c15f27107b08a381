"""Names the signed-in user to the database for every transaction of the request (DESIGN §12)."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from itops.database.actor import acting


class ActorMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with acting(request.user.actor if request.user.is_authenticated else ""):
            return self.get_response(request)
