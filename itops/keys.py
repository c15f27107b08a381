"""The installation's secret: one random file outside the database, from which every key is derived."""

import base64
import hashlib
import os
import secrets
from pathlib import Path

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF


def master_secret(file: Path) -> bytes:
    """Read the secret, making it (owner-readable only) when the installation is new."""
    if not file.exists():
        _make(file)
    return base64.urlsafe_b64decode(file.read_text().strip())


def derived_key(file: Path, purpose: str) -> bytes:
    """Thirty-two bytes for one purpose (HKDF-SHA256, RFC 5869), as urlsafe base64."""
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose.encode()).derive(
        master_secret(file)
    )
    return base64.urlsafe_b64encode(derived)


def fingerprint(file: Path) -> str:
    """Sixteen hexadecimal digits that name the secret without giving it away."""
    return hashlib.sha256(b"fingerprint" + master_secret(file)).hexdigest()[:16]


def _make(file: Path) -> None:
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    fresh = file.with_suffix(f".{os.getpid()}")
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as stream:
        stream.write(base64.urlsafe_b64encode(secrets.token_bytes(32)) + b"\n")
    try:
        os.link(fresh, file)
    except FileExistsError:
        pass  # another process was first; its secret is the one
    finally:
        fresh.unlink()
