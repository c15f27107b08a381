"""What `backup` saves, `restore` brings back: in the same server, in PostgreSQL 15, and back again."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from itops.database import archive, backup, restore, supervisor
from itops.database.archive import Manifest
from itops.database.backup import Installation
from itops.database.cluster import OWNER
from itops.database.connection import Login, embedded
from tests.database import saved_things
from tests.own_database import OwnDatabase, Server, drop

DEBIAN = Path("/usr/lib/postgresql/15/bin")


def installation(login: Login, files: Path) -> Installation:
    return Installation(login, files, product="0.1.0", key_fingerprint="0123456789abcdef")


@pytest.fixture
def full(own_database: OwnDatabase, tmp_path: Path) -> Installation:
    """A migrated database and files, with one of everything."""
    found = installation(own_database.owner, tmp_path / "full" / "files")
    saved_things.fill(found.login, found.files)
    return found


@contextmanager
def empty_database(server: Server) -> Iterator[Login]:
    name = server.new_name()
    with server.owner.connect() as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8'".encode())
    yield server.owner.of(name)
    for suffix in ("", "_restoring", "_replaced"):
        drop(server, name + suffix)


@pytest.fixture
def empty(database_server: Server, tmp_path: Path) -> Iterator[Installation]:
    """A database without tables, and no files."""
    with empty_database(database_server) as login:
        yield installation(login, tmp_path / "empty" / "files")


@pytest.fixture
def saved(full: Installation, tmp_path: Path) -> Path:
    backup.take(full, tmp_path / "saved.itops")
    return tmp_path / "saved.itops"


def put(target: Installation, source: Path, *, replace: bool = False) -> Manifest:
    with target.login.connect() as connection:
        assert connection.info.dbname == target.login.name
    return restore.put(target, source, known=_known(source), replace=replace)


def _known(source: Path) -> set[str]:
    with archive.opened(source) as (manifest, _tar):
        return set(manifest.migrations)


def names(server: Server, like: str) -> list[str]:
    with server.owner.connect() as connection:
        rows = connection.execute("SELECT datname FROM pg_database WHERE datname LIKE %s", [like + "%"])
        return [name for (name,) in rows.fetchall()]


def test_an_empty_installation_becomes_what_was_saved(
    full: Installation, empty: Installation, saved: Path, database_server: Server
) -> None:
    put(empty, saved)
    assert saved_things.state(empty) == saved_things.state(full)
    assert names(database_server, empty.login.name) == [empty.login.name]


def test_the_manifest_says_what_is_in_the_file(full: Installation, tmp_path: Path) -> None:
    manifest = backup.take(full, tmp_path / "saved")
    assert (manifest.files, manifest.files_bytes) == (2, 70_004)
    assert "contenttypes.0001_initial" in manifest.migrations
    assert manifest.key_fingerprint == "0123456789abcdef"
    assert (tmp_path / "saved").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir() if "saved" in path.name or "backup" in path.name] == [
        "saved"
    ]


def test_what_the_owner_makes_after_a_restore_is_the_apps_to_change(
    empty: Installation, saved: Path, database_server: Server
) -> None:
    put(empty, saved)
    with empty.login.connect() as owner:
        owner.execute("CREATE TABLE later (name text)")
    with database_server.default.of(empty.login.name).connect() as app:
        app.execute("INSERT INTO later VALUES ('x')")
        app.execute("INSERT INTO kept (name) VALUES ('next')")


def test_replacing_takes_away_what_came_after_the_backup(full: Installation, saved: Path) -> None:
    before = saved_things.state(full)
    with full.login.connect() as owner:
        owner.execute("CREATE TABLE later AS SELECT 1")
        owner.execute("DELETE FROM kept")
    (full.files / "later").write_bytes(b"later")
    put(full, saved, replace=True)
    assert saved_things.state(full) == before


def test_an_installation_without_files_is_saved_too(own_database: OwnDatabase, tmp_path: Path) -> None:
    here = installation(own_database.owner, tmp_path / "none" / "files")
    here.files.parent.mkdir()
    assert backup.take(here, tmp_path / "saved").files == 0
    put(here, tmp_path / "saved", replace=True)
    assert list(here.files.iterdir()) == []


@pytest.mark.skipif(not DEBIAN.exists(), reason="Debian's PostgreSQL 15 is not installed")
def test_it_goes_to_postgresql_15_and_back(
    full: Installation,
    empty: Installation,
    saved: Path,
    new_folder: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before = saved_things.state(full)
    monkeypatch.setenv("ITOPS_POSTGRES_BIN", str(DEBIAN))
    with supervisor.join(new_folder, durable=False):
        old = installation(embedded(new_folder, OWNER), tmp_path / "old" / "files")
        with old.login.connect() as connection:
            assert connection.info.server_version // 10_000 == 15
        put(old, saved)
        assert saved_things.state(old) == before
        backup.take(old, tmp_path / "from-15")
    monkeypatch.undo()
    put(empty, tmp_path / "from-15")
    assert saved_things.state(empty) == before
