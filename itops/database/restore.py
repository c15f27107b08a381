"""
Brings a backup back, all or nothing: into a fresh database, which then takes the old one's name.

The target may be older than the source (PostgreSQL 18 into 15), have another owner, be embedded or external.
"""

import re
import shutil
import subprocess
import tempfile
import time
from collections.abc import Collection
from pathlib import Path
from typing import IO, Any

import psycopg
from psycopg import sql

from itops.database import archive, programs, roles
from itops.database.archive import Manifest
from itops.database.backup import Installation
from itops.database.cluster import APP, reason
from itops.database.connection import Login
from itops.database.trouble import DatabaseTrouble

# Made by `roles.prepare` on either side, as whoever owns the database there.
NOT_RESTORED = re.compile(
    r" (DEFAULT ACL|COMMENT - EXTENSION|ACL - SCHEMA|COMMENT - SCHEMA|SCHEMA - public) "
)
# Statements that one server's dump has and another server refuses: a setting that is new in 17, and an internal
# mark on columns that servers from November 2026 on keep and a slightly older pg_dump takes for an option.
NOT_UNDERSTOOD = re.compile(
    rb"SET transaction_timeout = 0;\n|ALTER TABLE ONLY .+ ALTER COLUMN .+ SET \(pg_attver=\d+\);\n"
)
DATA_BEGINS = re.compile(rb"COPY .+ FROM stdin;\n")
OTHERS = (
    b"SELECT FROM pg_stat_activity WHERE datname = current_database()"
    b" AND pid <> pg_backend_pid() AND usesysid IS NOT NULL LIMIT 1"
)
GRANT = re.compile(r'(GRANT .+ TO|REVOKE .+ FROM) (?P<role>"[^"]+"|\w+);')


def put(installation: Installation, source: Path, *, known: Collection[str], replace: bool) -> Manifest:
    """Restores `source`; `known` ("app.name") are this program's migrations, which must cover its own."""
    try:
        return _restore(installation, source, known=known, replace=replace)
    except OSError as error:
        raise DatabaseTrouble(
            f"The backup {source} cannot be restored: {error.strerror or error}."
        ) from error


def _restore(installation: Installation, source: Path, *, known: Collection[str], replace: bool) -> Manifest:
    with archive.opened(source) as (manifest, tar):
        _demand_known(source, manifest, known)
        with installation.login.connect() as connection:
            _demand_free(connection, replace=replace)
            settings = _locale(connection)
        parent = installation.files.parent
        parent.mkdir(parents=True, exist_ok=True)
        _demand_room(parent, manifest)
        with tempfile.TemporaryDirectory(prefix=".restore-", dir=parent) as work:
            dump = archive.extract(source, manifest, tar, Path(work))
            _put(installation.login, settings, dump)
            _swap_files(Path(work), installation.files)
    return manifest


def _demand_known(source: Path, manifest: Manifest, known: Collection[str]) -> None:
    newer = sorted(set(manifest.migrations) - set(known))
    if newer:
        raise DatabaseTrouble(
            f"The file {source} is of version {manifest.product}, newer than this program: it has {newer[0]}."
        )


def _demand_free(connection: psycopg.Connection[Any], *, replace: bool) -> None:
    tables = connection.execute(
        "SELECT FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema') LIMIT 1"
    ).fetchone()
    if tables is not None and not replace:
        raise DatabaseTrouble("The database is not empty: add --replace to put the backup in its place.")
    if _is_in_use(connection):
        raise DatabaseTrouble("The database is in use: stop the program first.")


def _is_in_use(connection: psycopg.Connection[Any]) -> bool:
    """A session that has just ended is seen for a moment more."""
    for _attempt in range(20):
        if connection.execute(OTHERS).fetchone() is None:
            return False
        time.sleep(0.1)
    return True


def _demand_room(folder: Path, manifest: Manifest) -> None:
    needed = manifest.dump_bytes + manifest.files_bytes + manifest.database_bytes
    if shutil.disk_usage(folder).free < needed:
        raise DatabaseTrouble(f"No disk space to restore in {folder}: {needed // 2**20 + 1} MB are needed.")


def _locale(connection: psycopg.Connection[Any]) -> sql.Composed:
    """How the database sorts, which the fresh one shall do as well."""
    row = connection.execute(
        "SELECT datcollate, datctype FROM pg_database WHERE datname = current_database()"
    ).fetchone()
    assert row is not None
    return sql.SQL("TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE {} LC_CTYPE {}").format(*row)


