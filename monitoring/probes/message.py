"""The few octets of an SNMP message that the SNMP library keeps to itself (RFC 3416, RFC 3412, RFC 3414)."""

from typing import NamedTuple

_SEQUENCE, _INTEGER, _OCTETS, _NULL, _OID = 0x30, 0x02, 0x04, 0x05, 0x06
_GET_REQUEST, _REPORT = 0xA0, 0xA8
_USM_STATS = bytes.fromhex("2b060106030f0101")  # 1.3.6.1.6.3.15.1.1, the parent of the counters below
_SYS_UPTIME = bytes.fromhex("2b06010201010300")  # 1.3.6.1.2.1.1.3.0

# Error-status of a response.
TOO_BIG, NO_SUCH_NAME, NO_ACCESS, AUTHORIZATION_ERROR = 1, 2, 6, 16
# Which of the agent's counters a report shows, that is, what was wrong with an SNMPv3 message.
UNSUPPORTED_LEVEL, NOT_IN_TIME, UNKNOWN_USER, UNKNOWN_ENGINE, WRONG_DIGEST, DECRYPTION_ERROR = range(1, 7)


class Header(NamedTuple):
    """The plain part of a message."""

    identifier: int  # request-id, of SNMPv3 msgID
    status: int = 0  # error-status; 0 in SNMPv3, where it may be encrypted
    position: int = 0  # error-index: which of the objects, from 1


def is_whole(datagram: bytes) -> bool:
    """Whether the outermost length is that of the datagram: nothing cut off, nothing appended."""
    try:
        tag, _, end = _element(datagram, 0)
    except ValueError:
        return False
    return tag == _SEQUENCE and end == len(datagram)


def header(datagram: bytes) -> Header | None:
    """The identifier, error-status and error-index of a message; nothing if it is none."""
    try:
        _, inside, _ = _element(datagram, 0)
        version, at = _integer(datagram, inside)
        if version == 3:
            _, inside, _ = _element(datagram, at)
            return Header(_integer(datagram, inside)[0])
        _, _, at = _element(datagram, at)  # community
        _, inside, _ = _element(datagram, at)
        identifier, at = _integer(datagram, inside)
        status, at = _integer(datagram, at)
        position, _ = _integer(datagram, at)
        return Header(identifier, status, position)
    except ValueError:
        return None


def report(datagram: bytes) -> int:
    """Which counter of usmStats an SNMPv3 report shows; 0 if the datagram is no such report."""
    at = datagram.find(_USM_STATS) + len(_USM_STATS)
    return datagram[at] if len(_USM_STATS) <= at < len(datagram) else 0


def sys_uptime_request(version: int, community: str, identifier: int) -> bytes:
    """GET sysUpTime.0 in SNMPv1 (version 0) or v2c (version 1)."""
    pdu = _get_pdu(identifier, _tlv(_SEQUENCE, _tlv(_OID, _SYS_UPTIME) + _tlv(_NULL, b"")))
    return _tlv(_SEQUENCE, _number(version) + _tlv(_OCTETS, community.encode()) + pdu)


def discovery_request(identifier: int) -> bytes:
    """The SNMPv3 message that any agent answers with its engine's name (RFC 3414 §4)."""
    flags = _number(identifier) + _number(65_507) + _tlv(_OCTETS, b"\x04") + _number(3)
    nobody = _tlv(_OCTETS, b"")
    security = _tlv(_SEQUENCE, nobody + _number(0) + _number(0) + nobody * 3)
    scoped = _tlv(_SEQUENCE, nobody * 2 + _get_pdu(identifier, b""))
    return _tlv(_SEQUENCE, _number(3) + _tlv(_SEQUENCE, flags) + _tlv(_OCTETS, security) + scoped)


def _get_pdu(identifier: int, bindings: bytes) -> bytes:
    return _tlv(_GET_REQUEST, _number(identifier) + _number(0) * 2 + _tlv(_SEQUENCE, bindings))


def _tlv(tag: int, body: bytes) -> bytes:
    size = len(body)
    if size < 0x80:
        return bytes((tag, size)) + body
    return bytes((tag, 0x82, size >> 8, size & 0xFF)) + body


def _number(value: int) -> bytes:
    return _tlv(_INTEGER, value.to_bytes(value.bit_length() // 8 + 1, "big", signed=True))


def _element(data: bytes, at: int) -> tuple[int, int, int]:
    """Tag, start and end of the content of the element that begins at `at`."""
    if at + 2 > len(data):
        raise ValueError("no element")
    tag, size, start = data[at], data[at + 1], at + 2
    if size & 0x80:
        start += size & 0x7F
        size = int.from_bytes(data[at + 2 : start], "big")
    if start + size > len(data):
        raise ValueError("element is cut off")
    return tag, start, start + size


def _integer(data: bytes, at: int) -> tuple[int, int]:
    """An integer and where the next element begins."""
    tag, start, end = _element(data, at)
    if tag != _INTEGER or end - start > 8:
        raise ValueError("not an integer")
    return int.from_bytes(data[start:end], "big", signed=True), end
