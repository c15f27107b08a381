"""
Databases of the tests: one migrated template; each worker, and each test that commits, gets a copy.

Several runs may share the server: each holds an advisory lock of its own, and what killed runs left is swept away.
"""

import hashlib
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.core.management.commands import migrate
from django.db import connections
from psycopg import sql

from itops.database import roles, supervisor
from itops.database.cluster import APP, OWNER, SUPERUSER
from itops.database.connection import Login, embedded, is_embedded, logins

COPIES = "test_itops_run_"
TEMPLATES = "test_itops_template_"
ALIASES = ("default", "owner")


@dataclass(frozen=True, slots=True)
class Server:
    """The tests' server: the two roles at its database "postgres", and who may drop a database in use."""

    default: Login
    owner: Login
    dropper: Login
    database: str = field(default_factory=lambda: COPIES + secrets.token_hex(4))

    def new_name(self) -> str:
        """For one more database of this run."""
        return f"{self.database}_{secrets.token_hex(4)}"


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
        app, owner = (logins(os.environ, settings.ITOPS_VAR)[alias].of("postgres") for alias in ALIASES)
        with _only_run(Server(app, owner, dropper=owner)) as server:
            yield server
        return
    folder = settings.ITOPS_VAR / "test-postgres"
    with supervisor.join(folder, durable=False):
        app, owner, superuser = (embedded(folder, role, "postgres") for role in (APP, OWNER, SUPERUSER))
        with _only_run(Server(app, owner, dropper=superuser)) as server:
            yield server


@contextmanager
def _only_run(server: Server) -> Iterator[Server]:
    """Holds this run's lock, and sweeps the databases of runs that hold theirs no more."""
    with server.owner.connect() as connection:
        connection.execute("SELECT pg_advisory_lock(hashtext(%s))", [server.database])
        found = connection.execute("SELECT datname FROM pg_database WHERE datname LIKE %s", [COPIES + "%"])
        for (name,) in found.fetchall():
            lock = [name[: len(server.database)]]
            free = connection.execute("SELECT pg_try_advisory_xact_lock(hashtext(%s))", lock).fetchone()
            if free == (True,):
                drop(server, name)
        yield server


def make_template(server: Server) -> None:
    """One for each state of the migrations; those of yesterday are dropped."""
    with server.owner.connect() as connection:
        connection.execute("SELECT pg_advisory_lock(hashtext(%s))", [TEMPLATES])
        found = connection.execute(
            "SELECT datname, shobj_description(oid, 'pg_database') FROM pg_database WHERE datname LIKE %s",
            [TEMPLATES + "%"],
        )
        made = dict(found.fetchall())
        today = datetime.now(UTC).date().isoformat()
        for name, day in made.items():
            if day is None or (day < today and name != template_name()):
                drop(server, name)
        if made.get(template_name()) is None:
            connection.execute(
                _statement("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8'", template_name())
            )
            _migrate(server)
            connection.execute(_statement(f"COMMENT ON DATABASE {{}} IS '{today}'", template_name()))


def copy_template(server: Server, name: str) -> None:
    """Copying files is ten times as fast as PostgreSQL's default of logging every page."""
    with server.owner.connect() as connection:
        connection.execute(
            _statement("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY", name, template_name())
        )


def drop(server: Server, name: str) -> None:
    with server.dropper.connect() as connection:
        connection.execute(_statement("DROP DATABASE IF EXISTS {} WITH (FORCE)", name))


def _statement(text: str, *names: str) -> sql.Composed:
    return sql.SQL(text).format(*map(sql.Identifier, names))


def point_django_at(server: Server, name: str) -> None:
    """Both aliases of this process, without the pool; an open connection is closed first."""
    for alias, login in zip(ALIASES, (server.default, server.owner), strict=True):
        connections[alias].close()
        connections.settings[alias].update(login.of(name).django(pooled=False))


def where_django_is() -> str:
    return str(connections.settings["default"]["NAME"])


@contextmanager
def copied(server: Server, var: Path) -> Iterator[OwnDatabase]:
    """A copy of the template under a name of its own."""
    name = server.new_name()
    copy_template(server, name)
    default, owner = server.default.of(name), server.owner.of(name)
    urls = {"DATABASE_URL": owner.url(), "DATABASE_APP_URL": default.url(), "ITOPS_VAR": str(var)}
    try:
        yield OwnDatabase(default, owner, {**os.environ, **urls})
    finally:
        drop(server, name)


def _migrate(server: Server) -> None:
    roles.prepare(server.owner.of(template_name()))
    point_django_at(server, template_name())
    call_command(migrate.Command(), database="owner", verbosity=0)
    for alias in ALIASES:
        connections[alias].close()


@cache
def template_name() -> str:
    """With a digest of what decides how a migrated database looks."""
    digest = hashlib.sha256()
    files = [path for path in settings.BASE_DIR.glob("*/**/migrations/*.py") if ".venv" not in path.parts]
    for path in [settings.BASE_DIR / "requirements.txt", *sorted(files)]:
        digest.update(str(path).encode() + path.read_bytes())
    return TEMPLATES + digest.hexdigest()[:16]
