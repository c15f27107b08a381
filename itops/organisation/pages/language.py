"""The reader's language: chosen on any page, kept with the account, applied again at sign-in."""

from typing import TypeVar

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import check_for_language
from django.views import i18n

from itops.organisation.models import User

Response = TypeVar("Response", bound=HttpResponseBase)


@login_not_required
def set_language(request: HttpRequest) -> HttpResponse:
    """Django's own view, which sets a cookie; the account remembers too."""
    chosen = request.POST.get("language", "")
    if request.user.is_authenticated and check_for_language(chosen):
        User.objects.filter(pk=request.user.pk).update(language=chosen)
    return i18n.set_language(request)


def remember_language(response: Response, language: str) -> Response:
    """The account's language in the cookie that Django reads."""
    if language and check_for_language(language):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            language,
            max_age=settings.LANGUAGE_COOKIE_AGE,
            path=settings.LANGUAGE_COOKIE_PATH,
            domain=settings.LANGUAGE_COOKIE_DOMAIN,
            secure=settings.LANGUAGE_COOKIE_SECURE,
            httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
            samesite=settings.LANGUAGE_COOKIE_SAMESITE,
        )
    return response
