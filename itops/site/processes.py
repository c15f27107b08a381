"""Child processes of one machine: started together, started again when one dies, stopped together. No Django."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

STOP_S = 10.0
RESTART_AFTER_S = 1.0
PR_SET_PDEATHSIG = 1  # Linux: a child is told when its parent dies, even by kill -9
LIBC = ctypes.CDLL(None, use_errno=True)


@dataclass(frozen=True, slots=True)
class Child:
    """One program to keep running."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]


@dataclass(slots=True)
class Family:
    """The children that run; `tend` starts a dead one again."""

    running: dict[str, "subprocess.Popen[bytes]"] = field(default_factory=dict)
    children: dict[str, Child] = field(default_factory=dict)
    died_at: dict[str, float] = field(default_factory=dict)

    def start(self, child: Child) -> None:
        self.children[child.name] = child
        self.running[child.name] = subprocess.Popen(
            child.command,
            env={**os.environ, **child.environment},
            stdin=subprocess.DEVNULL,
            preexec_fn=_die_with_parent,
            process_group=0,  # Ctrl-C reaches the parent alone, which stops the children in order
        )

    def tend(self) -> list[str]:
        """Start again whatever died; returns the names of those found dead since the last call."""
        found = []
        for name, process in self.running.items():
            if process.poll() is None:
                continue
            if name not in self.died_at:
                _kill_group(process)
                self.died_at[name] = time.monotonic()
                found.append(name)
            elif time.monotonic() - self.died_at[name] >= RESTART_AFTER_S:
                del self.died_at[name]
                self.start(self.children[name])
        return found

    def stop(self) -> None:
        """Ask all to stop, the last started first; after STOP_S kill those that did not."""
        processes = list(reversed(self.running.values()))
        for process in processes:
            process.terminate()
        deadline = time.monotonic() + STOP_S
        for process in processes:
            try:
                process.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
            _kill_group(process)
        self.running.clear()


def _die_with_parent() -> None:
    LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def _kill_group(process: "subprocess.Popen[bytes]") -> None:
    """What a killed child leaves behind: granian's workers would keep its port."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)


def command(*arguments: str) -> list[str]:
    """A command of this program, run by the same Python."""
    return [sys.executable, os.path.abspath(sys.argv[0]), *arguments]  # noqa: PTH100 -- argv is text