def _put(login: Login, settings: sql.Composed, dump: Path) -> None:
    """Fills a fresh database and gives it the name."""
    fresh, old = login.of(f"{login.name}_restoring"), login.of(f"{login.name}_replaced")
    with login.of("postgres").connect() as server:
        _drop(server, fresh)
        _create(server, fresh, settings)
        try:
            _fill(fresh, dump)
            _drop(server, old)
            _rename(server, login, old, fresh)
        except BaseException:
            _drop(server, fresh)
            raise
        _drop(server, old)


def _create(server: psycopg.Connection[Any], fresh: Login, settings: sql.Composed) -> None:
    try:
        server.execute(sql.SQL("CREATE DATABASE {} {}").format(sql.Identifier(fresh.name), settings))
    except psycopg.errors.InsufficientPrivilege as error:
        raise DatabaseTrouble(
            f"The database login {fresh.user} may not create databases, which a restore needs: "
            f'let an administrator run "ALTER ROLE {fresh.user} CREATEDB;".'
        ) from error


def _drop(server: psycopg.Connection[Any], login: Login) -> None:
    server.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(login.name)))


def _rename(server: psycopg.Connection[Any], login: Login, old: Login, fresh: Login) -> None:
    rename = sql.SQL("ALTER DATABASE {} RENAME TO {}")
    try:
        with server.transaction():
            server.execute(rename.format(sql.Identifier(login.name), sql.Identifier(old.name)))
            server.execute(rename.format(sql.Identifier(fresh.name), sql.Identifier(login.name)))
    except psycopg.errors.ObjectInUse as error:
        raise DatabaseTrouble(
            "The database came into use during the restore: stop the program first."
        ) from error


def _fill(fresh: Login, dump: Path) -> None:
    roles.prepare(fresh)
    contents = programs.run("pg_restore", "--list", dump).splitlines()
    wanted = dump.with_name("contents")
    wanted.write_text("\n".join(line for line in contents if not NOT_RESTORED.search(line)))
    _pour(fresh, dump, wanted)
    with fresh.connect() as connection:
        _grant(connection, dump, wanted)
        connection.execute("ANALYZE")


def _pour(fresh: Login, dump: Path, wanted: Path) -> None:
    """pg_restore writes SQL, psql reads it; what an older server does not know is left out on the way."""
    write = ("--file=-", "--no-owner", "--no-privileges", "--use-list", wanted, dump)
    read = ("--no-psqlrc", "--quiet", "--no-password", "--set=ON_ERROR_STOP=1", "--output", "/dev/null")
    with (
        tempfile.TemporaryFile() as errors,
        programs.start("pg_restore", *write, stdout=subprocess.PIPE, stderr=errors) as writer,
        programs.start("psql", *read, login=fresh, stdin=subprocess.PIPE, stderr=errors) as reader,
    ):
        try:
            _copy(writer.stdout, reader.stdin)
        except BrokenPipeError:
            writer.kill()
        if reader.wait() != 0 or writer.wait() != 0:
            errors.seek(0)
            raise DatabaseTrouble(
                f"The backup cannot be restored: {reason(errors.read().decode(errors='replace'))}"
            )


def _copy(source: IO[bytes] | None, target: IO[bytes] | None) -> None:
    """Settings and tables stand before all data, so only the beginning is looked at."""
    assert source is not None
    assert target is not None
    with target:
        for line in source:
            if not NOT_UNDERSTOOD.fullmatch(line):
                target.write(line)
            if DATA_BEGINS.fullmatch(line):
                break
        shutil.copyfileobj(source, target, 1 << 20)


def _grant(connection: psycopg.Connection[Any], dump: Path, wanted: Path) -> None:
    """itops_app gets exactly what it had, which for the log's tables is less than the default."""
    everything = "ALL TABLES", "ALL SEQUENCES", "ALL FUNCTIONS"
    for kind in everything:
        connection.execute(sql.SQL(f"REVOKE ALL ON {kind} IN SCHEMA public FROM {APP}"))
    for statement in _grants(dump, wanted):
        connection.execute(sql.SQL(statement))


def _grants(dump: Path, wanted: Path) -> list[str]:
    """Those of the dump that concern itops_app or everybody; other roles may not exist here."""
    acl = dump.with_name("acl")
    acl.write_text("\n".join(line for line in wanted.read_text().splitlines() if " ACL " in line))
    text = programs.run("pg_restore", "--file=-", "--no-owner", "--use-list", acl, dump)
    found = (GRANT.fullmatch(line) for line in text.splitlines())
    return [match[0] for match in found if match is not None and match["role"] in {APP, "PUBLIC"}]


def _swap_files(work: Path, files: Path) -> None:
    if files.exists():
        files.rename(work / "replaced")
    (work / archive.FILES).rename(files)
