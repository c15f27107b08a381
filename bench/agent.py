"""The fast agent of bench/fastagent: built when gcc and OpenSSL's headers are there, run on one core."""

import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.ground import BENCH, Absent
from monitoring.probes.target import Auth, Privacy, SnmpAccess, SnmpVersion

SOURCES = Path(__file__).parent / "fastagent"
V2C = SnmpAccess(community="public")
V3 = SnmpAccess(
    version=SnmpVersion.V3,
    user="bench",
    auth=Auth.SHA1,
    auth_password="authpass123",
    privacy=Privacy.AES128,
    privacy_password="privpass123",
)


@contextmanager
def running(core: int | None = None) -> Iterator[int]:
    """The agent's UDP port, the same on every loopback address."""
    program, port = _built(), _free_port()
    agent = subprocess.Popen(
        [program, str(port)], stderr=subprocess.PIPE, stdin=subprocess.DEVNULL, text=True
    )
    try:
        said = agent.stderr.readline() if agent.stderr else ""
        if not said.startswith("ready"):
            raise Absent(f"the fast agent does not start: {said.strip()}")
        if core is not None:
            os.sched_setaffinity(agent.pid, {core})
        yield port
    finally:
        agent.terminate()
        agent.communicate()


def _built() -> Path:
    program = BENCH / "fastagent"
    newest = max(source.stat().st_mtime for source in SOURCES.iterdir())
    if program.exists() and program.stat().st_mtime > newest:
        return program
    compiler = shutil.which("gcc") or shutil.which("cc")
    if compiler is None:
        raise Absent("the fast agent needs a C compiler (Debian: gcc, libssl-dev)")
    BENCH.mkdir(parents=True, exist_ok=True)
    unfinished = program.with_suffix(f".{os.getpid()}")
    command = [compiler, "-O2", "-o", str(unfinished), str(SOURCES / "fastagent.c"), "-lcrypto"]
    made = subprocess.run(command, capture_output=True, text=True)
    if made.returncode:
        raise Absent("the fast agent could not be built (Debian: gcc, libssl-dev)")
    return unfinished.rename(program)


def _free_port() -> int:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
