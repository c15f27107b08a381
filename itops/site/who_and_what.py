"""What the commands `import` and `export` are told: who does it, and to which resource."""

from argparse import ArgumentParser

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from itops.crud.resource import Resource
from itops.exchange.operator import ACTOR, operator
from itops.organisation.models import User
from itops.site.exchange import by_path


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--resource", required=True, help=", ".join(by_path()))
    parser.add_argument("--by", help="the account that does it; without it the server's operator")


def account(name: object) -> tuple[User, str]:
    """Who does it, and how the change record names them."""
    if not name:
        return operator(), ACTOR
    found = User.objects.filter(username=name, is_active=True).first()
    if found is None:
        raise CommandError(_("There is no account called %(name)s.") % {"name": name}, returncode=2)
    return found, found.actor


def resource_called(path: str) -> Resource:
    found = by_path().get(path)
    if found is None:
        said = _("There is no %(name)s; possible: %(names)s")
        raise CommandError(said % {"name": path, "names": ", ".join(by_path())}, returncode=2)
    return found
