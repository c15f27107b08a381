"""The set-up of a new installation: a browser that came by the set-up link, while there is no account."""

from django.http import HttpRequest

from itops.organisation.models import User

KEY = "setting_up"
ACTOR = "set-up"


def begin_set_up(request: HttpRequest) -> None:
    request.session.cycle_key()
    request.session[KEY] = True


def in_set_up(request: HttpRequest) -> bool:
    return bool(request.session.get(KEY)) and not User.objects.exists()
