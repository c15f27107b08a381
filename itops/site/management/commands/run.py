"""manage.py run: everything on one machine: database, web, clock and worker."""

import fcntl
import os
import signal
import time
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from itops.database.connection import is_embedded
from itops.database.supervisor import Membership, join
from itops.organisation.actions.accounts import ensure_roles
from itops.organisation.actions.sign_in_links import make_entrance_link
from itops.site.certificates import certificate_for
from itops.site.processes import Child, Family, command
from itops.site.serving import (
    Address,
    NoFreePort,
    free_address,
    names_of,
    usual_web_workers,
    wait_until_answering,
    web,
)
from monitoring.probes.answer import Reason
from monitoring.probes.icmp import Permission, permission
from monitoring.wording import REASONS

TEND_EVERY_S = 0.5


class Stop(Exception):
    """Somebody pressed Ctrl-C or asked the process to end."""


class Command(BaseCommand):
    help = "Run the program on this machine until Ctrl-C."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--host", default="127.0.0.1", help="off loopback: HTTPS with a county certificate"
        )
        parser.add_argument("--port", type=int, default=8000, help="or the next free one")
        parser.add_argument("--web-workers", type=int, default=usual_web_workers(), help="web processes")
        parser.add_argument("--workers", type=int, default=1, help="worker processes")

    def handle(self, *, host: str, port: int, web_workers: int, workers: int, **options: object) -> None:
        with alone(), ending_together() as family:
            migrate()
            serve(self, family, host=host, port=port, web_workers=web_workers, workers=workers)


def migrate() -> None:
    """Bring the database to this version as its owner, and make sure of the roles and what they may do in it."""
    call_command("migrate", database="owner", verbosity=0, interactive=False)
    ensure_roles(by="setup")


@contextmanager
def ending_together() -> Iterator[Family]:
    """A family of processes that ends with this block, also on Ctrl-C or when asked to terminate."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _stop)
    family = Family()
    try:
        yield family
    except Stop:
        pass
    finally:
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, signal.SIG_IGN)  # a second Ctrl-C must not leave children behind
        family.stop()


@contextmanager
def alone() -> Iterator[None]:
    """One `run` or `demo` in a folder: two would serve and probe the same county twice."""
    settings.ITOPS_VAR.mkdir(parents=True, exist_ok=True)
    with (settings.ITOPS_VAR / "running").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as taken:
            raise CommandError(
                _("It already runs in %(folder)s.") % {"folder": settings.ITOPS_VAR}
            ) from taken
        yield


def serve(
    program: BaseCommand,
    family: Family,
    *,
    host: str,
    port: int,
    web_workers: int | None = None,
    workers: int = 1,
) -> None:
    """Start web, clock and workers, say where, and keep everything running until somebody stops it."""
    address = _address(host, port)
    for child in _children(address, web_workers or usual_web_workers(), workers):
        family.start(child)
    _greet(program, address)
    membership = join(settings.ITOPS_VAR / "postgres") if is_embedded(os.environ) else None
    try:
        while True:
            time.sleep(TEND_EVERY_S)
            _tend(program, family, membership)
    finally:
        program.stdout.write(_("Stopping …"))
        family.stop()
        if membership:
            membership.leave()


def _tend(program: BaseCommand, family: Family, membership: Membership | None) -> None:
    if membership and membership.revive():
        program.stderr.write(_("The database had ended by itself; it runs again."))
    for name in family.tend():
        program.stderr.write(
            _("The process “%(name)s” ended by itself; it is started again.") % {"name": name}
        )


def _address(host: str, port: int) -> Address:
    try:
        return free_address(host, port)
    except NoFreePort as trouble:
        raise CommandError(str(trouble)) from trouble


def _children(address: Address, web_workers: int, workers: int) -> list[Child]:
    certificate = None
    environment = {}
    if address.secure:
        certificate = _certificate(address)
        hosts = [*settings.ALLOWED_HOSTS, *names_of(address)]
        environment = {"ITOPS_HTTPS": "1", "ITOPS_ALLOWED_HOSTS": ",".join(dict.fromkeys(hosts))}
    children = [web(address, environment, certificate, web_workers), Child("clock", command("clock"), {})]
    return children + [Child(f"worker {n + 1}", command("worker"), {}) for n in range(workers)]


def _certificate(address: Address) -> tuple[Path, Path]:
    """The given certificate and key, else ones from the county's own authority."""
    if settings.ITOPS_TLS_CERTIFICATE and settings.ITOPS_TLS_KEY:
        return Path(settings.ITOPS_TLS_CERTIFICATE), Path(settings.ITOPS_TLS_KEY)
    certificate, key, _authority = certificate_for(names_of(address), settings.ITOPS_VAR / "tls")
    return certificate, key


def _greet(program: BaseCommand, address: Address) -> None:
    if not wait_until_answering(address):
        raise CommandError(_("The web process did not answer within 90 seconds; its messages are above."))
    link = f"{address.url}/sign-in/once/{make_entrance_link()}/"
    program.stdout.write(_("Open %(url)s") % {"url": address.url})
    program.stdout.write(_("Sign in once with %(link)s") % {"link": link})
    program.stdout.write(_("Ctrl-C stops everything."))
    if permission() is Permission.MISSING:
        program.stdout.write(str(REASONS[Reason.NO_PERMISSION]))
    program.stdout.flush()


def _stop(number: int, frame: FrameType | None) -> None:
    raise Stop
