"""What `restore` refuses, in one sentence, leaving the database and the files as they were."""

import dataclasses
import io
import json
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest

from itops.database import archive, backup, restore
from itops.database.backup import Installation
from itops.database.connection import Login
from itops.database.trouble import DatabaseTrouble
from tests.own_database import OwnDatabase, Server

KNOWN = {"contenttypes.0001_initial"}
MANIFEST = {
    **{"format": 1, "product": "0.1.0", "made": "2026-11-22T00:00:00+00:00", "postgresql": "18.6"},
    **{"migrations": sorted(KNOWN), "key_fingerprint": "", "database_bytes": 1, "dump_bytes": 1},
    **{"dump_sha256": "", "files": 0, "files_bytes": 0},
}


@pytest.fixture
def here(own_database: OwnDatabase, tmp_path: Path) -> Installation:
    found = Installation(own_database.owner, tmp_path / "var" / "files", "0.1.0", "0123456789abcdef")
    found.files.mkdir(parents=True)
    (found.files / "kept").touch()
    return found


def tar(path: Path, members: dict[str, bytes]) -> Path:
    with tarfile.open(path, "w") as file:
        for name, content in members.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            file.addfile(member, io.BytesIO(content))
    return path


def with_manifest(path: Path, members: dict[str, bytes], **changes: object) -> Path:
    return tar(path, {"manifest.json": json.dumps(MANIFEST | changes).encode()} | members)


BAD: dict[str, tuple[Callable[[Path], Path], str]] = {
    "absent": (lambda path: path, "There is no file"),
    "a folder": (lambda path: path.parent, "cannot be restored: Is a directory"),
    "empty": (lambda path: _written(path, b""), "is no backup of this program, or it is cut short"),
    "a picture": (lambda path: _written(path, b"\x89PNG" * 1000), "is no backup of this program"),
    "another tar": (lambda path: tar(path, {"notes.txt": b""}), "does not begin with a manifest"),
    "no JSON": (lambda path: tar(path, {"manifest.json": b"{"}), "manifest that cannot be read"),
    "a list": (lambda path: tar(path, {"manifest.json": b"[]"}), "manifest that cannot be read"),
    "incomplete": (
        lambda path: tar(path, {"manifest.json": b'{"format": 1}'}),
        "manifest that cannot be read",
    ),
    "later format": (
        lambda path: with_manifest(path, {}, format=2),
        "has format 2; this program reads format 1",
    ),
    "no dump": (lambda path: with_manifest(path, {}), "is damaged"),
    "changed dump": (lambda path: with_manifest(path, {"database.dump": b"x"}), "is damaged"),
    "climbing": (
        lambda path: with_manifest(path, {"files/../../x": b""}),
        "which no backup of this program has",
    ),
    "absolute": (lambda path: with_manifest(path, {"/etc/x": b""}), "which no backup of this program has"),
    "twice": (lambda path: _twice(path), "File exists"),
    "newer": (
        lambda path: with_manifest(path, {}, migrations=["x.0009_later"]),
        "newer than this program: it has x.0009",
    ),
    "huge": (lambda path: with_manifest(path, {}, files_bytes=10**18), "No disk space to restore"),
}


def _written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def _twice(path: Path) -> Path:
    with tarfile.open(with_manifest(path, {}), "a") as file:
        for _ in range(2):
            file.addfile(tarfile.TarInfo("files/x"))
    return path


@pytest.mark.parametrize("kind", BAD)
def test_a_bad_file_is_refused_in_one_sentence(here: Installation, tmp_path: Path, kind: str) -> None:
    make, words = BAD[kind]
    with pytest.raises(DatabaseTrouble, match=words) as caught:
        restore.put(here, make(tmp_path / "bad"), known=KNOWN, replace=True)
    assert "\n" not in str(caught.value)
    assert [path.name for path in here.files.parent.iterdir()] == ["files"]
    assert [path.name for path in here.files.iterdir()] == ["kept"]


def test_a_file_cut_short_is_refused(here: Installation, tmp_path: Path) -> None:
    manifest = backup.take(here, tmp_path / "whole")
    cut = _written(tmp_path / "cut", (tmp_path / "whole").read_bytes()[:20_000])
    with pytest.raises(DatabaseTrouble, match="cut short"):
        restore.put(here, cut, known=manifest.migrations, replace=True)


def test_a_dump_that_fails_half_way_leaves_the_database_as_it_was(
    here: Installation, tmp_path: Path, database_server: Server
) -> None:
    with here.login.connect() as owner:
        owner.execute(
            "CREATE TABLE filled AS SELECT repeat(md5(n::text), 20) FROM generate_series(1, 3000) n"
        )
    manifest = backup.take(here, tmp_path / "whole")
    with tarfile.open(tmp_path / "whole") as file:
        dump = file.extractfile("database.dump")
        assert dump is not None
        (tmp_path / "dump").write_bytes(dump.read()[: manifest.dump_bytes // 2])
    bad = dataclasses.replace(manifest, dump_sha256=archive.sha256(tmp_path / "dump"))
    archive.write(tmp_path / "half", bad, tmp_path / "dump", here.files, [here.files / "kept"])
    with here.login.connect() as owner:
        owner.execute("INSERT INTO filled VALUES ('since')")
    with pytest.raises(DatabaseTrouble, match=r"cannot be restored|pg_restore failed"):
        restore.put(here, tmp_path / "half", known=manifest.migrations, replace=True)
    with here.login.connect() as owner:
        assert owner.execute("SELECT count(*) FROM filled").fetchone() == (3001,)
        names = owner.execute(
            "SELECT datname FROM pg_database WHERE datname LIKE %s", [f"{here.login.name}%"]
        )
        assert names.fetchall() == [(here.login.name,)]
    assert [path.name for path in here.files.iterdir()] == ["kept"]


def test_a_database_with_tables_is_replaced_only_when_asked(here: Installation, tmp_path: Path) -> None:
    manifest = backup.take(here, tmp_path / "whole")
    with pytest.raises(DatabaseTrouble, match="not empty: add --replace"):
        restore.put(here, tmp_path / "whole", known=manifest.migrations, replace=False)


def test_a_database_in_use_is_not_replaced(
    here: Installation, own_database: OwnDatabase, tmp_path: Path
) -> None:
    manifest = backup.take(here, tmp_path / "whole")
    with (
        own_database.default.connect(),
        pytest.raises(DatabaseTrouble, match="in use: stop the program first"),
    ):
        restore.put(here, tmp_path / "whole", known=manifest.migrations, replace=True)


def test_an_empty_database_is_not_backed_up(database_server: Server, tmp_path: Path) -> None:
    here = Installation(database_server.owner, tmp_path / "files", "0.1.0", "")
    with pytest.raises(DatabaseTrouble, match="nothing to back up"):
        backup.take(here, tmp_path / "whole")
    assert list(tmp_path.iterdir()) == []


def test_a_backup_that_cannot_be_written_says_where(here: Installation, tmp_path: Path) -> None:
    with pytest.raises(DatabaseTrouble, match=r"absent/whole cannot be written: No such file or directory"):
        backup.take(here, tmp_path / "absent" / "whole")


def test_an_owner_who_may_not_create_databases_is_told_what_to_run(
    here: Installation, stranger: Login, tmp_path: Path
) -> None:
    manifest = backup.take(here, tmp_path / "whole")
    limited = dataclasses.replace(here, login=stranger.of(here.login.name))
    with pytest.raises(DatabaseTrouble, match=rf'run "ALTER ROLE {stranger.user} CREATEDB;"'):
        restore.put(limited, tmp_path / "whole", known=manifest.migrations, replace=True)
