"""What to ask one sort of equipment: the frozen form of a file in monitoring/profiles/."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache


class Quantity(StrEnum):
    """How a number behaves from one cycle to the next."""

    GAUGE = "gauge"  # as read
    COUNTER32 = "counter32"  # grows, wraps at 2**32; stored as rate per second
    COUNTER64 = "counter64"  # grows, wraps at 2**64; stored as rate per second
    TOTAL = "total"  # grows for life (page count); stored as read, its growth is the use


class Reduce(StrEnum):
    """How a column of many rows becomes one number."""

    SUM = "sum"
    MAX = "max"
    MIN = "min"
    COUNT = "count"
    FIRST = "first"
    MEAN = "mean"
    ANY = "any"  # 1 when there is any row, else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """One number of the layout: a scalar OID, or a column that is reduced to one number."""

    name: str
    oid: str
    quantity: Quantity = Quantity.GAUGE
    reduce: Reduce | None = None  # None: scalar, asked by GET; else the column is walked
    scale: float = 1.0
    only_physical: bool = False  # interface columns: leave out loopback, virtual and aggregate interfaces
    only_interface: str = ""  # interface columns: the one of this name, description, alias or index
    offered_by: str = ""  # scalar without which an empty column means "not offered" instead of none
    fallback: str = ""  # OID asked when the first is not offered (32-bit octets for 64-bit ones)


class TextForm(StrEnum):
    """How the octets of a text are to be read."""

    TEXT = "text"
    MAC = "mac"  # six octets, or a text that shows them -> "aa:bb:cc:dd:ee:ff"
    HEX = "hex"  # -> "80001f8880…"


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """One text that identifies or describes: asked by GET, or one row of a column.

    Of a column the first sensible row is taken, or, where `row_by` names a second column with the same
    index, the first sensible one of the rows in which that one has the first value of `row_is` that occurs.
    """

    name: str
    oid: str
    column: bool = False
    row_by: str = ""
    row_is: tuple[str, ...] = ()
    form: TextForm = TextForm.TEXT


@dataclass(frozen=True, slots=True, kw_only=True)
class HttpQuestion:
    """What to fetch from a notice board's player, relative to the endpoint's address."""

    path: str = "/"
    port: int = 80
    tls: bool = False
    content: bool = False  # hash the body: has what is shown changed?


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)  # one object per file: compared by identity
class Profile:
    """What to ask, how often, and in which order the numbers are stored.

    `layout` is the order of a reading's values for this version: the numbers, then the built-in ones
    ("rtt_ms", "loss", "http_status", "http_ms", "tcp_ms") that the profile's questions produce.
    """

    name: str
    version: int
    kinds: tuple[str, ...]
    interval_s: int
    ping: bool = True
    snmp: bool = False
    numbers: tuple[Number, ...] = ()
    texts: tuple[Text, ...] = ()
    texts_every_s: int = 86_400  # identity changes seldom: asked once a day and after every restart
    mac_table: bool = False
    interfaces: bool = False
    http: HttpQuestion | None = None
    tcp_ports: tuple[int, ...] = ()
    used_when: Mapping[str, float] | None = None  # number -> threshold above which the cycle counts as use

    @property
    def layout(self) -> tuple[str, ...]:
        return _layout(self)

    @property
    def witness(self) -> str:
        """Which witness of the evidence this profile's answers are (DESIGN §7)."""
        if self.snmp:
            return "snmp"
        if self.http:
            return "http"
        return "tcp" if self.tcp_ports else "ping"


@lru_cache(maxsize=4096)
def _layout(profile: Profile) -> tuple[str, ...]:
    built_in: list[str] = []
    if profile.ping:
        built_in += ["rtt_ms"]
    if profile.http:
        built_in += ["http_status", "http_ms"]
    built_in += [f"tcp_{port}_ms" for port in profile.tcp_ports]
    return tuple(number.name for number in profile.numbers) + tuple(built_in)
