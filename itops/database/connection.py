"""Django's DATABASES from the environment: "default" runs as itops_app, "owner" migrates as itops_owner."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

import psycopg

from itops.database.cluster import APP, DATABASE, OWNER, PORT, passwords, socket_folder
from itops.database.trouble import DatabaseTrouble
from itops.environment import WrongSetting

POOL = {"min_size": 1, "max_size": 8, "timeout": 30}
SECURITY = {"sslmode", "sslrootcert", "sslcert", "sslkey", "passfile"}
PARAMETERS = SECURITY | {"host", "port", "connect_timeout", "options"}


@dataclass(frozen=True, slots=True)
class Login:
    """How to reach one database as one role; libpq's words."""

    host: str
    port: str
    name: str
    user: str
    password: str = field(default="", repr=False)
    more: tuple[tuple[str, str], ...] = ()

    def parameters(self) -> dict[str, str]:
        found = {"host": self.host, "port": self.port, "dbname": self.name, "user": self.user}
        found |= {"password": self.password, **dict(self.more)}
        return {name: value for name, value in found.items() if value}

    def connect(self) -> "psycopg.Connection[Any]":
        """In autocommit mode; DatabaseTrouble when there is no answer."""
        try:
            return psycopg.connect(**self.parameters(), autocommit=True)  # type: ignore[arg-type]
        except psycopg.OperationalError as error:
            raise DatabaseTrouble(f"PostgreSQL does not answer: {_first_line(error)}.") from error

    def url(self) -> str:
        """As DATABASE_URL gives it."""
        more = {"host": self.host, "port": self.port, **dict(self.more)}
        word = f":{quote(self.password, safe='')}" if self.password else ""
        return (
            f"postgresql://{quote(self.user, safe='')}{word}@/{quote(self.name, safe='')}?{urlencode(more)}"
        )

    def of(self, name: str) -> "Login":
        """The same login at another database of the server."""
        return replace(self, name=name)

    def django(self, *, pooled: bool) -> dict[str, object]:
        options: dict[str, Any] = dict(self.more)
        return {
            "ENGINE": "itops.database.backend",
            "NAME": self.name,
            "USER": self.user,
            "PASSWORD": self.password,
            "HOST": self.host,
            "PORT": self.port,
            "CONN_MAX_AGE": 0,
            "CONN_HEALTH_CHECKS": True,  # the pool hands out no connection of a server that was restarted
            "OPTIONS": options
            | {
                "prepare_threshold": None
            }  # itops.database.prepared alone prepares, and knows what it has prepared
            | ({"pool": dict(POOL)} if pooled else {}),
        }


def is_embedded(environ: Mapping[str, str]) -> bool:
    """Whether the database is our own cluster, which somebody has to `join`."""
    return not environ.get("DATABASE_URL")


def logins(environ: Mapping[str, str], var: Path) -> dict[str, Login]:
    """The logins "default" and "owner"; asks no server, and none need exist yet."""
    if is_embedded(environ):
        return {"default": embedded(var / "postgres", APP), "owner": embedded(var / "postgres", OWNER)}
    owner = _parse("DATABASE_URL", environ["DATABASE_URL"])
    if environ.get("DATABASE_APP_URL"):
        return {"default": _parse("DATABASE_APP_URL", environ["DATABASE_APP_URL"]), "owner": owner}
    return {"default": _as_app(owner), "owner": owner}


def databases(environ: Mapping[str, str], var: Path) -> dict[str, dict[str, object]]:
    """Django's DATABASES."""
    found = logins(environ, var)
    return {"default": found["default"].django(pooled=True), "owner": found["owner"].django(pooled=False)}


def embedded(folder: Path, role: str, name: str = DATABASE) -> Login:
    """One of the roles of the cluster in a folder; its password is read by libpq when it connects."""
    return Login(
        str(socket_folder(folder)), str(PORT), name, role, more=(("passfile", str(passwords(folder))),)
    )


def _as_app(owner: Login) -> Login:
    """The same login, which becomes itops_app before its first statement."""
    more = dict(owner.more)
    more["options"] = f"{more.get('options', '')} -c role={APP}".strip()
    return replace(owner, more=tuple(more.items()))


def _parse(variable: str, url: str) -> Login:
    """postgresql://user:password@host:port/name?sslmode=…; a socket's folder is given as ?host=/run/…."""
    example = f"{variable}: write it as postgresql://USER:PASSWORD@HOST:PORT/NAME"
    try:
        parts = urlsplit(url)
        port = parts.port
        query = dict(parse_qsl(parts.query, strict_parsing=True)) if parts.query else {}
    except ValueError as error:
        raise WrongSetting(f"{example} ({error}).") from error
    name = unquote(parts.path.removeprefix("/"))
    if parts.scheme not in {"postgres", "postgresql"} or not parts.username or not name or parts.fragment:
        raise WrongSetting(f"{example}.")
    if unknown := query.keys() - PARAMETERS:
        raise WrongSetting(f"{variable}: unknown parameter {sorted(unknown)[0]}.")
    host = query.pop("host", "") or unquote(parts.hostname or "")
    return Login(
        host=host,
        port=query.pop("port", "") or str(port or PORT),
        name=name,
        user=unquote(parts.username),
        password=unquote(parts.password or ""),
        more=tuple(query.items()),
    )


def _first_line(error: Exception) -> str:
    """The rest is hints."""
    return str(error).strip().splitlines()[0].removeprefix("connection failed: ").rstrip(".")
