"""Databases of the tests: one migrated template; each worker, and each test that commits, gets a copy."""

import hashlib
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.core.management.commands import migrate
from django.db import connections
from psycopg import sql

from itops.database import roles, supervisor
from itops.database.cluster import APP, OWNER, SUPERUSER
from itops.database.connection import Login, embedded, is_embedded, logins

TEMPLATE = "test_itops_template"
ALIASES = ("default", "owner")


@dataclass(frozen=True, slots=True)
class Server:
    """The tests' server: the two roles at its database "postgres", and who may drop a database in use."""

    default: Login
    owner: Login
    dropper: Login


@dataclass(frozen=True, slots=True)
class OwnDatabase:
    """A migrated database of one test, dropped after it; `environ` is for programs that it starts."""

    default: Login
    owner: Login
    environ: dict[str, str]


@contextmanager
def running_server() -> Iterator[Server]:
    """The server that DATABASE_URL names, else a cluster of the tests' own, not durable."""
    if not is_embedded(os.environ):
        found = {
            alias: login.of("postgres") for alias, login in logins(os.environ, settings.ITOPS_VAR).items()
        }
        yield Server(**found, dropper=found["owner"])
        return
    folder = settings.ITOPS_VAR / "test-postgres"
    with supervisor.join(folder, durable=False):
        yield Server(*(embedded(folder, role, "postgres") for role in (APP, OWNER, SUPERUSER)))


def make_template(server: Server) -> None:
    """Migrated anew only when a migration or a dependency has changed since it was made."""
    state = _state_of_migrations()
    with server.owner.connect() as connection:
        connection.execute("SELECT pg_advisory_lock(hashtext(%s))", [TEMPLATE])
        made = connection.execute(
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s", [TEMPLATE]
        ).fetchone()
        if made == (state,):
            return
        drop(server, TEMPLATE)
        connection.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8'").format(sql.Identifier(TEMPLATE))
        )
        _migrate(server)
        connection.execute(
            sql.SQL("COMMENT ON DATABASE {} IS {}").format(sql.Identifier(TEMPLATE), sql.Literal(state))
        )


def worker_name() -> str:
    """The database of this process of pytest."""
    return "_".join(filter(None, ("test_itops", os.environ.get("PYTEST_XDIST_WORKER"))))


def copy_template(server: Server, name: str) -> None:
    """Copying files is ten times as fast as PostgreSQL's default of logging every page."""
    with server.owner.connect() as connection:
        connection.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY").format(
                sql.Identifier(name), sql.Identifier(TEMPLATE)
            )
        )


def drop(server: Server, name: str) -> None:
    with server.dropper.connect() as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def point_django_at(server: Server, name: str) -> None:
    """Both aliases of this process, without the pool; an open connection is closed first."""
    for alias, login in zip(ALIASES, (server.default, server.owner), strict=True):
        connections[alias].close()
        connections.settings[alias].update(login.of(name).django(pooled=False))


@contextmanager
def copied(server: Server, var: Path) -> Iterator[OwnDatabase]:
    """A copy of the template under a name of its own."""
    name = f"test_itops_own_{secrets.token_hex(4)}"
    copy_template(server, name)
    default, owner = server.default.of(name), server.owner.of(name)
    urls = {"DATABASE_URL": owner.url(), "DATABASE_APP_URL": default.url(), "ITOPS_VAR": str(var)}
    try:
        yield OwnDatabase(default, owner, {**os.environ, **urls})
    finally:
        drop(server, name)


def _migrate(server: Server) -> None:
    roles.prepare(server.owner.of(TEMPLATE))
    point_django_at(server, TEMPLATE)
    call_command(migrate.Command(), database="owner", verbosity=0)
    for alias in ALIASES:
        connections[alias].close()


def _state_of_migrations() -> str:
    """A digest of what decides how a migrated database looks."""
    digest = hashlib.sha256()
    files = [path for path in settings.BASE_DIR.glob("*/**/migrations/*.py") if ".venv" not in path.parts]
    for path in [settings.BASE_DIR / "requirements.txt", *sorted(files)]:
        digest.update(str(path).encode() + path.read_bytes())
    return digest.hexdigest()
