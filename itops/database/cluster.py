"""The cluster's folder: what lies where, and how it is made (initdb, passwords, settings)."""

import hashlib
import os
import secrets
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from itops.database import binaries
from itops.database.runner import Runner, runner_for
from itops.database.trouble import DatabaseTrouble

SUPERUSER, OWNER, APP = "postgres", "itops_owner", "itops_app"
DATABASE = "itops"
PORT = 5432
LONGEST_SOCKET_PATH = 107  # bytes in sockaddr_un on Linux, without the closing zero
ROOM_TO_CREATE = 200 * 2**20


@dataclass(frozen=True, slots=True)
class Cluster:
    """One PostgreSQL in one folder; `durable` is False only for tests, which need not survive a power cut."""

    folder: Path
    bin: Path
    durable: bool = True

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def passwords(self) -> Path:
        return passwords(self.folder)

    @property
    def log(self) -> Path:
        return self.folder / "server.log"

    @property
    def pid_file(self) -> Path:
        return self.data / "postmaster.pid"

    @property
    def provisioned(self) -> Path:
        return self.folder / "provisioned"

    @property
    def sockets(self) -> Path:
        return socket_folder(self.folder)

    @property
    def socket(self) -> Path:
        return self.sockets / f".s.PGSQL.{PORT}"


def passwords(folder: Path) -> Path:
    """A libpq password file: clients read it when they connect, so no password is in any setting."""
    return folder / "passwords"


def socket_folder(folder: Path) -> Path:
    """Inside the cluster, or under the system's temporary folder where the path would be too long."""
    inside = folder / "socket"
    if len(os.fsencode(inside / f".s.PGSQL.{PORT}")) <= LONGEST_SOCKET_PATH:
        return inside
    record = folder / "socket-folder"
    if record.exists():
        return Path(record.read_text().strip())
    name = hashlib.sha256(os.fsencode(folder)).hexdigest()[:16]
    return Path(tempfile.gettempdir()) / f"itops-{name}"


def make_ready(cluster: Cluster) -> Runner:
    """Creates what is absent, checks the rest; the runner that may start the server."""
    try:
        return _make_ready(cluster)
    except PermissionError as error:
        raise DatabaseTrouble(
            f"No permission to use {error.filename or cluster.folder} for the database."
        ) from error
    except OSError as error:
        raise DatabaseTrouble(
            f"The folder {cluster.folder} cannot hold the database: {error.strerror}."
        ) from error


def _make_ready(cluster: Cluster) -> Runner:
    runner = runner_for(cluster.folder)
    if not (cluster.data / "PG_VERSION").exists():
        _create(cluster, runner)
    _check_version(cluster)
    _make_socket_folder(cluster)
    _write(cluster.data / "itops.conf", _settings(cluster), cluster.folder)
    return runner


def _create(cluster: Cluster, runner: Runner) -> None:
    """All or nothing: initdb works in a folder of another name that is renamed at the end."""
    if shutil.disk_usage(cluster.folder).free < ROOM_TO_CREATE:
        raise DatabaseTrouble(f"No disk space for the database in {cluster.folder}: 200 MB are needed.")
    unfinished, password_file = cluster.folder / "data.unfinished", cluster.folder / "password.once"
    shutil.rmtree(unfinished, ignore_errors=True)
    words = {role: secrets.token_urlsafe(24) for role in (SUPERUSER, OWNER, APP)}
    _write(
        cluster.passwords, "".join(f"*:*:*:{role}:{word}\n" for role, word in words.items()), cluster.folder
    )
    _write(password_file, words[SUPERUSER], cluster.folder)
    made = runner.run(
        [
            *(
                cluster.bin / "initdb",
                "--pgdata",
                unfinished,
                "--username",
                SUPERUSER,
                "--pwfile",
                password_file,
            ),
            *("--auth=scram-sha-256", "--encoding=UTF8", "--locale=C.UTF-8", *_builtin_locale(cluster.bin)),
            *(() if cluster.durable else ("--no-sync",)),
        ]
    )
    password_file.unlink()
    if made.returncode != 0:
        raise DatabaseTrouble(f"The database cannot be created in {cluster.folder}: {reason(made.stderr)}")
    with (unfinished / "postgresql.conf").open("a") as settings:
        settings.write("include 'itops.conf'\n")
    cluster.provisioned.unlink(missing_ok=True)
    unfinished.rename(cluster.data)


