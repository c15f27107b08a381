"""As which ordinary user PostgreSQL's programs run: it refuses root."""

import os
import pwd
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from itops.database.trouble import DatabaseTrouble

# LC_ALL: with the C locale pg_trgm would drop every Chinese character. PG*: the operator's own are not ours.
LOCALE = {"LC_ALL": "C.UTF-8", "LANG": "C.UTF-8"}


@dataclass(frozen=True, slots=True)
class Runner:
    """How to start a program: a prefix of the command, and the user and group to become (None: stay)."""

    prefix: tuple[str, ...] = ()
    uid: int | None = None
    gid: int | None = None

    def run(self, command: Sequence[str | Path]) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [*self.prefix, *map(str, command)],
            env=environment(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            cwd="/",
            user=self.uid,
            group=self.gid,
            extra_groups=None if self.uid is None else [],
        )

    def start(self, command: Sequence[str | Path], log: Path) -> int:
        """The pid of a program that outlives us: own session, child of init and not of ours."""
        shell = '"$@" </dev/null >>"$0" 2>&1 & echo $!'
        started = subprocess.run(
            ["/bin/sh", "-c", shell, str(log), *self.prefix, *map(str, command)],
            env=environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            text=True,
            check=True,
            cwd="/",
            start_new_session=True,
            user=self.uid,
            group=self.gid,
            extra_groups=None if self.uid is None else [],
        )
        return int(started.stdout)


def environment() -> dict[str, str]:
    """Ours without PostgreSQL's variables: the operator's PGDATA or PGHOST must not reach our server."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PG", "LC_"))}
    return kept | LOCALE


def runner_for(folder: Path) -> Runner:
    """The user who owns the folder runs its server; root becomes an ordinary user first."""
    if os.geteuid() != 0:
        return _ourselves(folder)
    owner = folder.stat()
    if owner.st_uid != 0:
        return _becoming(owner.st_uid, owner.st_gid, folder)
    nobody = _nobody()
    prefix = _unshare(nobody)
    if prefix is not None:
        return Runner(prefix=prefix)
    runner = _becoming(nobody.pw_uid, nobody.pw_gid, folder)
    give(folder, nobody.pw_uid, nobody.pw_gid)
    return runner


def give(folder: Path, uid: int, gid: int) -> None:
    """Hands the folder and what is in it to a user."""
    for path in [folder, *folder.rglob("*")]:
        os.chown(path, uid, gid, follow_symlinks=False)


def _becoming(uid: int, gid: int, folder: Path) -> Runner:
    """As this user; where a folder above is closed to them, with the one right to pass through it."""
    closed = [parent for parent in folder.resolve().parents if not _passable(parent, uid, gid)]
    if not closed:
        return Runner(uid=uid, gid=gid)
    prefix = _passing(uid, gid, closed[-1])
    if prefix is None:
        raise DatabaseTrouble(
            f"PostgreSQL does not run as root and its user {uid} cannot pass through {closed[-1]}: "
            f"run as an ordinary user, or allow it with chmod o+x {closed[-1]}."
        )
    return Runner(prefix=prefix)


def _ourselves(folder: Path) -> Runner:
    if folder.stat().st_uid != os.geteuid():
        raise DatabaseTrouble(f"The folder {folder} belongs to another user: run as that user, or as root.")
    return Runner()


def _nobody() -> pwd.struct_passwd:
    """An ordinary user with an entry: initdb looks its own name up."""
    try:
        return pwd.getpwnam("nobody")
    except KeyError:
        return next(user for user in pwd.getpwall() if user.pw_uid != 0)


def _unshare(user: pwd.struct_passwd) -> tuple[str, ...] | None:
    """In a user namespace of its own root's files stay root's, yet PostgreSQL sees an ordinary user."""
    program = shutil.which("unshare", path="/usr/bin:/bin:/usr/sbin:/sbin")
    if program is None:
        return None
    prefix = (program, "--user", f"--map-user={user.pw_uid}", f"--map-group={user.pw_gid}")
    allowed = subprocess.run([*prefix, "true"], capture_output=True, check=False).returncode == 0
    return prefix if allowed else None


def _passing(uid: int, gid: int, closed: Path) -> tuple[str, ...] | None:
    """Containers often forbid user namespaces, yet leave root one of the two rights to pass closed folders."""
    program = shutil.which("setpriv", path="/usr/bin:/bin:/usr/sbin:/sbin")
    if program is None:
        return None
    for right in ("dac_read_search", "dac_override"):
        prefix = (program, f"--reuid={uid}", f"--regid={gid}", "--clear-groups",
                  f"--inh-caps=+{right}", f"--ambient-caps=+{right}")  # fmt: skip
        if subprocess.run([*prefix, "ls", str(closed)], capture_output=True, check=False).returncode == 0:
            return prefix
    return None


def _passable(folder: Path, uid: int, gid: int) -> bool:
    found = folder.stat()
    if found.st_uid == uid:
        return bool(found.st_mode & 0o100)
    return bool(found.st_mode & (0o010 if found.st_gid == gid else 0o001))
