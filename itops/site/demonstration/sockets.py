"""Sockets on loopback addresses, all at one port; nothing else is ever bound. No Django."""

import errno
import ipaddress
import resource
import socket
from collections.abc import Iterable

TRIES = 50
SPARE_FILES = 1_000  # players, connections, the rest of the process


class NotLoopback(ValueError):
    """Somebody wanted the demonstration to listen where others could reach it."""


class NoFreePort(RuntimeError):
    """Every port from the wanted one upwards is taken."""


def bind_all(
    addresses: Iterable[str], wanted: int, kind: socket.SocketKind
) -> tuple[int, dict[str, socket.socket]]:
    """A socket for each address, all at the wanted port or at the next one that is free at all of them."""
    every = list(addresses)
    _raise_open_files(len(every))
    for port in range(wanted, wanted + TRIES):
        if (bound := _bound(every, port, kind)) is not None:
            return port, bound
    raise NoFreePort(
        f"Ports {wanted} to {wanted + TRIES - 1} of the demonstration's addresses are all taken."
    )


def _bound(addresses: list[str], port: int, kind: socket.SocketKind) -> dict[str, socket.socket] | None:
    bound: dict[str, socket.socket] = {}
    try:
        for address in addresses:
            bound[address] = _bind(address, port, kind)
    except OSError as error:
        for one in bound.values():
            one.close()
        if error.errno not in {errno.EADDRINUSE, errno.EACCES}:
            raise
        return None
    return bound


def _bind(address: str, port: int, kind: socket.SocketKind) -> socket.socket:
    if not ipaddress.IPv4Address(address).is_loopback:
        raise NotLoopback(address)
    one = socket.socket(socket.AF_INET, kind)
    try:
        one.setblocking(False)
        if kind is socket.SOCK_STREAM:  # else the port stays taken for a minute after a stop
            one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        one.bind((address, port))
    except OSError:
        one.close()
        raise
    return one


def _raise_open_files(sockets: int) -> None:
    """Allow this process the descriptors it needs, as far as the system lets it."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    needed = sockets + SPARE_FILES
    if soft != resource.RLIM_INFINITY and soft < needed:
        limit = needed if hard == resource.RLIM_INFINITY else min(needed, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (limit, hard))
