"""Runs pg_dump, pg_restore and psql as one login; the password goes through their environment."""

import subprocess
from collections.abc import Sequence
from contextlib import AbstractContextManager
from pathlib import Path

from itops.database import binaries, runner
from itops.database.cluster import reason
from itops.database.connection import Login
from itops.database.trouble import DatabaseTrouble

VARIABLES = {
    "host": "PGHOST",
    "port": "PGPORT",
    "dbname": "PGDATABASE",
    "user": "PGUSER",
    "password": "PGPASSWORD",
    "passfile": "PGPASSFILE",
    "sslmode": "PGSSLMODE",
    "sslrootcert": "PGSSLROOTCERT",
    "sslcert": "PGSSLCERT",
    "sslkey": "PGSSLKEY",
    "connect_timeout": "PGCONNECT_TIMEOUT",
    "options": "PGOPTIONS",
}


def run(name: str, *arguments: str | Path, login: Login | None = None) -> str:
    """What the program printed; its own reason as DatabaseTrouble when it failed."""
    done = subprocess.run(
        command(name, *arguments),
        env=environment(login),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise DatabaseTrouble(f"{name} failed: {reason(done.stderr)}")
    return done.stdout


def start(
    name: str, *arguments: str | Path, login: Login | None = None, **streams: object
) -> "AbstractContextManager[subprocess.Popen[bytes]]":
    """The running program, its streams as in subprocess.Popen."""
    return subprocess.Popen(command(name, *arguments), env=environment(login), **streams)  # type: ignore[call-overload, no-any-return]


def command(name: str, *arguments: str | Path) -> Sequence[str]:
    return [str(binaries.client_bin() / name), *map(str, arguments)]


def environment(login: Login | None) -> dict[str, str]:
    parameters = login.parameters() if login else {}
    return runner.environment() | {VARIABLES[name]: value for name, value in parameters.items()}
