"""
One backup file: a tar of manifest.json, database.dump (pg_dump's custom format) and files/….

The secret key is not in it; the manifest has its fingerprint, so that a restore can say which key it needs.
"""

import hashlib
import json
import os
import shutil
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from itops.database.trouble import DatabaseTrouble

FORMAT = 1
MANIFEST, DUMP, FILES = "manifest.json", "database.dump", "files"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What the backup holds; `migrations` as "app.name", sizes in bytes."""

    format: int
    product: str
    made: str
    postgresql: str
    migrations: tuple[str, ...]
    key_fingerprint: str
    database_bytes: int
    dump_bytes: int
    dump_sha256: str
    files: int
    files_bytes: int


def sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def list_files(folder: Path) -> list[Path]:
    """The stored files in a stable order; none where the folder is absent. Links are not followed."""
    return sorted(path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())


def write(target: Path, manifest: Manifest, dump: Path, folder: Path, files: list[Path]) -> None:
    """Whole or not at all, readable for its owner alone, on the disk when this returns."""
    unfinished = target.with_name(target.name + ".unfinished")
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            _write_tar(stream, manifest, dump, folder, files)
            stream.flush()
            os.fsync(descriptor)
        unfinished.replace(target)
    finally:
        unfinished.unlink(missing_ok=True)


def _write_tar(stream: BinaryIO, manifest: Manifest, dump: Path, folder: Path, files: list[Path]) -> None:
    with tarfile.open(fileobj=stream, mode="w", format=tarfile.PAX_FORMAT) as tar:
        words = json.dumps(asdict(manifest), indent=1).encode()
        header = tarfile.TarInfo(MANIFEST)
        header.size = len(words)
        tar.addfile(header, BytesIO(words))
        tar.add(dump, DUMP)
        for path in files:
            tar.add(path, f"{FILES}/{path.relative_to(folder).as_posix()}", recursive=False)


@contextmanager
def opened(source: Path) -> Iterator[tuple[Manifest, tarfile.TarFile]]:
    """The manifest and the tar behind it; DatabaseTrouble for whatever is wrong with the file."""
    if not source.exists():
        raise DatabaseTrouble(f"There is no file {source}.")
    try:
        with tarfile.open(source, "r:") as tar:
            yield _manifest(source, tar), tar
    except tarfile.TarError as error:
        raise DatabaseTrouble(
            f"The file {source} is no backup of this program, or it is cut short."
        ) from error


def extract(source: Path, manifest: Manifest, tar: tarfile.TarFile, folder: Path) -> Path:
    """Writes the dump and the files into `folder` and compares them with the manifest; the dump's path."""
    (folder / FILES).mkdir()
    found, size = 0, 0
    for member in tar:
        if member.name == MANIFEST:
            continue
        _extract_one(source, tar, member, folder)
        if member.name != DUMP:
            found, size = found + 1, size + member.size
    dump = folder / DUMP
    whole = dump.exists() and sha256(dump) == manifest.dump_sha256
    if not whole or (found, size) != (manifest.files, manifest.files_bytes):
        raise DatabaseTrouble(f"The file {source} is damaged: its contents are not what its manifest says.")
    return dump


def _manifest(source: Path, tar: tarfile.TarFile) -> Manifest:
    first = tar.next()
    stream = tar.extractfile(first) if first is not None and first.name == MANIFEST else None
    if stream is None:
        raise DatabaseTrouble(
            f"The file {source} is no backup of this program: it does not begin with a manifest."
        )
    try:
        words = json.loads(stream.read(1_000_000))
        if words["format"] != FORMAT:
            raise DatabaseTrouble(
                f"The file {source} has format {words['format']}; this program reads format {FORMAT}."
            )
        return Manifest(**words | {"migrations": tuple(words["migrations"])})
    except (ValueError, TypeError, KeyError) as error:
        raise DatabaseTrouble(f"The file {source} has a manifest that cannot be read.") from error


def _extract_one(source: Path, tar: tarfile.TarFile, member: tarfile.TarInfo, folder: Path) -> None:
    """Plain files in their place only: a prepared file must not write elsewhere."""
    path = PurePosixPath(member.name)
    stream = tar.extractfile(member) if member.isreg() else None
    placed = member.name == DUMP or (
        path.parts[0] == FILES and len(path.parts) > 1 and ".." not in path.parts
    )
    if stream is None or not placed:
        raise DatabaseTrouble(
            f"The file {source} holds {member.name!r}, which no backup of this program has."
        )
    target = folder / path
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("xb") as written:
        shutil.copyfileobj(stream, written, 1 << 20)
