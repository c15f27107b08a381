"""
Starts, shares and stops the embedded PostgreSQL (docs/adr/0002).

A gate (flock) covers start and stop. Each process that uses the server holds a shared flock; whoever gets it
exclusively on leaving was the last and stops the server. An orphaned server is adopted by the next who joins.
"""

import fcntl
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import psycopg

from itops.database import binaries, processes, roles
from itops.database.cluster import DATABASE, OWNER, SUPERUSER, Cluster, make_ready, reason
from itops.database.connection import embedded
from itops.database.trouble import DatabaseTrouble

SAY_EVERY = 5.0  # seconds


@dataclass(frozen=True, slots=True)
class Membership:
    """While it is held the server runs; as a context manager it leaves at the end."""

    cluster: Cluster
    lock: int
    pid: int

    def leave(self) -> None:
        """The last one out stops the server. A fork of the joiner leaves nothing."""
        if os.getpid() != self.pid:
            return
        with _gate(self.cluster.folder):
            if _lock(self.lock, fcntl.LOCK_EX):
                _stop(self.cluster)
            os.close(self.lock)

    def revive(self) -> bool:
        """Starts the server again if somebody killed it; whether that was so."""
        if _is_ready(self.cluster, _pid(self.cluster)):
            return False
        with _gate(self.cluster.folder):
            return _ensure(self.cluster)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.leave()


def join(folder: Path, *, durable: bool = True) -> Membership:
    """Ensures that the folder's server runs, made when absent; waits for crash recovery without limit."""
    folder = folder.absolute()
    _make_folder(folder)
    cluster = Cluster(folder, binaries.server_bin(), durable)
    with _gate(folder):
        _ensure(cluster)
        return Membership(cluster, _member(folder), os.getpid())


@contextmanager
def running(
    folder: Path, *, role: str = OWNER, database: str = DATABASE
) -> Iterator["psycopg.Connection[Any]"]:
    """A connection in autocommit mode to the folder's server, which runs at least as long."""
    with join(folder), embedded(folder.absolute(), role, database).connect() as connection:
        yield connection


def _ensure(cluster: Cluster) -> bool:
    """Whether the server had to be started; it is ready and has its roles when this returns."""
    start = not _is_ready(cluster, _pid(cluster))
    if start:
        _start(cluster)
    _see_socket(cluster)
    if not cluster.provisioned.exists():
        _provision(cluster)
    return start


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if folder.stat().st_mode & 0o077:
            folder.chmod(0o700)
    except OSError as error:
        raise DatabaseTrouble(
            f"The folder {folder} cannot be made for the database: {error.strerror}."
        ) from error


@contextmanager
def _gate(folder: Path) -> Iterator[None]:
    descriptor = _open_lock(folder / "gate")
    try:
        _wait(
            lambda: _lock(descriptor, fcntl.LOCK_EX),
            "Waiting for another program that starts or stops the database.",
        )
        yield
    finally:
        os.close(descriptor)


def _member(folder: Path) -> int:
    descriptor = _open_lock(folder / "members")
    fcntl.flock(descriptor, fcntl.LOCK_SH)
    return descriptor


def _open_lock(path: Path) -> int:
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        owner = path.parent.stat()
        if os.geteuid() == 0:
            os.chown(descriptor, owner.st_uid, owner.st_gid)
        return descriptor
    except OSError as error:
        raise DatabaseTrouble(
            f"The file {path} cannot be used to guard the database: {error.strerror}."
        ) from error


def _lock(descriptor: int, kind: int) -> bool:
    try:
        fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError as error:
        raise DatabaseTrouble(
            f"The file system of the database's folder has no file locks: {error.strerror}."
        ) from error
    return True


def _pid(cluster: Cluster) -> int | None:
    """The living server's process, from its pid file; None for a stale file, a zombie or another's number."""
    lines = _pid_lines(cluster)
    if not lines or not lines[0].strip().isdigit():
        return None
    pid = int(lines[0])
    return pid if processes.serves(pid, cluster.data) else None


def _pid_lines(cluster: Cluster) -> list[str]:
    try:
        return cluster.pid_file.read_text().splitlines()
    except FileNotFoundError:
        return []


def _is_ready(cluster: Cluster, pid: int | None) -> bool:
    """The server itself writes its state in the eighth line of its pid file."""
    lines = _pid_lines(cluster)
    return (
        pid is not None and len(lines) >= 8 and lines[0].strip() == str(pid) and lines[7].strip() == "ready"
    )


def _start(cluster: Cluster) -> None:
    """Or waits for a server whose starter was killed while it was still starting."""
    pid, begin = _pid(cluster), 0
    if pid is None:
        runner = make_ready(cluster)
        processes.end_left_behind(cluster.data)
        _remove_stale_locks(cluster)
        begin = _fresh_log(cluster)
        pid = runner.start([cluster.bin / "postgres", "-D", cluster.data], cluster.log)
    server = pid
    _wait(
        lambda: _is_ready(cluster, server) or not processes.is_alive(server),
        "Waiting for the database, which recovers from an interruption.",
    )
    if not _is_ready(cluster, server):
        raise DatabaseTrouble(
            f"The database in {cluster.folder} does not start: {reason(_log_since(cluster, begin))}"
        )


def _remove_stale_locks(cluster: Cluster) -> None:
    """PostgreSQL itself only asks whether a process of that number exists, zombie or stranger."""
    for path in (cluster.pid_file, cluster.socket.with_name(cluster.socket.name + ".lock"), cluster.socket):
        path.unlink(missing_ok=True)


def _fresh_log(cluster: Cluster) -> int:
    """Where this start's lines begin; a long log is put aside once."""
    if not cluster.log.exists():
        return 0
    size = cluster.log.stat().st_size
    if size < 10 * 2**20:
        return size
    cluster.log.replace(cluster.log.with_suffix(".log.old"))
    return 0


def _log_since(cluster: Cluster, begin: int) -> str:
    with cluster.log.open("rb") as log:
        log.seek(begin)
        return log.read(1_000_000).decode(errors="replace")


def _see_socket(cluster: Cluster) -> None:
    if not cluster.socket.exists():
        raise DatabaseTrouble(f"The database runs, but its socket {cluster.socket} cannot be seen from here.")


def _provision(cluster: Cluster) -> None:
    with embedded(cluster.folder, SUPERUSER, "postgres").connect() as superuser:
        roles.provision(superuser, cluster.passwords)
    roles.prepare(embedded(cluster.folder, OWNER))
    cluster.provisioned.touch(mode=0o600)


def _stop(cluster: Cluster) -> None:
    pid = _pid(cluster)
    if pid is None:
        return
    os.kill(pid, signal.SIGINT)
    _wait(lambda: not processes.is_alive(pid), "Waiting for the database to finish its writing.")


def _wait(done: Callable[[], bool], words: str) -> None:
    """Without limit; says so on standard error every five seconds."""
    said, pause = time.monotonic(), 0.005
    while not done():
        if time.monotonic() - said >= SAY_EVERY:
            said = time.monotonic()
            print(words, file=sys.stderr, flush=True)  # noqa: T201
        time.sleep(pause)
        pause = min(pause * 1.5, 0.1)
