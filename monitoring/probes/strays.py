"""Answers from another address than was asked: a silent agent is asked once by a socket that hears all.

The sessions' own sockets are connected, so that nobody else can answer for an agent. That hides the
router that answers from its other address; here it is found out, for the reason that people see.
"""

import asyncio
import contextlib
import secrets
import socket
from dataclasses import dataclass

from monitoring.probes.message import discovery_request, header, sys_uptime_request
from monitoring.probes.names import Where
from monitoring.probes.target import SnmpAccess, SnmpVersion

_LONGEST = 65_535


@dataclass(slots=True)
class Watch:
    """One agent that is watched; `heard` when its answer came from somewhere else."""

    where: Where
    identifier: int
    heard: bool = False


class Strays:
    """One socket per address family, opened when the first agent is silent; for one event loop."""

    def __init__(self) -> None:
        self._sockets: dict[socket.AddressFamily, socket.socket] = {}
        self._watches: dict[int, Watch] = {}

    def watch(self, where: Where, port: int, access: SnmpAccess) -> Watch:
        """Ask the agent once; the answer, if any, shows in the result's `heard`."""
        identifier = secrets.randbelow(2**30) + 2**30
        watch = self._watches[identifier] = Watch(where, identifier)
        with contextlib.suppress(OSError):  # the session meets the same obstacle and says so
            self._socket(where.family).sendto(_request(access, identifier), where.sockaddr(port))
        return watch

    def forget(self, watch: Watch) -> None:
        self._watches.pop(watch.identifier, None)

    def close(self) -> None:
        for own in self._sockets.values():
            asyncio.get_running_loop().remove_reader(own)
            own.close()
        self._sockets.clear()

    def _socket(self, family: socket.AddressFamily) -> socket.socket:
        if family not in self._sockets:
            own = self._sockets[family] = socket.socket(family, socket.SOCK_DGRAM)
            own.setblocking(False)
            asyncio.get_running_loop().add_reader(own, self._receive, own)
        return self._sockets[family]

    def _receive(self, own: socket.socket) -> None:
        try:
            datagram, sender = own.recvfrom(_LONGEST)
        except OSError:
            return
        said = header(datagram)
        watch = self._watches.get(said.identifier) if said else None
        if watch and str(sender[0]).split("%")[0] != watch.where.host:
            watch.heard = True


def _request(access: SnmpAccess, identifier: int) -> bytes:
    if access.version is SnmpVersion.V3:
        return discovery_request(identifier)
    return sys_uptime_request(int(access.version is SnmpVersion.V2C), access.community, identifier)
