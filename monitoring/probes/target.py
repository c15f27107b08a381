"""Whom to ask, with which secrets, and how hard: the engine's input."""

from dataclasses import dataclass, field
from enum import StrEnum

from monitoring.probes.profile import Profile


class SnmpVersion(StrEnum):
    V1 = "1"
    V2C = "2c"
    V3 = "3"


class Auth(StrEnum):
    """Authentication protocols of SNMPv3 (RFC 3414, RFC 7860)."""

    NONE = "none"
    MD5 = "md5"
    SHA1 = "sha1"
    SHA224 = "sha224"
    SHA256 = "sha256"
    SHA384 = "sha384"
    SHA512 = "sha512"


class Privacy(StrEnum):
    """Encryption protocols of SNMPv3 (RFC 3414, RFC 3826; AES-192/256 as Cisco and net-snmp do)."""

    NONE = "none"
    DES = "des"
    AES128 = "aes128"
    AES192 = "aes192"
    AES256 = "aes256"


@dataclass(frozen=True, slots=True, kw_only=True)
class SnmpAccess:
    """How to be let in; the secrets never show in a repr."""

    version: SnmpVersion = SnmpVersion.V2C
    community: str = field(default="", repr=False)
    user: str = ""
    auth: Auth = Auth.NONE
    auth_password: str = field(default="", repr=False)
    privacy: Privacy = Privacy.NONE
    privacy_password: str = field(default="", repr=False)
    engine_id: bytes = b""


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """One endpoint to be asked once."""

    key: int  # the endpoint's id; comes back in the answer
    address: str  # IP address or name
    profile: Profile
    snmp: SnmpAccess | None = None
    snmp_port: int = 161
    http_port: int | None = None  # overrides the profile's port
    http_path: str = ""  # overrides the profile's path
    line: int = 0  # township line: at most Limits.per_line are asked at once behind one line
    ping: bool = True  # false where a ping proves nothing, such as on loopback
    ask_texts: bool = True
    down: bool = False  # known to be down: one short try, in a lane of its own


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What bounds a sweep; times in seconds."""

    timeout_s: float = 1.5  # one request
    timeout_down_s: float = 1.0  # the one try of a target known to be down
    retries: int = 1
    budget_s: float = 20.0  # everything for one target
    at_once: int = 500
    at_once_down: int = 500
    at_once_ping: int = 2_000  # targets that are only pinged
    per_line: int = 100
    walk_rows: int = 20_000
    answer_bytes: int = 1_000_000  # an HTTP body, or a whole walk
