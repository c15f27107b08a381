"""Agents that are programs of their own: Debian's snmpd, and the fast agent of the benchmarks."""

import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest

from monitoring.probes.engine import probe_once
from monitoring.probes.target import Auth, Limits, Privacy, SnmpAccess, SnmpVersion
from tests.support.sample import PUBLIC, snmp_target

SNMPD = Path("/usr/sbin/snmpd")
FAST_AGENT = Path(__file__).parents[2] / "../shared/bench/fastagent.c"
PASSWORD, PRIVATE = "authpass123", "privpass123"

_AUTH = {
    Auth.MD5: "MD5",
    Auth.SHA1: "SHA",
    Auth.SHA224: "SHA-224",
    Auth.SHA256: "SHA-256",
    Auth.SHA384: "SHA-384",
    Auth.SHA512: "SHA-512",
}
_PRIVACY = {
    Privacy.NONE: "",
    Privacy.DES: "DES",
    Privacy.AES128: "AES",
    Privacy.AES192: "AES-192",
    Privacy.AES256: "AES-256",
}


def usm(auth: Auth = Auth.SHA1, privacy: Privacy = Privacy.AES128, user: str = "") -> SnmpAccess:
    """The access of one of the agents' users."""
    return SnmpAccess(
        version=SnmpVersion.V3,
        user=user or f"{auth}-{privacy}",
        auth=auth,
        auth_password=PASSWORD,
        privacy=privacy,
        privacy_password=PRIVATE,
    )


@pytest.fixture(scope="session")
def snmpd_port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The port of a real snmpd that serves one user for each pair of protocols, and "cisco"."""
    if not SNMPD.exists():
        pytest.skip("Debian's snmpd is not installed")
    work = tmp_path_factory.mktemp("snmpd")
    config = work / "snmpd.conf"
    config.write_text("\n".join(_snmpd_config()) + "\n")
    port = _free_port()
    command = [SNMPD, "-f", "-Lo", "-C", "-c", config, "-I", "-smux", f"udp:127.0.0.1:{port}"]
    environment = {"SNMP_PERSISTENT_DIR": str(work), "SNMPCONFPATH": str(work), "MIBS": ""}
    yield from _running(command, port, replace(PUBLIC), environment)


@pytest.fixture(scope="session")
def fast_agent_port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The port of the benchmarks' agent on all of 127.0.0.0/8."""
    gcc = shutil.which("gcc")
    if gcc is None or not FAST_AGENT.exists():
        pytest.skip("gcc or the benchmarks' agent is absent")
    program = tmp_path_factory.mktemp("agent") / "fastagent"
    built = subprocess.run(
        [gcc, "-O2", "-w", "-o", program, FAST_AGENT, "-lcrypto"], capture_output=True, text=True, check=False
    )
    if built.returncode:
        pytest.skip(f"the benchmarks' agent does not compile here: {built.stderr[:200]}")
    port = _free_port()
    yield from _running([program, str(port)], port, PUBLIC, {})


def _snmpd_config() -> Iterator[str]:
    yield from ("rocommunity public 127.0.0.1", "sysName county", "sysServices 72")
    for (auth, auth_name), (privacy, privacy_name) in product(_AUTH.items(), _PRIVACY.items()):
        user = f"{auth}-{privacy}"
        encrypted = f" {privacy_name} {PRIVATE}" if privacy_name else ""
        yield f"createUser {user} {auth_name} {PASSWORD}{encrypted}"
        yield f"rouser {user} {'priv' if encrypted else 'auth'}"
    yield f"createUser cisco SHA {PASSWORD} AES256C {PRIVATE}"
    yield "rouser cisco priv"
    yield f"createUser blind SHA {PASSWORD} AES {PRIVATE}"  # without rouser it may see nothing


def _running(
    command: list[object], port: int, access: SnmpAccess, environment: dict[str, str]
) -> Iterator[int]:
    process = subprocess.Popen(
        [str(part) for part in command],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=environment,
    )
    try:
        _wait_for(process, port, access)
        yield port
    finally:
        process.terminate()
        process.wait(10)


def _wait_for(process: "subprocess.Popen[bytes]", port: int, access: SnmpAccess) -> None:
    target = snmp_target(port, access=access)
    until = time.monotonic() + 20
    while time.monotonic() < until and process.poll() is None:
        if probe_once(target, Limits(timeout_s=0.3, retries=0)).scalars:
            return
        time.sleep(0.1)
    pytest.fail(f"the agent on port {port} did not answer")


def _free_port() -> int:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as own:
        own.bind(("127.0.0.1", 0))
        return int(own.getsockname()[1])
