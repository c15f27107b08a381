"""What the kernel says of PostgreSQL's processes (Linux /proc)."""

import os
import signal
import time
from pathlib import Path

PROC = Path("/proc")


def is_alive(pid: int) -> bool:
    """False also for a zombie: a killed server whose parent has not yet noticed."""
    try:
        stat = (PROC / str(pid) / "stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return False
    return stat.rpartition(")")[2].split()[0] not in ("Z", "X")


def serves(pid: int, data: Path) -> bool:
    """Whether the process lives and is a PostgreSQL of this folder, not another that got its number."""
    return is_alive(pid) and _works_in(pid, data)


def left_behind(data: Path) -> list[int]:
    """Processes of a server that died without them."""
    pids = (int(entry.name) for entry in PROC.iterdir() if entry.name.isdigit())
    return [pid for pid in pids if serves(pid, data)]


def end_left_behind(data: Path) -> None:
    """They hold the dead server's memory, and no new one may start beside them; recovery replays the rest."""
    while pids := left_behind(data):
        for pid in pids:
            _kill(pid)
        time.sleep(0.02)


def _works_in(pid: int, data: Path) -> bool:
    process = PROC / str(pid)
    try:
        return (process / "comm").read_text().strip() == "postgres" and _same(process / "cwd", data)
    except OSError:
        return False


def _same(cwd: Path, data: Path) -> bool:
    return cwd.readlink() == data.resolve()


def _kill(pid: int) -> None:
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return