def _builtin_locale(folder: Path) -> tuple[str, ...]:
    """PostgreSQL's own C.UTF-8 sorts the same on every machine; before 17 there is only the system's."""
    return (
        ("--locale-provider=builtin", "--builtin-locale=C.UTF-8")
        if binaries.major_version(folder) >= 17
        else ()
    )


def _check_version(cluster: Cluster) -> None:
    there = int((cluster.data / "PG_VERSION").read_text().strip())
    ours = binaries.major_version(cluster.bin)
    if there != ours:
        raise DatabaseTrouble(
            f"The database in {cluster.folder} is of PostgreSQL {there} and the programs are of {ours}: "
            f"name the programs of {there} in {binaries.VARIABLE}, back up, and restore into a new folder."
        )


def _make_socket_folder(cluster: Cluster) -> None:
    sockets, owner = cluster.sockets, cluster.folder.stat()
    if not sockets.is_symlink() and not sockets.exists():
        sockets.mkdir(mode=0o700, parents=True)
        os.chown(sockets, owner.st_uid, owner.st_gid)
    found = sockets.lstat()
    if sockets.is_symlink() or found.st_uid != owner.st_uid or found.st_mode & 0o077:
        raise DatabaseTrouble(
            f"The folder {sockets} must be the database's own, closed to others: remove it."
        )
    if sockets.parent != cluster.folder:
        _write(cluster.folder / "socket-folder", f"{sockets}\n", cluster.folder)


def _settings(cluster: Cluster) -> str:
    """Scaled to the machine, which the web and the workers share: a quarter of its memory for buffers."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    disk = shutil.disk_usage(cluster.folder).free
    settings = {
        "listen_addresses": "''",
        "port": PORT,
        "unix_socket_directories": _quoted(str(cluster.sockets)),
        "unix_socket_permissions": "0700",
        "password_encryption": "'scram-sha-256'",
        # What the system keeps of files it may drop at any moment; a marking of a large county reads far and wide.
        "shared_buffers": _megabytes(memory // 4, 128, 8192 if cluster.durable else 128),
        "effective_cache_size": _megabytes(memory // 2, 256, 65536),
        "work_mem": _megabytes(memory // 512, 4, 32),
        "maintenance_work_mem": _megabytes(memory // 32, 64, 512),
        "max_wal_size": _megabytes(disk // 10, 256, 4096),
        "max_locks_per_transaction": 256,  # a partition per day for years
        "wal_level": "minimal",
        "max_wal_senders": 0,
        "wal_compression": "off",  # pglz saved an eighth of the log and took ten times as long after each checkpoint
        "random_page_cost": 1.1,
        "jit": "off",
        "timezone": "'UTC'",
        "log_timezone": "'UTC'",
        "lc_messages": "'C'",
        "log_checkpoints": "off",
        # The values in a failed statement may be personal data.
        "log_min_error_statement": "panic",
        "log_error_verbosity": "terse",
    }
    if not cluster.durable:
        settings |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
    return "".join(f"{name} = {value}\n" for name, value in settings.items())


def _megabytes(amount: int, least: int, most: int) -> str:
    return f"{min(max(amount // 2**20, least), most)}MB"


def _quoted(text: str) -> str:
    """A folder in a list in a string: quoted twice."""
    return "'" + ('"' + text.replace('"', '""') + '"').replace("'", "''") + "'"


def _write(path: Path, text: str, folder: Path) -> None:
    """Readable for the folder's owner alone, and whole or not at all."""
    owner, new = folder.stat(), path.with_name(path.name + ".new")
    descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as stream:
        stream.write(text)
        stream.flush()
        os.fsync(descriptor)
    os.chown(new, owner.st_uid, owner.st_gid)
    new.replace(path)


def reason(output: str) -> str:
    """The last line that says what was wrong."""
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    telling = [line for line in lines if "error:" in line or "FATAL:" in line or "PANIC:" in line]
    return (telling or lines or ["no reason was given."])[-1]
