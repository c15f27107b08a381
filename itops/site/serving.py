"""The web process: which port is free, how granian is called, when it answers. No Django."""

import errno
import os
import socket
import ssl
import sys
import time
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError

from itops.site.processes import Child

LOOPBACK = {"127.0.0.1", "localhost", "::1"}
TRIES = 50
MOST_WEB_WORKERS = 4  # a county office has no more people at once, and each takes its memory


class NoFreePort(RuntimeError):
    """Every port from the wanted one upwards is taken."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """Where the program is reached. Off loopback it speaks HTTPS alone."""

    host: str
    port: int

    @property
    def secure(self) -> bool:
        return self.host not in LOOPBACK

    @property
    def url(self) -> str:
        shown = socket.gethostname() if self.host in {"0.0.0.0", "::"} else self.host
        return f"{'https' if self.secure else 'http'}://{f'[{shown}]' if ':' in shown else shown}:{self.port}"


def free_address(host: str, wanted: int) -> Address:
    """The wanted port, or the next one that is free."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    for port in range(wanted, wanted + TRIES):
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError as error:
                if error.errno not in {errno.EADDRINUSE, errno.EACCES}:
                    raise
                continue
        return Address(host=host, port=port)
    raise NoFreePort(f"Ports {wanted} to {wanted + TRIES - 1} of {host} are all taken.")


def names_of(address: Address) -> list[str]:
    """Names and addresses under which browsers reach it: of the whole machine when it listens everywhere."""
    if address.host not in {"0.0.0.0", "::"}:
        return [address.host]
    name = socket.gethostname()
    try:
        found = {str(info[4][0]) for info in socket.getaddrinfo(name, None)}
    except socket.gaierror:
        found = set()
    return [name, *sorted(found)]


def usual_web_workers() -> int:
    """Web processes: one for each processor that this program may use, at most four."""
    return min(len(os.sched_getaffinity(0)), MOST_WEB_WORKERS)


def web(
    address: Address, environment: Mapping[str, str], certificate: tuple[Path, Path] | None, workers: int
) -> Child:
    """Granian serving Django.

    Two threads a process: one works while the other waits for the database. With four each page was slower, alone and
    in a crowd.
    """
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", address.host]
    command += ["--port", str(address.port), "--workers", str(workers), "--blocking-threads", "2"]
    command += ["--log-level", "warning", "--workers-kill-timeout", "5", "--respawn-failed-workers"]
    if certificate:
        command += ["--ssl-certificate", str(certificate[0]), "--ssl-keyfile", str(certificate[1])]
    return Child("web", [*command, "itops.site.wsgi:application"], environment)


def wait_until_answering(address: Address, seconds: float = 90.0) -> bool:
    """Whether the web process answered in time."""
    context = ssl._create_unverified_context() if address.secure else None
    host = "127.0.0.1" if address.host == "0.0.0.0" else address.host
    url = f"{'https' if address.secure else 'http'}://{host}:{address.port}/alive/"
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(url, timeout=2, context=context) as answer:
                return bool(answer.status == 204)
        except (URLError, OSError):
            time.sleep(0.1)
    return False
