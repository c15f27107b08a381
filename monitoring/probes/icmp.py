"""Ping: many addresses through one ICMP socket per address family, timed by the kernel.

An unprivileged datagram socket is used where net.ipv4.ping_group_range allows it, else a raw one
where the process has CAP_NET_RAW; without either nothing on Linux can ping. Messages: RFC 792, RFC 4443.
"""

import asyncio
import errno
import itertools
import os
import secrets
import socket
import struct
import sys
import time
from collections import deque
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from monitoring.probes.answer import Reason
from monitoring.probes.names import Where

# Linux numbers that the socket module does not name.
_SO_TIMESTAMPNS = 35
_SOL_RAW, _ICMP_FILTER, _ICMP6_FILTER = 255, 1, 1
_SOL_IPV6 = 41
_IP_RECVERR, _IPV6_RECVERR = 11, 25

_ECHO = {socket.AF_INET: (8, 0), socket.AF_INET6: (128, 129)}  # type of request and of reply
_PROTOCOL = {socket.AF_INET: socket.IPPROTO_ICMP, socket.AF_INET6: socket.IPPROTO_ICMPV6}
_HEADER = struct.Struct("!BBHHH")  # type, code, checksum, identifier, sequence
_TIMESPEC = struct.Struct("=qq")
_BURST, _BURST_EVERY_S = 128, 0.001  # some 100,000 a second at most: faster than any county's lines
_RECEIVE_BUFFER = 4 << 20
_UNREACHABLE = frozenset({errno.EHOSTUNREACH, errno.ENETUNREACH, errno.ENETDOWN, errno.ECONNREFUSED})
_FULL = frozenset({errno.EAGAIN, errno.ENOBUFS})


class Permission(StrEnum):
    """How this process may ping."""

    DATAGRAM = "datagram"
    RAW = "raw"
    MISSING = "missing"  # cured by CAP_NET_RAW, or by a group in net.ipv4.ping_group_range


@dataclass(frozen=True, slots=True)
class Pong:
    """The answer to a ping: the round trip in milliseconds, or the reason why there is none."""

    rtt_ms: float | None
    reason: Reason = Reason.NONE


@dataclass(slots=True, eq=False)
class _Ping:
    where: Where
    timeout_s: float
    pong: "asyncio.Future[Pong]"
    sequence: int = 0
    payload: bytes = b""
    sent_ns: int = 0
    timer: asyncio.TimerHandle | None = None


class Pinger:
    """Sends the pings of one event loop. Sockets are opened with the first ping."""

    def __init__(self) -> None:
        self._wires: dict[socket.AddressFamily, _Wire | Reason] = {}

    async def ping(self, where: Where, timeout_s: float, tries: int = 1) -> Pong:
        """Send an echo request, and again while nothing comes back."""
        wire = self._wire(where.family)
        if isinstance(wire, Reason):
            return Pong(None, wire)
        pong = Pong(None, Reason.SILENT)
        for _ in range(tries):
            pong = await wire.ping(where, timeout_s)
            if pong.reason is not Reason.SILENT:
                break
        return pong

    def close(self) -> None:
        for wire in self._wires.values():
            if isinstance(wire, _Wire):
                wire.close()
        self._wires.clear()

    def _wire(self, family: socket.AddressFamily) -> "_Wire | Reason":
        if family not in self._wires:
            try:
                self._wires[family] = _Wire(family)
            except PermissionError:
                self._wires[family] = Reason.NO_PERMISSION
            except OSError:  # the machine has no IPv6
                self._wires[family] = Reason.UNREACHABLE
        return self._wires[family]


