"""Interfaces and MAC tables: which port is real, how fast, who is behind it."""

import re
from collections.abc import Mapping

from monitoring.probes import oids
from monitoring.probes.answer import Column, Interface, MacSighting, SnmpValue
from monitoring.probes.wire_text import mac_of, number_of, text_of

Columns = Mapping[str, Column]
Rows = dict[str, SnmpValue]

# IANAifType-MIB: Ethernet of all speeds, WLAN, leased lines, DSL, optical access, mobile data.
_PHYSICAL_TYPES = frozenset(
    {6, 7, 15, 18, 19, 20, 22, 26, 30, 37, 39, 62, 69, 71, 94, 95, 96, 97, 117, 127, 169, 188, 230, 238, 243}
    | {244, 250}
)
_UNTOLD = frozenset({0, 1})  # "other": some agents say so of all their ports
# Windows shows each filter above a card as a card of its own, Linux its bridges and tunnels as Ethernet.
_VIRTUAL = re.compile(
    r"""^(?: lo(?:opback)?\d*$ | in-?loopback | vlan[-_.\ ]?(?:if)?\d | bvi?\d | br[-\d] | bridge | irb | null
          | docker | veth | virbr | vnet | tun\d | tap\d | sit\d | gre | ip6 | ppp | wg\d | ifb | imq | dummy
          | bond | team | po\d+$ | port-?channel | trunk\d | trk\d | lag | ae\d | eth-?trunk | p2p | vswitch
          | vmk | epair | pflog | enc\d | faith | stack | cpu )
    | wan\ miniport | kernel\ debug | packet\ scheduler | lightweight\ filter | wfp | npcap | ndis | pseudo
    | virtual | vethernet | teredo | isatap | 6to4 | tap-windows | openvpn | wireguard | bluetooth | loopback
    | host-only | vmware\ network\ adapter | multiplexor""",
    re.IGNORECASE | re.VERBOSE,
)
_SUBINTERFACE = re.compile(r"^[^\s]*\d\.\d+$")  # eth0.100, GigabitEthernet0/0/1.5, ge-0/0/0.0
_UNKNOWN_SPEED = 2**32 - 1


def interfaces_of(columns: Columns) -> tuple[Interface, ...]:
    """The rows of ifTable: all that any column asked of it has, for ifIndex itself is often not served."""
    descr, kind = rows_of(columns, oids.IF_DESCR), rows_of(columns, oids.IF_TYPE)
    status, names = rows_of(columns, oids.IF_OPER_STATUS), rows_of(columns, oids.IF_NAME)
    fast, slow = rows_of(columns, oids.IF_HIGH_SPEED), rows_of(columns, oids.IF_SPEED)
    real = physical_indexes(columns)
    indexes = sorted(filter(is_index, descr.keys() | kind.keys() | status.keys()), key=int)
    return tuple(
        Interface(
            index=int(index),
            name=text_of(names.get(index, "")) or text_of(descr.get(index, "")),
            speed_mbps=_speed(fast.get(index), slow.get(index)),
            up=_up(status.get(index)),
            physical=index in real,
        )
        for index in indexes
    )


def physical_indexes(columns: Columns) -> frozenset[str]:
    """The ifTable indexes of real ports."""
    descr, kind = rows_of(columns, oids.IF_DESCR), rows_of(columns, oids.IF_TYPE)
    names = rows_of(columns, oids.IF_NAME)
    return frozenset(
        index
        for index in descr.keys() | kind.keys()
        if is_physical(kind.get(index), text_of(descr.get(index, "")), text_of(names.get(index, "")))
    )


def indexes_called(columns: Columns, wanted: str) -> frozenset[str]:
    """The ifTable indexes of the interface that has this name, description, alias or index."""
    wanted = wanted.strip().casefold()
    spoken = (oids.IF_NAME, oids.IF_DESCR, oids.IF_ALIAS)
    called = {
        index
        for oid in spoken
        for index, value in rows_of(columns, oid).items()
        if text_of(value).casefold() == wanted
    }
    return frozenset(called or {wanted})


def is_physical(kind: SnmpValue | None, *names: str) -> bool:
    """Whether ifType and names are those of a real port; without a type the names alone decide."""
    number = number_of(kind)
    if number is not None and int(number) not in _PHYSICAL_TYPES | _UNTOLD:
        return False
    return not any(_VIRTUAL.search(name) or _SUBINTERFACE.match(name) for name in names if name)


def own_macs(columns: Columns) -> tuple[str, ...]:
    """The MAC addresses of the equipment's own real ports, each once, in the order of the ports."""
    addresses = rows_of(columns, oids.IF_PHYS_ADDRESS)
    real = physical_indexes(columns)
    found = [mac_of(value) for index, value in addresses.items() if index in real or not real]
    return tuple(dict.fromkeys(mac for mac in found if mac))


def mac_table(columns: Columns) -> tuple[MacSighting, ...]:
    """What a switch has learned, of BRIDGE-MIB and Q-BRIDGE-MIB together, each MAC once."""
    port_to_interface = {
        port: int(number)
        for port, value in rows_of(columns, oids.BRIDGE_PORT_INTERFACE).items()
        if (number := number_of(value)) is not None
    }
    seen: dict[str, int] = {}
    for oid in (oids.Q_BRIDGE_FDB_PORT, oids.BRIDGE_FDB_PORT):
        for index, value in columns.get(oid, ()):
            mac, port = _mac_of_index(index), number_of(value)
            if mac and port is not None:
                seen[mac] = port_to_interface.get(str(int(port)), 0) or seen.get(mac, 0)
    return tuple(MacSighting(mac=mac, interface=interface) for mac, interface in seen.items())


def rows_of(columns: Columns, oid: str) -> Rows:
    """A walked column by index; empty where it was not walked."""
    return dict(columns.get(oid, ()))


def is_index(index: str) -> bool:
    return index.isascii() and index.isdigit() and len(index) <= 10


def _mac_of_index(index: str) -> str:
    parts = index.split(".")[-6:]
    if len(parts) != 6 or not all(is_index(part) and int(part) < 256 for part in parts):
        return ""
    return mac_of(bytes(int(part) for part in parts))


def _speed(fast: SnmpValue | None, slow: SnmpValue | None) -> int | None:
    megabits = number_of(fast)
    if megabits and 0 < megabits < _UNKNOWN_SPEED:
        return int(megabits)
    bits = number_of(slow)
    return int(bits / 1e6) or None if bits and 0 < bits < _UNKNOWN_SPEED else None


def _up(status: SnmpValue | None) -> bool | None:
    number = number_of(status)
    return None if number is None or number == 4 else number == 1  # 4 is "unknown"
