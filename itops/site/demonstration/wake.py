"""Start the field's equipment as a child of the program, and wait until it answers. No Django."""

import socket
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from itops.site.demonstration import agents, players, sockets
from itops.site.demonstration.field import county
from itops.site.processes import Child, Family

READY_S = 20.0
PROJECT = Path(__file__).resolve().parents[3]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ports:
    """At which ports all addresses of the field answer."""

    snmp: int
    http: int


class DidNotWake(RuntimeError):
    """The equipment's process did not come up in time."""


def free_ports(wanted: Ports = Ports(snmp=agents.DEFAULT_PORT, http=players.DEFAULT_PORT)) -> Ports:
    """The wanted ports, or the next ones that are free at all addresses."""
    every = list(county().endpoints())
    return Ports(
        snmp=_free(agents.addresses(every), wanted.snmp, socket.SOCK_DGRAM),
        http=_free(players.addresses(every), wanted.http, socket.SOCK_STREAM),
    )


def wake(family: Family, ports: Ports, *, mute: bool = False) -> None:
    """Start it and wait until everything answers; `mute`: everything is there and nothing answers.

    Without any process at these ports the kernel would refuse for them, which proves that somebody is there.
    """
    options = ["--port", str(ports.snmp), "--http-port", str(ports.http), "--quiet"]
    command = [
        sys.executable,
        "-m",
        "itops.site.demonstration.serve",
        *options,
        *(["--mute"] if mute else []),
    ]
    family.start(Child("field", command, {"PYTHONPATH": str(PROJECT)}))
    last = players.addresses(county().endpoints())[-1]  # all others listen before it
    deadline = time.monotonic() + READY_S
    while not _listens(last, ports.http):
        if time.monotonic() > deadline:
            raise DidNotWake(
                f"The demonstration's equipment does not answer at ports {ports.snmp} and {ports.http}."
            )
        time.sleep(0.05)


def _free(addresses: list[str], wanted: int, kind: socket.SocketKind) -> int:
    port, bound = sockets.bind_all(addresses, wanted, kind)
    for one in bound.values():
        one.close()
    return port


def _listens(address: str, port: int) -> bool:
    with socket.socket() as one:
        one.settimeout(1)
        return one.connect_ex((address, port)) == 0
