"""The folder of stored files: each under its own hash, written whole or not at all, never changed."""

import hashlib
import os
import tempfile
from datetime import datetime
from pathlib import Path

from django.conf import settings

THUMBNAILS = "thumbnails"


def folder() -> Path:
    """Where files are kept; `manage.py backup` carries it."""
    return Path(settings.ITOPS_FILES)


def path_of(sha256: str) -> Path:
    return folder() / sha256[:2] / sha256[2:4] / sha256


def thumbnail_of(sha256: str) -> Path:
    return folder() / THUMBNAILS / sha256[:2] / f"{sha256}.jpg"


def keep(data: bytes) -> str:
    """Store the bytes; their SHA-256."""
    sha256 = hashlib.sha256(data).hexdigest()
    write(path_of(sha256), data)
    return sha256


def drop(sha256: str, *, before: datetime) -> None:
    """A file that nobody needs and that nobody has handed in since."""
    path = path_of(sha256)
    if path.exists() and path.stat().st_mtime < before.timestamp():
        path.unlink(missing_ok=True)


def write(path: Path, data: bytes) -> None:
    """On the disk when this returns. A file that is there already holds the same bytes, and is as new again."""
    if path.exists():
        path.touch()
        return
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    descriptor, unfinished = tempfile.mkstemp(prefix=".unfinished-", dir=path.parent)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(descriptor)
        Path(unfinished).replace(path)
    finally:
        Path(unfinished).unlink(missing_ok=True)
