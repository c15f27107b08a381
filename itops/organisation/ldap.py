"""The four questions asked of a directory (RFC 4511): encrypt the line, bind, find an entry, good-bye. No Django.

Our own: python-ldap and bonsai need headers and a compiler, ldap3 is no longer kept (docs/adr). A name goes into the
question as a value of its own, never into the text of a filter.
"""

import socket
import ssl
from collections.abc import Iterator
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self

SEQUENCE, INTEGER, OCTETS, ENUMERATED, BOOLEAN = 0x30, 0x02, 0x04, 0x0A, 0x01
BIND, BOUND, UNBIND, SEARCH, ENTRY, DONE, REFERENCE, EXTENDED, EXTENSION = (
    0x60, 0x61, 0x42, 0x63, 0x64, 0x65, 0x73, 0x77, 0x78,
)  # fmt: skip
AND, EQUAL, CONTEXT_0 = 0xA0, 0xA3, 0x80
STARTTLS = "1.3.6.1.4.1.1466.20037"
SUCCESS, SIZE_LIMIT_EXCEEDED, NO_SUCH_OBJECT = 0, 4, 32
TROUBLE = {1, 2, 3, 51, 52, 80}  # the directory's own, which say nothing about a password
LONGEST_MESSAGE = 1 << 20
MOST_MESSAGES = 100


class LdapError(Exception):
    """The directory answers otherwise than it should."""


@dataclass(frozen=True, slots=True)
class Found:
    """An entry: its distinguished name, and the attributes asked for (names in lower case)."""

    dn: str
    attributes: dict[str, bytes]


@dataclass(slots=True)
class Line:
    """One connection; each question waits for its answer."""

    peer: socket.socket
    host: str
    number: int = 0
    buffer: bytearray = field(default_factory=bytearray)

    @classmethod
    def open(cls, host: str, port: int, timeout_s: float) -> Self:
        return cls(socket.create_connection((host, port), timeout_s), host)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.peer.close()

    def encrypt(self, trusted: ssl.SSLContext) -> None:
        """From here on over TLS."""
        self.peer = trusted.wrap_socket(self.peer, server_hostname=self.host)

    def start_tls(self, trusted: ssl.SSLContext) -> None:
        """Ask for it on a plain line, then encrypt."""
        answer = next(self.ask(EXTENDED, tlv(CONTEXT_0, STARTTLS.encode())))
        if answer[0] != EXTENSION or _code(answer[1]) != SUCCESS or self.buffer:
            raise LdapError("StartTLS was refused")
        self.encrypt(trusted)

    def bind(self, dn: str, password: str) -> bool:
        """Whether the directory takes this name and password."""
        request = (number(3), octets(dn), tlv(CONTEXT_0, password.encode()))
        kind, body = next(self.ask(BIND, *request))
        code = _code(body)
        if kind != BOUND or code in TROUBLE:
            raise LdapError(f"bind answered {code}")
        return code == SUCCESS

    def find(self, base: str, wanted: dict[str, str], attributes: tuple[str, ...]) -> list[Found]:
        """At most two entries under `base` with all these values: one is what is hoped for, two are too many."""
        equal = [tlv(EQUAL, octets(name), octets(value)) for name, value in wanted.items()]
        request = (
            octets(base),
            tlv(ENUMERATED, b"\x02"),  # the whole subtree
            tlv(ENUMERATED, b"\x00"),
            number(2),
            number(0),
            tlv(BOOLEAN, b"\x00"),
            tlv(AND, *equal),
            tlv(SEQUENCE, *(octets(name) for name in attributes)),
        )
        found = []
        for kind, body in self.ask(SEARCH, *request):
            if kind == ENTRY:
                found.append(_entry(body))
            elif kind == DONE:
                if _code(body) not in {SUCCESS, SIZE_LIMIT_EXCEEDED, NO_SUCH_OBJECT}:
                    raise LdapError(f"search answered {_code(body)}")
                return found
            elif kind != REFERENCE:
                raise LdapError(f"unexpected answer {kind:#x}")
        raise LdapError("too many answers")

    def ask(self, kind: int, *parts: bytes) -> Iterator[tuple[int, bytes]]:
        """Send a request; yield the kind and body of its answers as they come."""
        self.number += 1
        self.peer.sendall(tlv(SEQUENCE, number(self.number), tlv(kind, *parts)))
        for _ in range(MOST_MESSAGES):
            answer = items(self._message())
            if len(answer) < 2 or int.from_bytes(answer[0][1]) != self.number:
                raise LdapError("an answer to another question")
            yield answer[1]

    def _message(self) -> bytes:
        while True:
            size = _size(self.buffer)
            if size is not None and len(self.buffer) >= size:
                message = bytes(self.buffer[:size])
                del self.buffer[:size]
                return items(message)[0][1]
            more = self.peer.recv(65_536)
            if not more:
                raise LdapError("the directory hung up")
            self.buffer += more


def tlv(kind: int, *parts: bytes) -> bytes:
    """A tag, the length of the parts together, and the parts (BER, definite lengths as RFC 4511 has it)."""
    body = b"".join(parts)
    if len(body) < 0x80:
        return bytes((kind, len(body))) + body
    length = len(body).to_bytes((len(body).bit_length() + 7) // 8)
    return bytes((kind, 0x80 | len(length))) + length + body


def octets(text: str) -> bytes:
    return tlv(OCTETS, text.encode(errors="surrogateescape"))


def number(value: int) -> bytes:
    return tlv(INTEGER, value.to_bytes(value.bit_length() // 8 + 1, signed=True))


def items(data: bytes) -> list[tuple[int, bytes]]:
    """The tags and bodies that stand one after the other."""
    found = []
    while data:
        size = _size(data)
        if size is None or size > len(data):
            raise LdapError("a message that ends too soon")
        start = 2 + (data[1] & 0x7F if data[1] & 0x80 else 0)
        found.append((data[0], bytes(data[start:size])))
        data = data[size:]
    return found


def _size(data: bytes | bytearray) -> int | None:
    """Of the first item with its head; None while the head is not all there."""
    if len(data) < 2:
        return None
    if data[1] < 0x80:
        return 2 + data[1]
    count = data[1] & 0x7F
    if not 1 <= count <= 4:
        raise LdapError("a length that is none")
    if len(data) < 2 + count:
        return None
    size = 2 + count + int.from_bytes(data[2 : 2 + count])
    if size > LONGEST_MESSAGE:
        raise LdapError("a message that is too long")
    return size


def _code(body: bytes) -> int:
    parts = items(body)
    if not parts or parts[0][0] != ENUMERATED:
        raise LdapError("an answer without a result")
    return int.from_bytes(parts[0][1])


def _entry(body: bytes) -> Found:
    try:
        (_, dn), (_, listed) = items(body)
        pairs = [items(one) for _, one in items(listed)]
        named = {
            name.decode().lower(): items(values)[0][1] for (_, name), (_, values) in pairs if items(values)
        }
        return Found(dn.decode(), named)
    except ValueError as wrong:
        raise LdapError("an entry that cannot be read") from wrong
