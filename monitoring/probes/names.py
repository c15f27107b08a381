"""Addresses and names: where a target is on the network."""

import asyncio
import ipaddress
import socket
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

LOOKUPS_AT_ONCE = 32  # a name server that does not answer holds a thread for seconds
NAME_TIMEOUT_S = 5.0


@dataclass(frozen=True, slots=True)
class Where:
    """A resolved address: `host` is numeric, with the number of the interface for IPv6 link-local."""

    family: socket.AddressFamily
    host: str
    scope: int = 0

    def sockaddr(self, port: int) -> tuple[Any, ...]:
        """What the socket module wants."""
        return (self.host, port) if self.family == socket.AF_INET else (self.host, port, 0, self.scope)

    def with_port(self, port: int) -> str:
        """What gufo-snmp wants: "192.0.2.1:161", "[2001:db8::1]:161", "[fe80::1%2]:161"."""
        if self.family == socket.AF_INET:
            return f"{self.host}:{port}"
        return f"[{self.host}%{self.scope}]:{port}" if self.scope else f"[{self.host}]:{port}"


class NameFailure(Exception):
    """The name does not resolve, or not in time."""


class Names:
    """Resolves each name once; the names of one sweep do not wait for each other."""

    def __init__(self) -> None:
        self._threads = ThreadPoolExecutor(LOOKUPS_AT_ONCE, thread_name_prefix="names")
        self._known: dict[str, asyncio.Future[Where]] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._threads.shutdown(wait=False, cancel_futures=True)

    async def where(self, address: str, timeout_s: float = NAME_TIMEOUT_S) -> Where:
        """The first address of a name (or the address itself); raises NameFailure."""
        if (numeric := numeric_address(address)) is not None:
            return numeric
        if address not in self._known:
            loop = asyncio.get_running_loop()
            self._known[address] = loop.run_in_executor(self._threads, _looked_up, address)
        try:
            return await asyncio.wait_for(asyncio.shield(self._known[address]), timeout_s)
        except (OSError, UnicodeError, TimeoutError) as error:
            raise NameFailure(address) from error


def numeric_address(address: str) -> Where | None:
    """An IP address as it stands, without asking anybody; nothing if it is a name."""
    try:
        socket.inet_pton(socket.AF_INET, address)
        return Where(socket.AF_INET, address)
    except (OSError, ValueError):
        pass
    try:
        ipaddress.IPv6Address(address)
        return _looked_up(address)
    except (OSError, ValueError):
        return None


def _looked_up(name: str) -> Where:
    found = socket.getaddrinfo(name, None, type=socket.SOCK_DGRAM)
    family, _, _, _, sockaddr = found[0]
    scope = int(sockaddr[3]) if family == socket.AF_INET6 and len(sockaddr) == 4 else 0
    return Where(family, str(sockaddr[0]).split("%")[0], scope)
