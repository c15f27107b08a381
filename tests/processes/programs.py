"""Starting the program's own processes in tests, and killing them without mercy."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from django.conf import settings

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_S = 120.0


@contextmanager
def program(*arguments: str, environ: dict[str, str], log: Path) -> "Iterator[subprocess.Popen[bytes]]":
    """One `manage.py` command in the background; asked to end at the end, and killed if it does not."""
    with log.open("ab") as output:
        process = subprocess.Popen(
            [sys.executable, str(ROOT / "manage.py"), *arguments],
            env={**os.environ, **environ, "ITOPS_KEY_FILE": str(settings.ITOPS_KEY_FILE)},
            stdout=output,
            stderr=output,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )
    try:
        yield process
    finally:
        process.terminate()
        with suppress(subprocess.TimeoutExpired):
            process.wait(30)
        kill(process)


def kill(process: "subprocess.Popen[bytes]") -> None:
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def eventually(holds: Callable[[], bool], what: str, log: Path | None = None) -> None:
    """Wait until it holds; fail with what was waited for and the program's last words."""
    deadline = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline:
        if holds():
            return
        time.sleep(0.1)
    said = log.read_text(errors="replace")[-3000:] if log and log.exists() else ""
    raise AssertionError(f"waited {PATIENCE_S:.0f} s in vain: {what}\n{said}")
