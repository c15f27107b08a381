"""What came back: the engine's output. Codes, never sentences."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from monitoring.probes.profile import Profile

# OCTET STRING and Opaque -> bytes; OBJECT IDENTIFIER and IpAddress -> str; all integers -> int;
# a missing object (noSuchObject, noSuchInstance, endOfMibView) is absent from the mapping.
SnmpValue = int | float | str | bytes
Column = tuple[tuple[str, SnmpValue], ...]  # rows of a walk: (index after the column's OID, value)


class Reason(StrEnum):
    """Why an answer, or a part of it, is not there."""

    NONE = ""
    SILENT = "silent"  # nothing came within the time
    BUDGET = "budget"  # the target's total time was used up
    NAME = "name"  # the name does not resolve
    UNREACHABLE = "unreachable"  # the network said so (ICMP unreachable, no route)
    REFUSED = "refused"  # the port is closed
    WRONG_CREDENTIALS = "wrong_credentials"  # wrong user, password or community, where the agent says so
    NOT_ALLOWED = "not_allowed"  # authorizationError, noAccess
    TOO_BIG = "too_big"
    MALFORMED = "malformed"  # truncated, oversized or undecodable
    FOREIGN = "foreign"  # only answers from another address, or to another request, came
    NOT_INCREASING = "not_increasing"  # the walk turned in a circle
    EMPTY = "empty"  # an answer without any of what was asked
    AGENT_ERROR = "agent_error"  # genErr and other error-status
    TLS = "tls"
    HTTP_STATUS = "http_status"
    NO_PERMISSION = "no_permission"  # this program may not open the socket (ping)
    UNKNOWN = "unknown"  # an unexpected failure; details are in the log


@dataclass(frozen=True, slots=True)
class MacSighting:
    """One MAC address that a switch has learned, with the interface it is behind."""

    mac: str  # "aa:bb:cc:dd:ee:ff"
    interface: int  # ifIndex, 0 if the agent does not say


@dataclass(frozen=True, slots=True, kw_only=True)
class Interface:
    index: int
    name: str
    speed_mbps: int | None
    up: bool | None
    physical: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Raw:
    """What the wire said, before it is understood; any part may have failed for its own reason."""

    rtt_ms: float | None = None
    ping: Reason = Reason.NONE
    snmp: Reason = Reason.NONE
    scalars: Mapping[str, SnmpValue] | None = None  # OID without leading dot -> value
    columns: Mapping[str, Column] | None = None  # column OID -> rows
    http: Reason = Reason.NONE
    http_status: int | None = None
    http_ms: float | None = None
    http_content: str = ""  # hash of what is shown
    tcp_ms: dict[int, float | None] | None = None
    tcp: dict[int, Reason] | None = None  # by port, as tcp_ms
    asked_at: float = 0.0  # Unix time
    seconds: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One endpoint's answer, understood.

    `values` follows `profile.layout`; counters stand as read (rates need the cycle before). `answered` is
    true when anything came back from the endpoint itself.
    """

    key: int
    profile: Profile
    answered: bool
    reason: Reason  # why the profile's main question failed; NONE when it was answered
    values: tuple[float | None, ...]
    texts: dict[str, str]
    macs: tuple[MacSighting, ...]
    interfaces: tuple[Interface, ...]
    uptime_s: float | None  # the agent's sysUpTime, to tell a restart from a wrap
    asked_at: float
    seconds: float
    fallbacks: frozenset[str] = frozenset()  # numbers read from their fallback: COUNTER64 is then COUNTER32
    own_macs: tuple[str, ...] = ()  # of the endpoint's own physical interfaces; asked with the texts
    content: str = ""  # hash of what a player shows
