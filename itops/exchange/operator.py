"""Who runs a command on the server: an account that holds every permission everywhere, and is in no table."""

from typing import Any

from django.contrib.auth.models import Permission

from itops.organisation.models import Place, User

ACTOR = "console"


def operator() -> User:
    """The database is open to whoever may run commands there: nothing is kept from them."""
    roots = [str(path) for path in Place.objects.filter(parent=None).values_list("path", flat=True)]
    known = Permission.objects.values_list("content_type__app_label", "codename")
    account = User(username=ACTOR)
    held: Any = {f"{app}.{name}": roots for app, name in known}
    account.__dict__["held"] = held
    return account