class _Wire:
    """One socket, and the pings that wait for it or for an answer."""

    def __init__(self, family: socket.AddressFamily) -> None:
        self._family = family
        self._request, self._reply = _ECHO[family]
        self._socket, self._raw = _open(family)
        self._identifier = secrets.randbelow(1 << 16)  # the kernel puts its own into a datagram socket's
        self._numbers = itertools.count(1)
        self._secret = os.urandom(8)
        self._to_send: deque[_Ping] = deque()
        self._waiting: dict[int, _Ping] = {}  # by sequence
        self._pump: asyncio.TimerHandle | None = None
        self._loop = asyncio.get_running_loop()
        self._loop.add_reader(self._socket, self._readable)

    def ping(self, where: Where, timeout_s: float) -> "asyncio.Future[Pong]":
        ping = _Ping(where, timeout_s, self._loop.create_future())
        self._to_send.append(ping)
        if self._pump is None:
            self._pump = self._loop.call_later(0, self._send_some)
        return ping.pong

    def close(self) -> None:
        self._loop.remove_reader(self._socket)
        self._socket.close()
        if self._pump:
            self._pump.cancel()
        for ping in [*self._waiting.values(), *self._to_send]:
            self._finish(ping, Pong(None, Reason.SILENT))

    def _send_some(self) -> None:
        for _ in range(min(_BURST, len(self._to_send))):
            if not self._send(self._to_send[0]):
                break
            self._to_send.popleft()
        self._pump = self._loop.call_later(_BURST_EVERY_S, self._send_some) if self._to_send else None

    def _send(self, ping: _Ping) -> bool:
        """Whether it left, or never will; not while the socket is full or all sequence numbers are used."""
        number = next(self._numbers)
        ping.sequence = number & 0xFFFF
        if ping.sequence in self._waiting:
            return False
        ping.payload = self._secret + number.to_bytes(8, "big")
        ping.sent_ns = time.time_ns()
        failure = self._sent(self._packet(ping), ping.where.sockaddr(0))
        if failure in _FULL:
            return False
        if failure:
            self._finish(ping, Pong(None, Reason.UNREACHABLE))
        else:
            self._waiting[ping.sequence] = ping
            ping.timer = self._loop.call_later(ping.timeout_s, self._finish, ping, Pong(None, Reason.SILENT))
        return True

    def _sent(self, packet: bytes, sockaddr: tuple[Any, ...]) -> int | None:
        """Send; the error's number, if it is ours: that of an earlier ping is taken from the queue first."""
        number: int | None = None
        for _ in range(2):
            try:
                self._socket.sendto(packet, sockaddr)
                return None
            except OSError as error:
                number = error.errno
                self._take_errors()
        return number

    def _packet(self, ping: _Ping) -> bytes:
        fields = (self._request, 0, 0, self._identifier, ping.sequence)
        packet = _HEADER.pack(*fields) + ping.payload
        if not self._raw or self._family != socket.AF_INET:  # then the kernel fills the checksum in
            return packet
        return packet[:2] + _checksum(packet).to_bytes(2, "big") + packet[4:]

    def _readable(self) -> None:
        for _ in range(_BURST):
            try:
                packet, extra, _, sender = self._socket.recvmsg(512, 64)
            except BlockingIOError:
                return
            except OSError:
                self._take_errors()
                continue
            self._received(packet, _time_ns(extra), sender)

    def _received(self, packet: bytes, at_ns: int, sender: tuple[Any, ...]) -> None:
        if self._raw and self._family == socket.AF_INET and packet:
            packet = packet[(packet[0] & 0x0F) * 4 :]  # the IP header
        if len(packet) < _HEADER.size or packet[0] != self._reply:
            return
        ping = self._waiting.get(int.from_bytes(packet[6:8], "big"))
        if ping and packet[_HEADER.size :].startswith(ping.payload) and _host(sender) == ping.where.host:
            self._finish(ping, Pong(max(at_ns - ping.sent_ns, 0) / 1e6))

    def _take_errors(self) -> None:
        """Read what routers said of earlier pings; the kernel gives it with the ping that it was about."""
        while True:
            try:
                packet, extra, _, target = self._socket.recvmsg(512, 512, socket.MSG_ERRQUEUE)
            except OSError:
                return
            ping = self._waiting.get(int.from_bytes(packet[6:8], "big"))
            if ping and _host(target) == ping.where.host and _error_number(extra) in _UNREACHABLE:
                self._finish(ping, Pong(None, Reason.UNREACHABLE))

    def _finish(self, ping: _Ping, pong: Pong) -> None:
        if self._waiting.get(ping.sequence) is ping:
            del self._waiting[ping.sequence]
        if ping.timer:
            ping.timer.cancel()
        if not ping.pong.done():
            ping.pong.set_result(pong)


def permission() -> Permission:
    """How this process may ping, tried out."""
    try:
        opened, raw = _open(socket.AF_INET)
    except OSError:
        return Permission.MISSING
    opened.close()
    return Permission.RAW if raw else Permission.DATAGRAM


def _open(family: socket.AddressFamily) -> tuple[socket.socket, bool]:
    """A socket, and whether it is a raw one; raises PermissionError where neither is allowed."""
    try:
        opened, raw = socket.socket(family, socket.SOCK_DGRAM, _PROTOCOL[family]), False
    except PermissionError:
        opened, raw = socket.socket(family, socket.SOCK_RAW, _PROTOCOL[family]), True
        _only_replies(opened, family)
    opened.setblocking(False)
    opened.setsockopt(socket.SOL_SOCKET, _SO_TIMESTAMPNS, 1)
    opened.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, _RECEIVE_BUFFER)
    if family == socket.AF_INET:
        opened.setsockopt(socket.SOL_IP, _IP_RECVERR, 1)
    else:
        opened.setsockopt(_SOL_IPV6, _IPV6_RECVERR, 1)
    return opened, raw


def _only_replies(raw: socket.socket, family: socket.AddressFamily) -> None:
    """Let the kernel keep back all other ICMP messages of this machine."""
    reply = _ECHO[family][1]
    if family == socket.AF_INET:
        raw.setsockopt(_SOL_RAW, _ICMP_FILTER, struct.pack("=I", 0xFFFFFFFF ^ (1 << reply)))
    else:
        blocked = [0xFFFFFFFF] * 8
        blocked[reply >> 5] ^= 1 << (reply & 31)
        raw.setsockopt(socket.IPPROTO_ICMPV6, _ICMP6_FILTER, struct.pack("=8I", *blocked))


def _time_ns(extra: list[tuple[int, int, bytes]]) -> int:
    """When the kernel received the packet."""
    for level, kind, data in extra:
        if level == socket.SOL_SOCKET and kind == _SO_TIMESTAMPNS and len(data) >= _TIMESPEC.size:
            seconds: int
            nanoseconds: int
            seconds, nanoseconds = _TIMESPEC.unpack_from(data)
            return seconds * 1_000_000_000 + nanoseconds
    return time.time_ns()


def _error_number(extra: list[tuple[int, int, bytes]]) -> int:
    """errno of a struct sock_extended_err."""
    for level, kind, data in extra:
        if (level, kind) in ((socket.SOL_IP, _IP_RECVERR), (_SOL_IPV6, _IPV6_RECVERR)) and len(data) >= 4:
            return int.from_bytes(data[:4], sys.byteorder)
    return 0


def _host(sockaddr: tuple[Any, ...]) -> str:
    return str(sockaddr[0]).split("%")[0] if sockaddr else ""


def _checksum(packet: bytes) -> int:
    """RFC 1071."""
    total: int = sum(struct.unpack(f"!{len(packet) // 2}H", packet))
    total = (total >> 16) + (total & 0xFFFF)
    return 0xFFFF ^ (total + (total >> 16) & 0xFFFF)
