"""As much BER as an SNMPv2c agent needs (X.690, RFC 3416): requests apart, values and responses together.

Written by hand because the agents share two cores with the probes that ask them: pyasn1 takes milliseconds for
what this does in microseconds. The tests hold it against gufo-snmp and pysnmp.
"""

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

Oid = tuple[int, ...]

SEQUENCE, INTEGER, OCTETS, OBJECT_ID = 0x30, 0x02, 0x04, 0x06
GAUGE32, TIMETICKS, COUNTER64 = 0x42, 0x43, 0x46
GET, GET_NEXT, RESPONSE, GET_BULK = 0xA0, 0xA1, 0xA2, 0xA5
NO_SUCH_OBJECT, NO_SUCH_INSTANCE, END_OF_VIEW = b"\x80\x00", b"\x81\x00", b"\x82\x00"
V2C = 1


class Malformed(ValueError):
    """A datagram that is no SNMPv2c request."""


class Request(NamedTuple):
    """`first` and `second` are non-repeaters and max-repetitions in a GETBULK."""

    community: bytes
    pdu: int
    identifier: bytes  # request-id as it came, to be sent back
    first: int
    second: int
    oids: tuple[Oid, ...]


def request(datagram: bytes) -> Request:
    """Take a request apart."""
    try:
        start, end = _inside(datagram, 0, SEQUENCE)
        if end != len(datagram):
            raise Malformed("length")
        version, at = _integer(datagram, start)
        if version != V2C:
            raise Malformed("version")
        start, end = _inside(datagram, at, OCTETS)
        community, pdu = datagram[start:end], datagram[end]
        at, _ = _inside(datagram, end, pdu)
        _, after = _integer(datagram, at)
        identifier = datagram[at:after]
        first, at = _integer(datagram, after)
        second, at = _integer(datagram, at)
        start, end = _inside(datagram, at, SEQUENCE)
        return Request(community, pdu, identifier, first, second, _oids(datagram[start:end]))
    except IndexError as cut_off:
        raise Malformed("cut off") from cut_off


def response(community: bytes, identifier: bytes, bindings: Iterable[bytes]) -> bytes:
    """A response without error, of encoded variable bindings."""
    pdu = tlv(RESPONSE, identifier + b"\x02\x01\x00\x02\x01\x00" + tlv(SEQUENCE, b"".join(bindings)))
    return tlv(SEQUENCE, b"\x02\x01\x01" + tlv(OCTETS, community) + pdu)


def tlv(tag: int, body: bytes) -> bytes:
    size = len(body)
    if size < 0x80:
        return bytes((tag, size)) + body
    if size < 0x100:
        return bytes((tag, 0x81, size)) + body
    return bytes((tag, 0x82, size >> 8, size & 0xFF)) + body


def integer(value: int, tag: int = INTEGER) -> bytes:
    return tlv(tag, value.to_bytes(value.bit_length() // 8 + 1, "big", signed=True))


def gauge(value: int) -> bytes:
    return integer(value, GAUGE32)


def ticks(hundredths: int) -> bytes:
    return integer(hundredths & 0xFFFFFFFF, TIMETICKS)


def counter64(value: int) -> bytes:
    return integer(value & 0xFFFFFFFFFFFFFFFF, COUNTER64)


def text(words: str) -> bytes:
    return tlv(OCTETS, words.encode())


def octets(value: bytes) -> bytes:
    return tlv(OCTETS, value)


def object_id(dotted: str) -> bytes:
    return encoded_oid(oid(dotted))


@lru_cache(maxsize=65_536)
def oid(dotted: str) -> Oid:
    """ "1.3.6.1" as numbers."""
    return tuple(int(part) for part in dotted.split("."))


@lru_cache(maxsize=65_536)
def encoded_oid(parts: Oid) -> bytes:
    body = bytearray((parts[0] * 40 + parts[1],))
    for part in parts[2:]:
        body += _base_128(part)
    return tlv(OBJECT_ID, bytes(body))


def _base_128(number: int) -> bytes:
    groups = [number & 0x7F]
    while number := number >> 7:
        groups.append(number & 0x7F | 0x80)
    return bytes(reversed(groups))


def _inside(data: bytes, at: int, tag: int) -> tuple[int, int]:
    """Where the content of the element at `at` begins and ends."""
    if data[at] != tag:
        raise Malformed("tag")
    size, start = data[at + 1], at + 2
    if size & 0x80:
        start += size & 0x7F
        size = int.from_bytes(data[at + 2 : start], "big")
    if start + size > len(data):
        raise Malformed("cut off")
    return start, start + size


def _integer(data: bytes, at: int) -> tuple[int, int]:
    """An integer and where the next element begins."""
    start, end = _inside(data, at, INTEGER)
    return int.from_bytes(data[start:end], "big", signed=True), end


@lru_cache(maxsize=8_192)
def _oids(bindings: bytes) -> tuple[Oid, ...]:
    """The names in a list of bindings. Cached: the same profile asks hundreds of devices the same."""
    found, at = [], 0
    while at < len(bindings):
        start, end = _inside(bindings, at, SEQUENCE)
        name, name_end = _inside(bindings, start, OBJECT_ID)
        found.append(_decoded(bindings[name:name_end]))
        at = end
    return tuple(found)


def _decoded(body: bytes) -> Oid:
    parts, number = [min(body[0] // 40, 2)], 0
    parts.append(body[0] - parts[0] * 40)
    for octet in body[1:]:
        number = number << 7 | octet & 0x7F
        if not octet & 0x80:
            parts.append(number)
            number = 0
    return tuple(parts)
