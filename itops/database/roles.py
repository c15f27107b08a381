"""The two roles: itops_owner migrates and owns, itops_app runs and changes rows only."""

from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from itops.database.cluster import APP, DATABASE, OWNER
from itops.database.connection import Login
from itops.database.trouble import DatabaseTrouble

OLDEST = 15
EXTENSIONS = ("ltree", "btree_gist", "pg_trgm")
DEFAULT_PRIVILEGES = (
    "SELECT, INSERT, UPDATE, DELETE ON TABLES",
    "USAGE, SELECT, UPDATE ON SEQUENCES",
    "EXECUTE ON FUNCTIONS",
)


def provision(superuser: psycopg.Connection[Any], passwords: Path) -> None:
    """Roles, database and extensions of an embedded cluster; may be repeated."""
    words = _read(passwords)
    for role, right in ((OWNER, "CREATEDB"), (APP, "NOCREATEDB")):
        _make_role(superuser, role)
        superuser.execute(
            sql.SQL("ALTER ROLE {} LOGIN {} PASSWORD {}").format(
                sql.Identifier(role), sql.SQL(right), words[role]
            )
        )
    if not _exists(superuser, "SELECT FROM pg_database WHERE datname = %s", DATABASE):
        superuser.execute(
            sql.SQL("CREATE DATABASE {} OWNER {}").format(sql.Identifier(DATABASE), sql.Identifier(OWNER))
        )


def prepare(owner: Login) -> None:
    """
    Makes a database ready for `migrate`: role itops_app, extensions, default privileges.

    It may be repeated, and says in one sentence what the owner's login may not do.
    """
    with owner.connect() as connection:
        _demand(connection)
        _make_app(connection)
        for name in EXTENSIONS:
            if not _exists(connection, "SELECT FROM pg_extension WHERE extname = %s", name):
                _try(connection, f"CREATE EXTENSION {name}")
        _grant_defaults(connection)


def _grant_defaults(connection: psycopg.Connection[Any]) -> None:
    """What itops_app may do with what this login will create; a migration may take from it."""
    for privileges in DEFAULT_PRIVILEGES:
        _try(connection, f"ALTER DEFAULT PRIVILEGES GRANT {privileges} TO {APP}")
    if _exists(connection, "SELECT WHERE has_schema_privilege(%s, 'public', 'CREATE')", APP):
        _try(connection, "REVOKE CREATE ON SCHEMA public FROM PUBLIC")


def _demand(connection: psycopg.Connection[Any]) -> None:
    version = connection.info.server_version // 10_000
    if version < OLDEST:
        raise DatabaseTrouble(f"The server is PostgreSQL {version}; {OLDEST} or newer is needed.")
    encoding = connection.info.parameter_status("server_encoding")
    if encoding != "UTF8":
        raise DatabaseTrouble(
            f"The database {connection.info.dbname} has the encoding {encoding}; UTF8 is needed."
        )


def _make_app(connection: psycopg.Connection[Any]) -> None:
    if not _exists(connection, "SELECT FROM pg_roles WHERE rolname = %s", APP):
        _try(connection, f"CREATE ROLE {APP}")
    if not _can_act_as_app(connection):
        _try(connection, f"GRANT {APP} TO CURRENT_USER")


def _can_act_as_app(connection: psycopg.Connection[Any]) -> bool:
    """It signs in by itself, or this login may become it."""
    if _exists(connection, "SELECT FROM pg_roles WHERE rolname = %s AND rolcanlogin", APP):
        return True
    try:
        connection.execute(f"SET ROLE {APP}")
    except psycopg.errors.InsufficientPrivilege:
        return False
    connection.execute("RESET ROLE")
    return True


def _try(connection: psycopg.Connection[Any], statement: str) -> None:
    try:
        connection.execute(sql.SQL(statement))
    except psycopg.errors.InsufficientPrivilege as error:
        raise DatabaseTrouble(
            f"The database login {connection.info.user} may not do this: let an administrator run "
            f'"{statement.replace("CURRENT_USER", connection.info.user)};" in {connection.info.dbname}.'
        ) from error


def _make_role(connection: psycopg.Connection[Any], role: str) -> None:
    if not _exists(connection, "SELECT FROM pg_roles WHERE rolname = %s", role):
        connection.execute(sql.SQL("CREATE ROLE {}").format(sql.Identifier(role)))


def _exists(connection: psycopg.Connection[Any], query: str, name: str) -> bool:
    return connection.execute(query.encode(), [name]).fetchone() is not None


def _read(passwords: Path) -> dict[str, str]:
    lines = (line.split(":") for line in passwords.read_text().splitlines())
    return {fields[3]: fields[4] for fields in lines}
