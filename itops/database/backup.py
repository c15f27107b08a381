"""Takes a backup: the database as one moment's snapshot, then the files, which are never changed in place."""

import shutil
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from itops.database import archive, programs
from itops.database.archive import FORMAT, Manifest
from itops.database.connection import Login
from itops.database.trouble import DatabaseTrouble


@dataclass(frozen=True, slots=True)
class Installation:
    """What is saved and brought back: the owner's login, the folder of stored files, and whose they are."""

    login: Login
    files: Path
    product: str
    key_fingerprint: str


def take(installation: Installation, target: Path) -> Manifest:
    """Writes the backup to `target`, replacing what is there only when the new one is whole."""
    target = target.absolute()
    try:
        with tempfile.TemporaryDirectory(prefix=".backup-", dir=target.parent) as work:
            return _take(installation, target, Path(work) / archive.DUMP)
    except OSError as error:
        raise DatabaseTrouble(f"The backup {target} cannot be written: {error.strerror or error}.") from error


def _take(installation: Installation, target: Path, dump: Path) -> Manifest:
    server, size, migrations = _ask(installation.login)
    _demand_room(target.parent, size)
    programs.run(
        "pg_dump",
        "--format=custom",
        "--compress=1",
        "--no-password",
        "--file",
        dump,
        login=installation.login,
    )
    files = archive.list_files(installation.files)
    manifest = Manifest(
        format=FORMAT,
        product=installation.product,
        made=datetime.now(UTC).isoformat(timespec="seconds"),
        postgresql=server,
        migrations=migrations,
        key_fingerprint=installation.key_fingerprint,
        database_bytes=size,
        dump_bytes=dump.stat().st_size,
        dump_sha256=archive.sha256(dump),
        files=len(files),
        files_bytes=sum(path.stat().st_size for path in files),
    )
    archive.write(target, manifest, dump, installation.files, files)
    return manifest


def _ask(login: Login) -> tuple[str, int, tuple[str, ...]]:
    """The server's version, the database's size in bytes, and the migrations it has had."""
    with login.connect() as connection:
        row = connection.execute(
            "SELECT current_setting('server_version'), pg_database_size(current_database()),"
            " to_regclass('django_migrations')"
        ).fetchone()
        assert row is not None
        if row[2] is None:
            raise DatabaseTrouble("The database is empty: there is nothing to back up.")
        names = connection.execute("SELECT app || '.' || name FROM django_migrations ORDER BY 1").fetchall()
    return row[0], row[1], tuple(name for (name,) in names)


def _demand_room(folder: Path, size: int) -> None:
    """A dump is compressed: a quarter of the database, twice while the file is put together."""
    if shutil.disk_usage(folder).free < size // 2:
        raise DatabaseTrouble(
            f"No disk space for the backup in {folder}: about {size // 2**21 + 1} MB are needed."
        )
