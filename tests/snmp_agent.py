"""A real SNMP agent for tests: snmpsim serves a folder of recordings over UDP on loopback."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from monitoring.probes.engine import probe_once
from monitoring.probes.oids import SYS_OBJECT_ID
from monitoring.probes.profile import Profile, Text
from monitoring.probes.target import Limits, SnmpAccess, Target

HOST = "127.0.0.1"
_WHO = Text(name="object_id", oid=SYS_OBJECT_ID)
_ANYBODY = Profile(name="anybody", version=1, kinds=(), interval_s=60, ping=False, snmp=True, texts=(_WHO,))


@contextmanager
def serving(recordings: Path, work: Path) -> Iterator[int]:
    """The agent's UDP port; the community is a recording's name. Copies and index files lie in `work`."""
    data = Path(shutil.copytree(recordings, work / "data"))
    for path in data.glob("*.snmprec"):
        path.chmod(0o644)
    port = free_port()
    command = [
        *(str(Path(sys.executable).with_name("snmpsim-command-responder")), f"--data-dir={data}"),
        *(f"--cache-dir={work / 'index'}", f"--agent-udpv4-endpoint={HOST}:{port}", "--logging-method=null"),
        *(("--process-user=root", "--process-group=root") if os.geteuid() == 0 else ()),
    ]
    with (work / "log").open("wb") as log, subprocess.Popen(command, stdout=log, stderr=log) as agent:
        try:
            _wait_for(agent, port, min(path.stem for path in data.glob("*.snmprec")), work / "log")
            yield port
        finally:
            agent.kill()


def free_port() -> int:
    """A UDP port that nobody has just now."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def _wait_for(agent: "subprocess.Popen[bytes]", port: int, community: str, log: Path) -> None:
    """Until it answers: indexing many recordings takes it some seconds."""
    access = SnmpAccess(community=community)
    target = Target(key=0, address=HOST, profile=_ANYBODY, snmp=access, snmp_port=port, ping=False)
    for _ in range(200):
        if probe_once(target, Limits(timeout_s=1, retries=0)).scalars:
            return
        if agent.poll() is not None:
            break
        time.sleep(0.2)
    pytest.fail(f"snmpsim does not answer: {log.read_text(errors='replace')[-2000:]}")
