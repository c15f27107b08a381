"""Unknown addresses and errors that nobody caught: to programs in JSON, as DRF says them; to people as a page."""

from django.http import HttpRequest, HttpResponse
from django.views import defaults
from rest_framework.exceptions import APIException, NotFound, ParseError, PermissionDenied

from itops.api.speaking import JsonRenderer, written

INTERFACE = "/api/"


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _told(NotFound) if _by_program(request) else defaults.page_not_found(request, exception)


def refused(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _told(PermissionDenied) if _by_program(request) else defaults.permission_denied(request, exception)


def malformed(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _told(ParseError) if _by_program(request) else defaults.bad_request(request, exception)


def broken(request: HttpRequest) -> HttpResponse:
    """The log says why; whoever asked learns nothing of it."""
    return _told(APIException) if _by_program(request) else defaults.server_error(request)


def _by_program(request: HttpRequest) -> bool:
    return request.path_info.startswith(INTERFACE)


def _told(error: type[APIException]) -> HttpResponse:
    data = written({"detail": str(error.default_detail)})
    return HttpResponse(data, status=error.status_code, content_type=JsonRenderer.media_type)
